import type { ConnectionStatus } from '../../contract/connection.ts';
import type { SignInId } from '../../contract/ids.ts';
import { asSentence } from '../lib/as-sentence.ts';
import { isoTime } from '../lib/clock.ts';
import { clientAdvice, reconnectAdvice } from '../refresh/advice.ts';
import { hasExpired } from '../refresh/due.ts';
import type { Trouble } from '../refresh/ports.ts';
import type { ConnectionRecord } from '../store/records.ts';

/** What determines the status besides the record. Times are epoch ms. */
export interface StatusCircumstances {
  now: number;
  /** The sign-in under way that reconnects it. */
  signIn: SignInId | null;
  refreshingSince: number | null;
  /** Set when the key that its tokens were encrypted with is lost. */
  keyLostSince: number | null;
  /** Why it cannot be refreshed, where the record does not say so. */
  trouble: (Trouble & { retryAt: number }) | null;
  /** Refreshing as a whole is paused. */
  allPaused: boolean;
}

/** A token that cannot be renewed is shown as ending from this long before. */
const EXPIRING_MS = 7 * 24 * 60 * 60_000;

/** When time alone changes the state next, epoch ms; null when it does not: what is renewed has events of its own. */
export function nextStatusChange(
  { renewal, expiresAt }: Pick<ConnectionRecord, 'renewal' | 'expiresAt'>,
  now: number,
): number | null {
  if (renewal !== 'none' || expiresAt === null || expiresAt <= now) return null;
  const expiring = expiresAt - EXPIRING_MS;
  return now < expiring ? expiring : expiresAt;
}

/** Needed to stay connected or to sign in; servers do not list them among the granted scopes. */
const NEVER_NAMED = new Set(['offline_access', 'openid']);

/** Requested scopes that are missing from the scopes the provider says it granted. */
export const missingScopes = ({
  requestedScopes,
  grantedScopes,
}: Pick<ConnectionRecord, 'requestedScopes' | 'grantedScopes'>): string[] =>
  grantedScopes.length === 0
    ? []
    : requestedScopes.filter((scope) => !grantedScopes.includes(scope) && !NEVER_NAMED.has(scope));

/** The one state to show: first what the user is doing, then what only they can fix, then what resolves itself. */
export function statusOf(record: ConnectionRecord, circumstances: StatusCircumstances): ConnectionStatus {
  const { now, signIn, refreshingSince, keyLostSince, trouble, allPaused } = circumstances;
  const { condition, expiresAt, pausedAt } = record;
  if (signIn !== null) return { state: 'connecting', signIn };
  if (keyLostSince !== null)
    return {
      state: 'needs-reconnect',
      since: isoTime(keyLostSince),
      reason: 'The key in the keychain that encrypts its tokens is gone.',
      fault: 'key-lost',
      // Not to reconnect: nothing new is encrypted before the key is back, or nothing is left that needs it.
      hint: 'Restore the item “Tokentray” from a backup of your keychain, or remove what needs it and connect again.',
    };
  if (condition.kind === 'gone') return needsReconnect(condition, 'grant', reconnectAdvice(record));
  if (refreshingSince !== null) return { state: 'refreshing', since: isoTime(refreshingSince) };
  if (condition.kind === 'misconfigured')
    return needsReconnect(condition, 'configuration', clientAdvice(record));
  if (record.renewal === 'none' && expiresAt !== null && hasExpired(record, now))
    return {
      state: 'needs-reconnect',
      since: isoTime(expiresAt),
      reason:
        record.method === 'oauth2'
          ? 'The token has expired and cannot be refreshed without a refresh token.'
          : 'It has expired. Create a new one at the provider and enter it here.',
      fault: 'grant',
      hint: reconnectAdvice(record),
    };
  if (allPaused && record.renewal !== 'none') return { state: 'paused', since: null };
  if (pausedAt !== null) return { state: 'paused', since: isoTime(pausedAt) };
  if (trouble !== null) return troubleStatus(record, trouble);
  if (condition.kind === 'transient')
    return {
      state: 'offline',
      since: isoTime(condition.since),
      reason: asSentence(condition.reason),
      retryAt: isoTime(condition.retryAt),
      answered: condition.answered,
    };
  const missing = missingScopes(record);
  if (missing.length > 0)
    return { state: 'missing-scope', since: isoTime(record.obtainedAt), scopes: missing };
  if (record.renewal === 'none' && expiresAt !== null && expiresAt - now <= EXPIRING_MS)
    return { state: 'expiring', expiresAt: isoTime(expiresAt) };
  return { state: 'connected' };
}

const needsReconnect = (
  { since, reason }: { since: number; reason: string },
  fault: 'grant' | 'configuration',
  hint: string,
): ConnectionStatus => ({ state: 'needs-reconnect', since: isoTime(since), reason, fault, hint });

function troubleStatus(
  record: ConnectionRecord,
  { since, failure: { code, message, hint }, retryAt }: NonNullable<StatusCircumstances['trouble']>,
): ConnectionStatus {
  if (code === 'offline' || code === 'temporary')
    return {
      state: 'offline',
      since: isoTime(since),
      reason: message,
      retryAt: isoTime(retryAt),
      answered: code === 'temporary',
    };
  const fault = code === 'needs-reconnect' ? 'grant' : code === 'misconfigured' ? 'configuration' : 'storage';
  return {
    state: 'needs-reconnect',
    since: isoTime(since),
    reason: message,
    fault,
    hint: hint ?? reconnectAdvice(record),
  };
}
