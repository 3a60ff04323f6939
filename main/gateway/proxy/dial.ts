import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { connect, isIP, type Socket } from 'node:net';
import { NetworkFault } from '../../lib/network-fault.ts';
import { fail, ok, type Result } from '../../lib/result.ts';
import { transportFault } from '../../lib/transport-fault.ts';
import type { Network } from '../../network/ports.ts';
import { bracketed, type Destination } from './authority-form.ts';
import { isOwnAddress, isOwnName } from './destinations.ts';

/** Opens a connection for a blind tunnel, in which `scheme` is spoken as far as anybody knows. */
export type Dial = (destination: Destination, scheme: 'http' | 'https') => Promise<Result<Socket>>;

const CONNECT_MS = 30_000;

/**
 * Connects by the network settings of all that have none of their own: through their proxy, which resolves the name; or directly, to an
 * address that was looked at, so that a name whose address changes between two questions cannot lead to this computer. Fails
 * with `refused` for what does, with `timed-out` when nobody answered, else with `offline`.
 */
export const createDial =
  (network: Pick<Network, 'tunnel'>): Dial =>
  async (destination, scheme) => {
    const { host, port } = destination;
    const refused = fail('refused', `The proxy leads nowhere on this computer, and ${host} is on it.`);
    if (isOwnName(destination) || (isIP(host) !== 0 && isOwnAddress(host))) return refused;
    const url = new URL(`${scheme}://${bracketed(host)}:${port}`);
    try {
      return ok(await network.tunnel(url, () => connectDirectly(destination)));
    } catch (fault) {
      if (fault instanceof OnThisComputer) return refused;
      const { reason, cure, late } = transportFault(fault, url);
      return fail(late ? 'timed-out' : 'offline', `${host} cannot be reached: ${reason}.`, cure);
    }
  };

class OnThisComputer extends Error {}

async function connectDirectly({ host, port }: Destination): Promise<Socket> {
  const addresses =
    isIP(host) !== 0
      ? [host]
      : await lookup(host, { all: true }).then(
          (found) => found.map(({ address }) => address),
          (fault: unknown) => {
            throw new NetworkFault({ kind: 'unreachable', code: 'ENOTFOUND' }, fault);
          },
        );
  const allowed = addresses.filter((address) => !isOwnAddress(address));
  if (allowed.length === 0) throw new OnThisComputer();
  let last: unknown;
  for (const address of allowed) {
    const socket = connect({ host: address, port, noDelay: true });
    const limit = AbortSignal.timeout(CONNECT_MS / allowed.length);
    try {
      await once(socket, 'connect', { signal: limit });
      return socket;
    } catch (fault) {
      last = fault;
      socket.destroy();
    }
  }
  throw last instanceof Error && last.name !== 'AbortError'
    ? last
    : new NetworkFault({ kind: 'unreachable', code: 'ETIMEDOUT' }, last);
}
