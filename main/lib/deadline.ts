import type { Clock } from './clock.ts';
import { disposable, type Disposable } from './disposable.ts';

const LOOK_EVERY_MS = 5000;

/**
 * Calls once when `limitMs` have passed by the wall clock or by the monotonic one, whichever is first: timers alone
 * stop in sleep, and the wall clock may be set back.
 */
export function deadline(clock: Clock, limitMs: number, callback: () => void): Disposable {
  const wallEnd = clock.now() + limitMs;
  const monotonicEnd = clock.monotonicMs() + limitMs;
  const remaining = (): number => Math.min(wallEnd - clock.now(), monotonicEnd - clock.monotonicMs());
  let timer: Disposable | null = null;
  const look = (): void => {
    if (remaining() <= 0) callback();
    else timer = clock.setTimeout(look, Math.min(remaining(), LOOK_EVERY_MS));
  };
  timer = clock.setTimeout(look, Math.min(limitMs, LOOK_EVERY_MS));
  return disposable(() => void timer?.dispose());
}
