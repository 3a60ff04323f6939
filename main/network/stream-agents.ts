import type { ConnectionId } from '../../contract/ids.ts';
import type { Via } from '../lib/bounded-fetch.ts';
import { StreamAgent, type StreamAgentOptions } from './stream-agent.ts';

/** Destinations of one connection: its APIs, and hosts of its forward proxy. */
const MOST_ORIGINS = 64;

/** Agents for streams, one for each origin of each connection. */
export class StreamAgents {
  readonly #make: (to: { url: URL; via: Via }) => StreamAgentOptions;
  /** By the very object that was asked with: reading an origin costs more than it looks. */
  #byUrl = new WeakMap<URL, { connection: ConnectionId | null; agent: StreamAgent }>();
  readonly #agents = new Map<ConnectionId | null, Map<string, StreamAgent>>();

  constructor(make: (to: { url: URL; via: Via }) => StreamAgentOptions) {
    this.#make = make;
  }

  get(url: URL, via: Via): StreamAgent {
    const known = this.#byUrl.get(url);
    if (known?.connection === via.connection && via.connection !== null) {
      known.agent.touch();
      return known.agent;
    }
    const agent = this.#find(url, via);
    this.#byUrl.set(url, { connection: via.connection, agent });
    agent.touch();
    return agent;
  }

  #find(url: URL, via: Via): StreamAgent {
    let origins = this.#agents.get(via.connection);
    if (origins === undefined) this.#agents.set(via.connection, (origins = new Map<string, StreamAgent>()));
    const key = via.connection === null ? `${via.provider} ${url.origin}` : url.origin;
    const known = origins.get(key);
    if (known !== undefined) return known;
    const agent = new StreamAgent(this.#make({ url: new URL(url.origin), via }));
    origins.set(key, agent);
    const [oldest] = origins;
    if (origins.size > MOST_ORIGINS && oldest !== undefined) {
      origins.delete(oldest[0]);
      this.#byUrl = new WeakMap();
      oldest[1].startAgain();
    }
    return agent;
  }

  /** Requests that are under way end as they began; nothing new goes over their connections. */
  startAgain(): void {
    for (const origins of this.#agents.values()) for (const agent of origins.values()) agent.startAgain();
  }

  /** The connection is gone: ends what it has under way. */
  forget(connection: ConnectionId): void {
    const origins = this.#agents.get(connection);
    this.#agents.delete(connection);
    this.#byUrl = new WeakMap();
    for (const agent of origins?.values() ?? []) agent.destroy();
  }

  destroy(): void {
    for (const origins of this.#agents.values()) for (const agent of origins.values()) agent.destroy();
    this.#agents.clear();
  }
}
