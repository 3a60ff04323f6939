import { BlockList, isIP, isIPv4 } from 'node:net';

/** The name or address of this machine, as URLs write it. */
export function isLoopback(hostname: string): boolean {
  const host = plainHost(hostname);
  if (host === 'localhost' || host.endsWith('.localhost')) return true;
  const mapped = /^::ffff:(?:127\.|7f[0-9a-f]{2}:)/.test(host);
  return mapped || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}

/**
 * Whether a list written as in `NO_PROXY` names the host. No standard says how; this reads what curl, Go, Python,
 * Windows and GNOME write: `*`, `example.com` and `.example.com` (both with everything below), `*.example.com`,
 * `<local>` (names without a dot), `host:port`, addresses, and networks such as `10.0.0.0/8`.
 */
export function isBypassed({ hostname, port, protocol }: URL, list: readonly string[]): boolean {
  const host = plainHost(hostname);
  const actualPort = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
  return list.some((entry) => names(entry.trim().toLowerCase(), host, actualPort));
}

/** Splits a variable's or setting's text. */
export const splitBypass = (text: string): string[] => text.split(/[\s,;|]+/).filter((entry) => entry !== '');

function names(entry: string, host: string, port: string): boolean {
  if (entry === '') return false;
  if (entry === '*') return true;
  if (entry === '<local>') return !host.includes('.') && isIP(host) === 0;
  const network = /^(.+)\/(\d{1,3})$/.exec(entry.replace(/^[a-z]+:\/\//, ''));
  if (network) return contains(plainHost(network[1] ?? ''), Number(network[2]), host);
  const { name, only } = splitPort(entry.replace(/^[a-z]+:\/\//, '').replace(/\/$/, ''));
  if (only !== null && only !== port) return false;
  if (isIP(name) !== 0) return isIP(host) !== 0 && contains(name, isIPv4(name) ? 32 : 128, host);
  if (name.startsWith('*.') || name.startsWith('.'))
    return host === name.replace(/^\*?\./, '') || host.endsWith(name.replace(/^\*/, ''));
  if (name.includes('*')) return globMatches(name, host);
  return host === name || host.endsWith(`.${name}`);
}

const plainHost = (host: string): string =>
  host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');

function splitPort(entry: string): { name: string; only: string | null } {
  const bracketed = /^\[([^\]]+)\](?::(\d+))?$/.exec(entry);
  if (bracketed) return { name: bracketed[1] ?? '', only: bracketed[2] ?? null };
  if (isIP(entry) !== 0) return { name: entry, only: null };
  const [name = '', only] = entry.split(':');
  return { name: name.replace(/\.$/, ''), only: only ?? null };
}

function contains(network: string, bits: number, host: string): boolean {
  if (isIP(network) === 0 || isIP(host) === 0) return false;
  const family = isIPv4(network) ? 'ipv4' : 'ipv6';
  if (bits > (family === 'ipv4' ? 32 : 128)) return false;
  const list = new BlockList();
  list.addSubnet(network, bits, family);
  return list.check(host, isIPv4(host) ? 'ipv4' : 'ipv6');
}

/** Without a regular expression, so that no entry takes long. */
function globMatches(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop() ?? '';
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
