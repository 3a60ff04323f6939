import type { Failure } from '../contract/errors.ts';
import type { ErrorCode } from '../contract/vocabulary.ts';

/** A value, or a failure that a person can cause or encounter. Bugs throw instead. */
export type Outcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Failure };

export const done = <T>(value: T): Outcome<T> => ({ ok: true, value });

export const failed = (code: ErrorCode, message: string, hint?: string): Outcome<never> => ({
  ok: false,
  error: hint === undefined ? { code, message } : { code, message, hint },
});
