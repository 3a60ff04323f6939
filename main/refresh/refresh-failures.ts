import type { Failure } from '../../contract/errors.ts';
import { fail } from '../lib/result.ts';
import type { ConnectionRecord } from '../store/records.ts';
import { clientAdvice, reconnectAdvice } from './advice.ts';
import type { RefreshOutcome } from './ports.ts';

export const noConnection = (): ReturnType<typeof fail> =>
  fail('not-found', 'This connection no longer exists.');

const whyNot = ({ method }: Pick<ConnectionRecord, 'method'>): string =>
  method === 'oauth2'
    ? 'the provider gave no refresh token'
    : 'it was pasted, and only its person can replace it';

export const unsupported = (record: ConnectionRecord): Failure => ({
  code: 'unsupported',
  message: `“${record.name}” cannot be refreshed: ${whyNot(record)}.`,
  hint: reconnectAdvice(record),
});

/** The grant is gone: an access token that has not expired yet may be invalid too, so callers no longer get it. */
export const grantGone = (record: ConnectionRecord, reason: string): Failure => ({
  code: 'needs-reconnect',
  message: reason,
  hint: reconnectAdvice(record),
});

/** Why an expired token is not refreshed automatically; null when it is. `allPaused`: all refreshing is paused. */
export function automaticRefreshBlocked(record: ConnectionRecord, allPaused: boolean): Failure | null {
  if (record.renewal === 'none')
    return {
      code: 'needs-reconnect',
      message: `The token of “${record.name}” has expired and cannot be refreshed: ${whyNot(record)}.`,
      hint: reconnectAdvice(record),
    };
  if (allPaused && record.condition.kind !== 'gone')
    return {
      code: 'temporary',
      message: `The token of “${record.name}” has expired, and all refreshing is paused.`,
      hint: 'Choose Resume, or run `tokentray resume`.',
    };
  if (record.pausedAt !== null && record.condition.kind !== 'gone')
    return {
      code: 'temporary',
      message: `The token of “${record.name}” has expired, and refreshing it is paused.`,
      hint: `Choose Resume, or run \`tokentray resume ${JSON.stringify(record.name)}\`.`,
    };
  return null;
}

/** What an outcome means to somebody who waits for a new token; null when there is one. */
export function outcomeFailure(record: ConnectionRecord, outcome: RefreshOutcome): Failure | null {
  switch (outcome.kind) {
    case 'refreshed':
      return null;
    case 'gone':
      return grantGone(record, outcome.reason);
    case 'misconfigured':
      return {
        code: 'misconfigured',
        message: `“${record.name}” cannot be refreshed: ${outcome.reason}`,
        hint: clientAdvice(record),
      };
    case 'transient':
      return {
        code: outcome.code,
        message: `“${record.name}” could not be refreshed: ${outcome.reason}.`,
        hint:
          outcome.code === 'offline'
            ? 'Check the network, or run: tokentray doctor. Tokentray tries again automatically.'
            : 'Wait a moment. Tokentray tries again automatically.',
      };
  }
}
