import type { WireMessage } from './wire.ts';

/** Each call as the other side sees it: answered later. */
export type Remote<Calls> = {
  readonly [K in keyof Calls]: Calls[K] extends (...args: infer A) => infer R
    ? (...args: A) => Promise<R>
    : never;
};

/** Calls as one side answers them: at once or later. */
export type Answers<Calls> = {
  readonly [K in keyof Calls]: Calls[K] extends (...args: infer A) => infer R
    ? (...args: A) => R | Promise<R>
    : never;
};

/** Joins two processes: `theirs` are calls to the other side; `receive` handles what arrives and answers with `ours`. */
export function createWireLink<Theirs, Ours>(
  post: (message: WireMessage) => void,
  ours: Answers<Ours>,
): { theirs: Remote<Theirs>; receive: (message: WireMessage) => void; end: (reason: string) => void } {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (fault: Error) => void }>();
  let last = 0;
  let ended: string | null = null;

  const theirs = new Proxy(
    {},
    {
      get:
        (_, name) =>
        (...args: unknown[]) =>
          new Promise((resolve, reject) => {
            if (ended !== null) {
              reject(new Error(ended));
              return;
            }
            const id = ++last;
            waiting.set(id, { resolve, reject });
            post({ type: 'call', id, name: String(name), args });
          }),
    },
  ) as Remote<Theirs>;

  async function answer(id: number, name: string, args: unknown[]): Promise<void> {
    try {
      const call = (ours as Record<string, (...args: unknown[]) => unknown>)[name];
      if (!call) throw new Error(`there is no call “${name}”`);
      post({ type: 'answer', id, value: await call(...args) });
    } catch (fault) {
      post({
        type: 'fault',
        id,
        message: fault instanceof Error ? (fault.stack ?? fault.message) : String(fault),
      });
    }
  }

  return {
    theirs,
    receive: (message) => {
      if (message.type === 'call') {
        void answer(message.id, message.name, message.args);
        return;
      }
      const waiter = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.type === 'answer') waiter?.resolve(message.value);
      else waiter?.reject(new Error(message.message));
    },
    end: (reason) => {
      ended = reason;
      for (const { reject } of waiting.values()) reject(new Error(reason));
      waiting.clear();
    },
  };
}
