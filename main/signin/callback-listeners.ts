import { createServer } from 'node:net';
import type { Clock } from '../lib/clock.ts';
import { disposable, type Disposable } from '../lib/disposable.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import { listenOn, type CallbackReceiver, type ListenOutcome } from './callback-server.ts';

/** Shares servers between sign-ins: one per loopback address and port, for as long as any sign-in needs it. */
export interface Listeners extends Disposable {
  /** Listens for a redirect URI until the result is disposed of. Fails with `port-taken`; the hint tells how to continue. */
  acquire(redirectUri: string, receiver: CallbackReceiver): Promise<Result<Disposable>>;
}

/** How often a port that was free a moment ago may turn out to be taken. */
const PORT_TRIES = 5;

/**
 * Listens for a redirect URI whose port may be any (RFC 8252 §7.3): its own where that is free, because it may be forwarded from
 * another machine, else another one. Null where this machine lets us listen on none.
 */
export async function listenOnAnyPort(
  listeners: Pick<Listeners, 'acquire'>,
  { redirectUri }: { redirectUri: string },
  receiver: CallbackReceiver,
): Promise<{ redirectUri: string; listener: Disposable } | null> {
  const url = new URL(redirectUri);
  for (let tries = 0; tries < PORT_TRIES; tries += 1) {
    const ownPort = tries === 0 && url.port !== '';
    if (!ownPort) {
      const port = await freePort();
      if (port === null) return null;
      url.port = String(port);
    }
    const address = ownPort ? redirectUri : url.href;
    const listener = await listeners.acquire(address, receiver);
    if (listener.ok) return { redirectUri: address, listener: listener.value };
  }
  return null;
}

/** Given out by the system, and free again. */
const freePort = (): Promise<number | null> =>
  new Promise((resolve) => {
    const server = createServer();
    server.on('error', () => {
      resolve(null);
    });
    server.listen({ host: '127.0.0.1', port: 0, exclusive: true }, () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : null);
      });
    });
  });

/** How long a server stays up for the page that the callback redirects to. */
const LINGER_MS = 3000;

/** Literal addresses: `localhost` resolves to `::1` in some browsers and to `127.0.0.1` in others. */
const ADDRESSES: Readonly<Record<string, readonly string[]>> = {
  localhost: ['127.0.0.1', '::1'],
  '127.0.0.1': ['127.0.0.1'],
  '[::1]': ['::1'],
};

interface Shared {
  outcome: Promise<ListenOutcome>;
  users: number;
  closing: Disposable | null;
}

export class CallbackListeners implements Listeners {
  readonly #clock: Clock;
  readonly #shared = new Map<string, Shared>();
  /** Servers that are closing; their ports are not free until then. */
  readonly #ending = new Map<string, Promise<void>>();
  #disposed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * All of the name's addresses or none: where another program has one of them, the browser might take the code
   * there. An address family that the machine lacks is left out.
   */
  async acquire(redirectUri: string, receiver: CallbackReceiver): Promise<Result<Disposable>> {
    const { hostname, port: given } = new URL(redirectUri);
    const port = given === '' ? 80 : Number(given);
    const leases: Disposable[] = [];
    const release = disposable(() => {
      for (const lease of leases) void lease.dispose();
    });
    for (const address of ADDRESSES[hostname] ?? []) {
      if (this.#disposed) break;
      const { lease, outcome } = await this.#lease(address, port, receiver);
      if (outcome.kind === 'listening') leases.push(lease);
      if (outcome.kind !== 'refused') continue;
      await release.dispose();
      return outcome.code === 'EADDRINUSE'
        ? refused(`Port ${port} is used by another program.`, redirectUri)
        : refused(`Tokentray cannot listen on port ${port} (${outcome.code}).`, redirectUri);
    }
    return leases.length > 0 ? ok(release) : refused(`This machine has no ${hostname}.`, redirectUri);
  }

  /** Whether it listens there already, or did a moment ago. */
  listensAt(redirectUri: string): boolean {
    const { hostname, port: given } = new URL(redirectUri);
    const port = given === '' ? 80 : Number(given);
    return (ADDRESSES[hostname] ?? []).some((address) => {
      const key = `${address} ${port}`;
      return this.#shared.has(key) || this.#ending.has(key);
    });
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    for (const [key, shared] of [...this.#shared]) this.#end(key, shared);
    await Promise.all(this.#ending.values());
  }

  async #lease(
    address: string,
    port: number,
    receiver: CallbackReceiver,
  ): Promise<{ lease: Disposable; outcome: ListenOutcome }> {
    const key = `${address} ${port}`;
    const shared = this.#shared.get(key) ?? {
      outcome: Promise.resolve(this.#ending.get(key)).then(() => listenOn(address, port, receiver)),
      users: 0,
      closing: null,
    };
    this.#shared.set(key, shared);
    void shared.closing?.dispose();
    shared.closing = null;
    shared.users += 1;
    const lease = disposable(() => {
      shared.users -= 1;
      if (shared.users > 0) return;
      shared.closing = this.#clock.setTimeout(() => {
        this.#end(key, shared);
      }, LINGER_MS);
    });
    const outcome = await shared.outcome;
    // A failed attempt is repeated the next time.
    if (outcome.kind !== 'listening' && this.#shared.get(key) === shared) this.#shared.delete(key);
    return { lease, outcome };
  }

  #end(key: string, shared: Shared): void {
    void shared.closing?.dispose();
    if (this.#shared.get(key) !== shared) return;
    this.#shared.delete(key);
    const ended = shared.outcome
      .then((outcome) => (outcome.kind === 'listening' ? outcome.server.dispose() : undefined))
      .finally(() => {
        this.#ending.delete(key);
      });
    this.#ending.set(key, ended);
  }
}

const refused = (message: string, redirectUri: string): Result<never> =>
  fail(
    'port-taken',
    message,
    `After you sign in, the browser shows an address that begins with ${redirectUri} but cannot open it: paste that address here.`,
  );
