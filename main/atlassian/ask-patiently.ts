import type { Clock } from '../lib/clock.ts';
import { pause } from '../lib/pause.ts';
import type { Refusal } from './refusals.ts';

/** As long as the exchange before it is tried: the sign-in behind both cannot be repeated so cheaply. */
const LIMIT_MS = 2 * 60_000;
/** Before each further try, where the service does not say how long to wait. */
const DELAYS_MS = [0, 1000, 3000];
const LEAST_BUSY_MS = 1000;

/**
 * Asks again while the fault is a passing one. A service that was asked too often gets the time that it asks for.
 * `refusalIn`: why an answer is none; null for one that is good.
 */
export async function askPatiently<T>(
  clock: Clock,
  ask: () => Promise<T>,
  refusalIn: (answer: T) => Refusal | null,
): Promise<T> {
  const end = clock.monotonicMs() + LIMIT_MS;
  for (let tries = 0; ; tries += 1) {
    const answer = await ask();
    const delayMs = delayAfter(refusalIn(answer), tries);
    if (delayMs === null || clock.monotonicMs() + delayMs > end) return answer;
    if (delayMs > 0) await pause(clock, delayMs, new AbortController().signal);
  }
}

/** How long to wait before the next try; null when there is to be none. */
function delayAfter(refusal: Refusal | null, tries: number): number | null {
  const delay = DELAYS_MS[tries];
  if (refusal === null || delay === undefined) return null;
  switch (refusal.kind) {
    case 'busy':
      return Math.max(delay, refusal.waitMs ?? LEAST_BUSY_MS);
    case 'unreachable':
      return delay;
    case 'unusable':
      // An answer that is cut off may be whole the next time; a refusal stays one.
      return refusal.status >= 500 || tries === 0 ? delay : null;
    case 'captcha':
    case 'forbidden':
    case 'mismatch':
    case 'removed':
    case 'scope-missing':
    case 'unauthorized':
      return null;
  }
}
