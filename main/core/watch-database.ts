import type { Clock } from '../lib/clock.ts';
import { DisposableStack, disposable, type Disposable } from '../lib/disposable.ts';
import type { Logger } from '../lib/log.ts';
import type { Store } from '../store/ports.ts';

/** Every write checks too; this is for an app that has nothing to write. */
const LOOK_EVERY_MS = 30_000;

/** Checks regularly whether the database still exists, and logs when it disappears and when it is back. */
export function watchDatabase(parts: {
  store: Pick<Store, 'fault' | 'onFault'>;
  clock: Clock;
  logger: Logger;
}): Disposable {
  const { store, clock, logger } = parts;
  const subscriptions = new DisposableStack();
  let timer: Disposable | null = null;
  let lost = false;
  const look = (): void => {
    const { fault } = store;
    if ((fault !== null) === lost) return;
    lost = fault !== null;
    if (fault === null) logger.info('database.back', {});
    else logger.error('database.lost', { message: fault.message });
  };
  const lookLater = (): void => {
    timer = clock.setTimeout(() => {
      look();
      lookLater();
    }, LOOK_EVERY_MS);
  };
  subscriptions.add(store.onFault(look));
  subscriptions.add(disposable(() => void timer?.dispose()));
  lookLater();
  return subscriptions;
}
