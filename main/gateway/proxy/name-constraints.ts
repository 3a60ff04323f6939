import { isIP } from 'node:net';

/**
 * The value of the extension `nameConstraints` (RFC 5280 §4.2.1.10) for hosts alone, DER: their names, and their addresses
 * if they have no names. No other address is permitted. Pure.
 */
export function nameConstraints(hosts: readonly string[]): Uint8Array<ArrayBuffer> {
  const names = hosts.filter((host) => isIP(host) === 0);
  const addresses = hosts.filter((host) => isIP(host) !== 0).map(addressBytes);
  const permitted = [
    // Something has to be permitted: without any name every name would be.
    ...(names.length > 0 ? names : ['tokentray.invalid']).map((name) =>
      subtree(DNS_NAME, Buffer.from(name, 'latin1')),
    ),
    ...addresses.map((address) =>
      subtree(IP_ADDRESS, Buffer.concat([address, Buffer.alloc(address.length, 0xff)])),
    ),
  ];
  // With a permitted address of a family, every other address is out without being excluded.
  const excluded =
    addresses.length > 0 ? [] : [8, 32].map((length) => subtree(IP_ADDRESS, Buffer.alloc(length)));
  const parts = [tagged(0xa0, Buffer.concat(permitted))];
  if (excluded.length > 0) parts.push(tagged(0xa1, Buffer.concat(excluded)));
  return Uint8Array.from(tagged(SEQUENCE, Buffer.concat(parts)));
}

const SEQUENCE = 0x30;
const DNS_NAME = 0x82;
const IP_ADDRESS = 0x87;

const subtree = (tag: number, value: Buffer): Buffer => tagged(SEQUENCE, tagged(tag, value));

function tagged(tag: number, value: Buffer): Buffer {
  const length =
    value.length < 0x80
      ? [value.length]
      : value.length < 0x100
        ? [0x81, value.length]
        : [0x82, value.length >> 8, value.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), value]);
}

function addressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number));
  // Node has no parser of its own for them; the URL parser writes them in one form.
  const [head = '', tail = ''] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const groups = (text: string): number[] =>
    text === '' ? [] : text.split(':').map((group) => parseInt(group, 16));
  const [before, after] = [groups(head), groups(tail)];
  const all = [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
  return Buffer.from(all.flatMap((group) => [group >> 8, group & 0xff]));
}
