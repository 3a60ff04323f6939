import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { disposable, type Disposable } from '../lib/disposable.ts';
import { Emitter, type Event } from '../lib/emitter.ts';
import { fail } from '../lib/result.ts';
import type { HttpCaller } from './http-call.ts';
import type { HttpRouter } from './http-router.ts';
import { keepSocket } from './keep-socket.ts';
import { listenAt } from './unix-socket.ts';

/**
 * In the data folder, which nobody else can enter; open from there on, because the users of a container have other numbers. A key
 * is what lets a program in.
 */
const OPEN = { folder: 0o755, socket: 0o666 };

/** Whoever reaches it may connect without a key, and must not use up the files that the app may have open. */
const MOST_CONNECTIONS = 64;

/** The keys that open it. */
export interface RemoteKeys {
  readonly onChange: Event<void>;
  any(): boolean;
  /** Whose key it is; null when it opens nothing here, or no longer. */
  holder(key: string): HttpCaller['consumer'] | null;
}

export interface RemoteSocket extends Disposable {
  /** Null where there is none (Windows). */
  readonly address: string | null;
  /** Why it does not listen although there are keys. */
  readonly problem: string | null;
  readonly onChange: Event<void>;
  /** Resolves when it listens, or cannot. */
  ready(): Promise<void>;
}

/** The socket for other machines and containers. It listens as long as there are keys for it. */
export function createRemoteSocket(given: {
  address: string | null;
  home: string;
  keys: RemoteKeys;
  router: HttpRouter;
}): RemoteSocket {
  const { address, home, keys, router } = given;
  const changed = new Emitter<void>();
  let listening: Disposable | null = null;
  let problem: string | null = null;
  let turn: Promise<void> = Promise.resolve();
  let ended = false;

  const serve = serveKeys(keys, router);
  const isNeeded = (): boolean => !ended && keys.any();

  async function update(): Promise<void> {
    if (address === null) return;
    if (!isNeeded()) {
      await listening?.dispose();
      if (listening === null && problem === null) return;
      listening = null;
      problem = null;
      changed.emit();
      return;
    }
    if (listening !== null) return;
    const listen = () => listenAt({ address, home, modes: OPEN, maxConnections: MOST_CONNECTIONS }, serve);
    const first = await listen();
    problem = first.ok ? null : first.error.message;
    if (first.ok) listening = keepSocket(address, first.value, listen);
    changed.emit();
  }

  // One that fails, which is a bug, does not keep the socket from being closed.
  const inTurn = (): Promise<void> => (turn = turn.then(update, update));
  const subscription = keys.onChange(() => void inTurn());
  void inTurn();
  return {
    address,
    get problem() {
      return problem;
    },
    onChange: changed.event,
    ready: () => turn,
    ...disposable(async () => {
      ended = true;
      void subscription.dispose();
      await inTurn();
    }),
  };
}

/** Answers only those who have a key for this socket; the consumer that it belongs to limits what they are given. */
export function serveKeys(
  keys: Pick<RemoteKeys, 'holder' | 'onChange'>,
  router: HttpRouter,
): RequestListener {
  return (request, response) => {
    const key = keyIn(request);
    const consumer = key === undefined ? null : keys.holder(key);
    if (key === undefined || !consumer) {
      refuse(response);
      return;
    }
    // A call may wait for a provider: a key that is removed meanwhile gets no answer.
    const watching = keys.onChange(() => {
      if (keys.holder(key) === null) response.destroy();
    });
    response.once('close', () => void watching.dispose());
    router(request, response, { caller: 'remote', consumer });
  };
}

const keyIn = ({ headers }: IncomingMessage): string | undefined =>
  /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];

function refuse(response: ServerResponse): void {
  const { error } = fail(
    'forbidden',
    'This key does not open the socket of Tokentray: it is wrong, was removed, or has expired.',
    'On the machine where Tokentray runs, "tokentray remote list" shows the keys, and "tokentray remote add" makes one.',
  );
  const body = JSON.stringify({ error });
  response.writeHead(401, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  });
  response.end(body);
}
