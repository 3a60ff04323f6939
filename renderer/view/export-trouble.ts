import type { ConnectionView } from '../../contract/connection.ts';
import type { ExportView } from '../../contract/export.ts';
import { outOfDateSince } from '../../contract/problems.ts';
import type { ErrorCode } from '../../contract/vocabulary.ts';
import { stateSentence } from './state-reasons.ts';
import { stateAction } from './state-words.ts';
import { atWords, whenWords } from './time-words.ts';

/** What the file of an export still holds; null: not known, or there is nothing to say. `now`: epoch ms. */
export function holdsWords({ status, tokenEndsAt }: ExportView, now: number): string | null {
  if (tokenEndsAt === null || (status.state !== 'failed' && status.state !== 'written')) return null;
  return Date.parse(tokenEndsAt) <= now
    ? `The file still holds the token that ended ${atWords(tokenEndsAt, now)}.`
    : `The file still holds the token that works until ${whenWords(tokenEndsAt, now)}.`;
}

/** Why a file is out of date although it was written; null: it is not. `connection`: the one that it follows. */
export function staleWords(
  item: ExportView,
  connection: ConnectionView | undefined,
  now: number,
): string | null {
  if (outOfDateSince(item, now) === null) return null;
  const holds = holdsWords(item, now) ?? '';
  const why = connection === undefined ? null : stateSentence(connection, now);
  return why === null ? holds : `${holds} ${why}`;
}

/** What a person can do about a file that was not written, where it is here. */
export type ExportFix = { label: string; does: 'reconnect' | 'show-connection' | 'edit' | 'write' };

/** Of the place, the format or whom it follows: another choice helps. */
const BY_CHANGE: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'not-found',
  'conflict',
  'duplicate-key',
  'shared-folder',
  'refused',
  'unsupported',
  'invalid-input',
]);

/** Of the connection: the token is renewed there. */
const OF_CONNECTION: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'needs-reconnect',
  'misconfigured',
  'missing-scope',
]);

/** Null where nothing here helps, and for files that were written. */
export function fixOf({ status }: ExportView, connection: ConnectionView | undefined): ExportFix | null {
  if (status.state !== 'failed') return null;
  const { code } = status.error;
  if (OF_CONNECTION.has(code) && connection !== undefined) {
    const action = stateAction(connection);
    if (action === 'reconnect') return { label: 'Reconnect…', does: 'reconnect' };
    if (action === 'replace') return { label: 'Replace…', does: 'reconnect' };
    return { label: 'Fix…', does: 'show-connection' };
  }
  if (BY_CHANGE.has(code)) return { label: 'Fix…', does: 'edit' };
  return code === 'io' ? { label: 'Try again', does: 'write' } : null;
}
