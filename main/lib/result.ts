import type { ErrorCode, Failure } from '../../contract/errors.ts';

/** A value, or a failure that a person can cause or meet. Bugs throw instead. */
export type Result<T, E = Failure> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });

export const fail = (
  code: ErrorCode,
  message: string,
  hint?: string,
): { readonly ok: false; readonly error: Failure } => ({
  ok: false,
  error: hint === undefined ? { code, message } : { code, message, hint },
});

export const failure = (error: Failure): { readonly ok: false; readonly error: Failure } => ({
  ok: false,
  error,
});

/** Closes a switch over a union: the compiler refuses it when a case is missing. */
export function assertNever(value: never): never {
  throw new Error(`unexpected case: ${JSON.stringify(value)}`);
}
