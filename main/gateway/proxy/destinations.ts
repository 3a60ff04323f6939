import { BlockList, isIP } from 'node:net';
import type { Destination } from './authority-form.ts';

/** Addresses of this computer itself, and those at which clouds hand out credentials of machines (RFC 3927). */
const OWN = new BlockList();
for (const [address, bits] of [
  ['0.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
] as const)
  OWN.addSubnet(address, bits, 'ipv4');
for (const [address, bits] of [
  ['::', 128],
  ['::1', 128],
  ['fe80::', 10],
  ['fd00:ec2::', 32],
] as const)
  OWN.addSubnet(address, bits, 'ipv6');

/** Whether an address is of this computer itself or of its link, where nothing is tunnelled to. Pure. */
export function isOwnAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return OWN.check(address, 'ipv4');
  // Knows IPv4 addresses in the form of IPv6 ones, too.
  return family !== 6 || OWN.check(address, 'ipv6');
}

/** Names of this computer, whatever they resolve to (RFC 6761 §6.3). Pure. */
export const isOwnName = ({ host }: Pick<Destination, 'host'>): boolean =>
  host === 'localhost' || host.endsWith('.localhost');
