import { Agent, type ClientRequestArgs } from 'node:http';
import type { Duplex } from 'node:stream';

/** Servers close idle connections after 5 s and more; a request on one that is being closed would be lost. */
const IDLE_MS = 4000;

/** How often, at most, a request asks whether the way is still the same. */
const CHECK_MS = 1000;

export interface StreamAgentOptions {
  /** A connected socket, TLS on it where the origin wants it, with the `key` of its way. Rejects with a NetworkFault. */
  open: () => Promise<{ socket: Duplex; key: string }>;
  /** The key of the way that a connection would take now. Rejects with a NetworkFault. */
  wayNow: () => Promise<string>;
  monotonicMs: () => number;
}

/**
 * The connections to one origin by one connection's settings, for requests without any limit of time. Each new connection takes the way that the
 * settings give then; one that is kept is used again only while the way is the same, which is looked at once a second.
 */
export class StreamAgent extends Agent {
  readonly #options: StreamAgentOptions;
  readonly #ways = new WeakMap<Duplex, string>();
  /** The key of the way that kept connections have taken. Null: whatever the next one takes. */
  #current: string | null = null;
  #generation = 0;
  #checkedAt = -Infinity;

  constructor(options: StreamAgentOptions) {
    super({ keepAlive: true, timeout: IDLE_MS, scheduling: 'lifo' });
    this.#options = options;
  }

  /** All of its connections lead to the same place. */
  override getName(): string {
    return '';
  }

  override createConnection(
    _: ClientRequestArgs,
    made?: (fault: Error | null, socket: Duplex) => void,
  ): undefined {
    const generation = this.#generation;
    this.#options.open().then(
      ({ socket, key }) => {
        this.#ways.set(socket, key);
        // Not when the settings were changed while it was made.
        if (generation === this.#generation) this.#current ??= key;
        made?.(null, socket);
      },
      // Node takes no socket beside an error.
      (fault: unknown) => (made as ((fault: Error) => void) | undefined)?.(fault as Error),
    );
  }

  /** Whether a connection may be kept for another request. */
  override keepSocketAlive(socket: Duplex): boolean {
    const kept = (super.keepSocketAlive as (socket: Duplex) => boolean | undefined).call(this, socket);
    return kept !== false && this.#ways.get(socket) === this.#current;
  }

  /** To be called before each request; costs nothing but once a second. */
  touch(): void {
    const now = this.#options.monotonicMs();
    if (now - this.#checkedAt < CHECK_MS) return;
    this.#checkedAt = now;
    if (this.#current === null) return;
    this.#options.wayNow().then(
      (key) => {
        if (key !== this.#current) this.startAgain();
      },
      () => {
        this.startAgain();
      },
    );
  }

  /** Requests that are under way end as they began; nothing new goes over their connections. */
  startAgain(): void {
    this.#generation += 1;
    this.#current = null;
    for (const sockets of Object.values(this.freeSockets))
      for (const socket of sockets ?? []) socket.destroy();
  }
}
