import type { Clock } from '../lib/clock.ts';

/** Something that is read when it is first wanted, and again once it is older than `keepMs`. A failed read is not kept. */
export interface Kept<T> {
  readonly get: () => Promise<T>;
  /** 0 while it was not read. */
  readonly ageMs: () => number;
  readonly forget: () => void;
}

export function kept<T>(read: () => Promise<T>, clock: Clock, keepMs: number): Kept<T> {
  let value: { promise: Promise<T>; readAt: number } | null = null;
  const ageMs = (): number => (value === null ? 0 : clock.monotonicMs() - value.readAt);
  return {
    ageMs,
    get: () => {
      if (value === null || ageMs() > keepMs) {
        const fresh = { promise: read(), readAt: clock.monotonicMs() };
        value = fresh;
        fresh.promise.catch(() => {
          if (value === fresh) value = null;
        });
      }
      return value.promise;
    },
    forget: () => {
      value = null;
    },
  };
}
