import type { Clock } from '../lib/clock.ts';
import { collectGarbage } from '../lib/collect-garbage.ts';
import type { Disposable } from '../lib/disposable.ts';

/** By then whoever started the app has been answered. */
const AFTER_MS = 5000;

/**
 * Once, some seconds after the start, gives back what only the start needed: a tenth of the memory. V8 would do so by
 * itself only with the timers that `CORE_NODE_FLAGS` turn off, which wake an idle app all day.
 */
export const giveBackMemory = (clock: Clock): Disposable => clock.setTimeout(collectGarbage, AFTER_MS);
