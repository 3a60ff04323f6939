import type { ConsumerLimits } from '../../contract/gateway.ts';
import type { ConsumerId } from '../../contract/ids.ts';
import type { Clock } from '../lib/clock.ts';

interface Use {
  /** Requests that may start now; a fraction of one grows with time. */
  tokens: number;
  /** Monotonic ms of the last look. */
  seenMs: number;
  /** Of the limit that `tokens` belongs to. */
  perMinute: number;
  underWay: number;
}

/** `slow-down`: too many in this time. `busy`: too many at once. */
export type Limited = { readonly why: 'slow-down' | 'busy'; readonly retryAfterSeconds: number };

/** Counts requests of consumers against their limits, by the monotonic clock: a wall clock that jumps changes nothing. */
export class Limits {
  readonly #clock: Clock;
  readonly #uses = new Map<ConsumerId, Use>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Null when the request may start; then `leave` has to be called once. */
  enter(id: ConsumerId, { requestsPerMinute, atOnce }: ConsumerLimits): Limited | null {
    let use = this.#uses.get(id);
    if (use === undefined) {
      use = { tokens: 0, seenMs: 0, perMinute: 0, underWay: 0 };
      this.#uses.set(id, use);
    }
    if (atOnce !== undefined && use.underWay >= atOnce) return { why: 'busy', retryAfterSeconds: 1 };
    if (requestsPerMinute !== undefined) {
      this.#fill(use, requestsPerMinute);
      if (use.tokens < 1)
        return {
          why: 'slow-down',
          retryAfterSeconds: Math.max(1, Math.ceil(((1 - use.tokens) * 60) / requestsPerMinute)),
        };
      use.tokens -= 1;
    }
    use.underWay += 1;
    return null;
  }

  leave(id: ConsumerId): void {
    const use = this.#uses.get(id);
    if (use !== undefined && use.underWay > 0) use.underWay -= 1;
  }

  forget(id: ConsumerId): void {
    this.#uses.delete(id);
  }

  /** A minute's worth at most; a limit that was changed begins full. */
  #fill(use: Use, perMinute: number): void {
    const nowMs = this.#clock.monotonicMs();
    const grown = use.tokens + ((nowMs - use.seenMs) * perMinute) / 60_000;
    use.tokens = use.perMinute === perMinute ? Math.min(grown, perMinute) : perMinute;
    use.perMinute = perMinute;
    use.seenMs = nowMs;
  }
}
