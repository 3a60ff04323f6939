import type { Agent } from 'node:http';
import type { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import { NetworkFault } from '../lib/network-fault.ts';
import { openTunnel, type Destination } from './open-tunnel.ts';
import { proxyName, type Proxy, type Route } from './proxy-address.ts';
import { readCertificate, secureConnect, tlsFault } from './secure-connect.ts';
import { createAgent } from './send.ts';

/** How to get to a server. Two with the same `key` are alike. */
export interface Way {
  key: string;
  route: Route;
  secure: boolean;
  verify: boolean;
  secureContext: () => Promise<SecureContext>;
}

const CONNECT_MS = 10_000;
const MOST_KEPT = 32;

/**
 * Connects by a way: through its first proxy that can be reached, then TLS. `at`: the address to connect to, where it is not
 * to be looked up; TLS is still for the name. Rejects with a NetworkFault.
 */
export const openWay = (way: Way, destination: Destination, at = destination.host): Promise<Socket> =>
  firstOf(way.route, async (proxy) => {
    const place = { host: at, port: destination.port };
    const socket = await tunnel(way, proxy, place);
    return way.secure ? secured(way, { proxy, place, destination }, socket) : socket;
  });

/** The same without TLS, whatever is spoken then; `direct` connects where there is no proxy. */
export const openUnsecured = (
  way: Way,
  destination: Destination,
  direct: () => Promise<Socket>,
): Promise<Socket> =>
  firstOf(way.route, (proxy) => (proxy === null ? direct() : tunnel(way, proxy, destination)));

async function firstOf(route: Route, open: (proxy: Proxy | null) => Promise<Socket>): Promise<Socket> {
  for (const [index, proxy] of route.entries()) {
    try {
      return await open(proxy);
    } catch (fault) {
      if (index === route.length - 1 || !mayTryNext(fault)) throw fault;
    }
  }
  throw new Error('a route has at least one way');
}

/** A proxy that refuses, or a bad certificate, is an answer; the next way would only hide it. */
const mayTryNext = (fault: unknown): boolean =>
  fault instanceof NetworkFault &&
  ['unreachable', 'proxy-unreachable', 'proxy-broke'].includes(fault.problem.kind);

const tunnel = ({ secureContext }: Way, proxy: Proxy | null, destination: Destination): Promise<Socket> =>
  openTunnel(proxy, destination, { secureContext, timeoutMs: CONNECT_MS });

async function secured(
  way: Way,
  { proxy, place, destination }: { proxy: Proxy | null; place: Destination; destination: Destination },
  socket: Socket,
): Promise<Socket> {
  const { host, port } = destination;
  const { verify } = way;
  const options = { host, secureContext: await way.secureContext(), timeoutMs: CONNECT_MS };
  try {
    return await secureConnect({ ...options, socket, verify });
  } catch (fault) {
    const name = port === 443 ? host : `${host}:${port}`;
    const problem = tlsFault(fault, name, null);
    if (problem?.problem.kind === 'certificate') {
      const again = await tunnel(way, proxy, place).catch(() => null);
      const certificate = again && (await readCertificate({ ...options, socket: again, timeoutMs: 3000 }));
      throw tlsFault(fault, name, certificate) ?? problem;
    }
    if (problem !== null) throw problem;
    throw proxy === null
      ? new NetworkFault({ kind: 'unreachable', code: 'handshake' }, fault)
      : new NetworkFault({ kind: 'proxy-broke', proxy: proxyName(proxy) }, fault);
  }
}

/** An agent for each way, so that connections are used again only by requests with the same settings. */
export class Agents {
  readonly #agents = new Map<string, Agent>();

  get(way: Way): Agent {
    const known = this.#agents.get(way.key);
    if (known !== undefined) {
      this.#agents.delete(way.key);
      this.#agents.set(way.key, known);
      return known;
    }
    const agent = createAgent((host, port) => openWay(way, { host, port }));
    this.#agents.set(way.key, agent);
    const [oldest] = this.#agents;
    if (this.#agents.size > MOST_KEPT && oldest !== undefined) {
      this.#agents.delete(oldest[0]);
      letGo(oldest[1]);
    }
    return agent;
  }

  /** Requests that are under way end as they began; nothing new goes over their connections. */
  letGo(): void {
    for (const agent of this.#agents.values()) letGo(agent);
    this.#agents.clear();
  }

  /** Ends everything. */
  destroy(): void {
    for (const agent of this.#agents.values()) agent.destroy();
    this.#agents.clear();
  }
}

function letGo(agent: Agent): void {
  agent.maxFreeSockets = 0;
  for (const socket of Object.values(agent.freeSockets).flat()) socket?.destroy();
}
