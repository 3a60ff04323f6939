/** A value that is at hand, or a promise of it. `await` takes both. */
export type Soon<T> = T | Promise<T>;

/**
 * Continues with a value, and at once where it is at hand: each wait for a promise costs a call that is answered from
 * memory more than the answer does. Throws, or rejects, as `next` does.
 */
export const andThen = <T, U>(value: Soon<T>, next: (value: T) => Soon<U>): Soon<U> =>
  value instanceof Promise ? value.then(next) : next(value);
