import type { Failure } from '../contract/errors.ts';
import type { Outcome } from './outcome.ts';

/** Says how to name the connection, for a command that takes it as an option: the app only says that one is to be named. Pure. */
export function byOption(failure: Failure): Outcome<never> {
  if (failure.code !== 'ambiguous') return { ok: false, error: failure };
  const hint = [failure.hint, 'Use --connection NAME.'].filter((part) => part !== undefined).join(' ');
  return { ok: false, error: { ...failure, hint } };
}
