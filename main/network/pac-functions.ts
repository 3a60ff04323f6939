/**
 * The functions that proxy configuration scripts may call, after MDN's description of the format. They run inside the
 * script's own engine, so they are plain text; `dnsResolve` and `myIpAddress` come from outside.
 */
export const PAC_FUNCTIONS = String.raw`
function isPlainHostName(host) { return host.indexOf('.') < 0; }
function dnsDomainIs(host, domain) {
  host = host.toLowerCase(); domain = domain.toLowerCase();
  return host.length >= domain.length && host.slice(-domain.length) === domain;
}
function localHostOrDomainIs(host, hostdom) { return host === hostdom || hostdom.lastIndexOf(host + '.', 0) === 0; }
function isResolvable(host) { return dnsResolve(host) !== null; }
function convert_addr(text) {
  var parts = String(text).split('.');
  return ((parts[0] & 255) << 24) | ((parts[1] & 255) << 16) | ((parts[2] & 255) << 8) | (parts[3] & 255);
}
function isInNet(host, pattern, mask) {
  var address = /^\d+\.\d+\.\d+\.\d+$/.test(host) ? host : dnsResolve(host);
  if (address === null) return false;
  return (convert_addr(address) & convert_addr(mask)) === (convert_addr(pattern) & convert_addr(mask));
}
function dnsDomainLevels(host) { return host.split('.').length - 1; }
function shExpMatch(text, pattern) {
  var escaped = String(pattern).replace(/[.+^$()|[\]{}\\]/g, '\\$&').replace(/\*+/g, '.*').replace(/\?/g, '.');
  return new RegExp('^' + escaped + '$').test(text);
}
function alert() {}
var $pac = {
  days: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'],
  months: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
  args: function (list) {
    var args = Array.prototype.slice.call(list), gmt = args[args.length - 1] === 'GMT';
    if (gmt) args.pop();
    return { args: args, gmt: gmt };
  },
  within: function (from, value, to) { return from <= to ? from <= value && value <= to : value >= from || value <= to; },
};
function weekdayRange() {
  var read = $pac.args(arguments), now = new Date(), from = $pac.days.indexOf(read.args[0]);
  var to = read.args.length > 1 ? $pac.days.indexOf(read.args[1]) : from;
  return $pac.within(from, read.gmt ? now.getUTCDay() : now.getDay(), to);
}
function dateRange() {
  var read = $pac.args(arguments), now = new Date(), gmt = read.gmt;
  var today = { d: gmt ? now.getUTCDate() : now.getDate(), m: gmt ? now.getUTCMonth() : now.getMonth(), y: gmt ? now.getUTCFullYear() : now.getFullYear() };
  var parts = read.args.map(function (arg) {
    if (typeof arg === 'string') return { unit: 'm', value: $pac.months.indexOf(arg) };
    return arg > 31 ? { unit: 'y', value: arg } : { unit: 'd', value: arg };
  });
  var half = parts.length > 1 ? parts.length / 2 : 1;
  var number = function (side) {
    return ['y', 'm', 'd'].reduce(function (sum, unit) {
      var part = side.filter(function (one) { return one.unit === unit; })[0];
      return sum * 100 + (part === undefined ? 0 : part.value);
    }, 0);
  };
  var used = parts.slice(0, half).map(function (part) { return part.unit; });
  var value = number(used.map(function (unit) { return { unit: unit, value: today[unit] }; }));
  var from = number(parts.slice(0, half));
  return $pac.within(from, value, parts.length > 1 ? number(parts.slice(half)) : from);
}
function timeRange() {
  var read = $pac.args(arguments), now = new Date(), args = read.args;
  var seconds = (read.gmt ? now.getUTCHours() : now.getHours()) * 3600 + (read.gmt ? now.getUTCMinutes() : now.getMinutes()) * 60 + (read.gmt ? now.getUTCSeconds() : now.getSeconds());
  if (args.length === 1) return Math.floor(seconds / 3600) === args[0];
  var half = args.length / 2;
  var at = function (side) { return side[0] * 3600 + (side[1] || 0) * 60 + (side[2] || 0); };
  // The end of a range without minutes or seconds is not part of it.
  return $pac.within(at(args.slice(0, half)), seconds, at(args.slice(half)) - (half === 3 ? 0 : 1));
}
`;
