import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { connect, isIP, type Socket } from 'node:net';
import { fail, ok, type Result } from '../../lib/result.ts';
import type { Destination } from './authority-form.ts';
import { isOwnAddress, isOwnName } from './destinations.ts';

/** Opens a connection for a blind tunnel. */
export type Dial = (destination: Destination) => Promise<Result<Socket>>;

const CONNECT_MS = 30_000;

/**
 * Connects directly, to an address that was looked at: a name whose address changes between two questions cannot lead to
 * this computer. Fails with `refused` for those, with `timed-out` when nobody answered, else with `offline`.
 */
export const dialDirect: Dial = async (destination) => {
  const { host, port } = destination;
  const refused = fail('refused', `The proxy leads nowhere on this computer, and ${host} is on it.`);
  if (isOwnName(destination)) return refused;
  let addresses: string[];
  try {
    addresses = isIP(host) !== 0 ? [host] : (await lookup(host, { all: true })).map(({ address }) => address);
  } catch {
    return fail('offline', `The name ${host} could not be resolved.`);
  }
  const allowed = addresses.filter((address) => !isOwnAddress(address));
  if (allowed.length === 0) return refused;
  let late = false;
  for (const address of allowed) {
    const socket = connect({ host: address, port, noDelay: true });
    const limit = AbortSignal.timeout(CONNECT_MS / allowed.length);
    try {
      await once(socket, 'connect', { signal: limit });
      return ok(socket);
    } catch {
      late = limit.aborted;
      socket.destroy();
    }
  }
  return late
    ? fail('timed-out', `${host} did not answer in time.`)
    : fail('offline', `${host} cannot be reached.`);
};
