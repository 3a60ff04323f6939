import path from 'node:path';
import { z } from 'zod';
import { ConnectionId } from '../../contract/ids.ts';
import type { Gateway } from '../gateway/ports.ts';
import { rememberedFile } from '../hosts/remembered-file.ts';
import { isoTime, type Clock } from '../lib/clock.ts';
import type { Disposable } from '../lib/disposable.ts';
import type { Logger } from '../lib/log.ts';
import type { Store } from '../store/ports.ts';

/** The connections of requests that wait for the person: no text of theirs is written down. */
const Remembered = z.lazy(() => z.object({ waiting: z.array(ConnectionId).catch([]) }));

/**
 * Reports requests that were waiting when the app was killed, which left no other trace. Those that wait at an orderly end
 * are refused then, and recorded.
 */
export function rememberHeld(parts: {
  home: string;
  gateway: Pick<Gateway, 'view' | 'onHeld'>;
  store: Pick<Store, 'activity'>;
  clock: Clock;
  logger: Logger;
}): Disposable {
  const { home, gateway, store, clock, logger } = parts;
  const memory = rememberedFile(path.join(home, 'waiting-requests.json'), Remembered, logger);
  const { waiting } = memory.get();
  if (waiting.length > 0) {
    const [first, ...others] = new Set(waiting);
    store.activity.append({
      at: isoTime(clock.now()),
      level: 'warning',
      event: 'gateway.waiting-lost',
      message: lostWords(waiting.length),
      connection: others.length === 0 ? (first ?? null) : null,
      export: null,
    });
    memory.set({ waiting: [] });
  }
  const remember = (): void => {
    memory.set({ waiting: gateway.view().held.map(({ connection }) => connection.id) });
  };
  const stop = gateway.onHeld(remember);
  return {
    dispose: async () => {
      await stop.dispose();
      if (memory.get().waiting.length > 0) memory.set({ waiting: [] });
    },
  };
}

/** Pure. */
export const lostWords = (count: number): string =>
  count === 1
    ? '1 request was waiting for your decision when Tokentray ended; it was not sent.'
    : `${count} requests were waiting for your decision when Tokentray ended; they were not sent.`;
