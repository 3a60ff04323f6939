import type { ConnectionStatus, ConnectionView } from '../../contract/connection.ts';
import type { ExportView } from '../../contract/export.ts';
import { METHOD_WORDS } from '../../contract/method-words.ts';
import { outOfDateSince } from '../../contract/problems.ts';
import { remedy, stateBadge } from '../../contract/remedy.ts';
import { whenWords } from '../../contract/when-words.ts';
import type { Paint } from './paint.ts';
import { plain } from './plain.ts';
import { duration, localTime, relative } from './time.ts';

const PAINTS = { ok: 'good', warn: 'warn', bad: 'bad', off: null } as const;

/** State as a shape and a word, the same in the window and the command line. */
export function connectionBadge(status: ConnectionStatus, now: number, paint: Paint): string {
  const { shape, word, tone, until } = stateBadge(status, now);
  const text = `${shape} ${word}${until === undefined ? '' : ` ${relative(until, now)}`}`;
  const colour = PAINTS[tone];
  return colour === null ? text : paint[colour](text);
}

/** An explanation of the state; empty if the badge is enough. */
export function connectionDetail(
  { status, method, expiresAt, canRefresh, nextRefreshAt }: ConnectionView,
  now: number,
): string {
  switch (status.state) {
    case 'connected': {
      if (method !== 'oauth2') {
        const end = expiresAt === null ? 'no end date known' : `ends ${localTime(expiresAt).slice(0, 10)}`;
        return `${METHOD_WORDS[method]} · ${end}`;
      }
      // Without a next time it is not refreshed, because the keychain is locked.
      const renewal = nextRefreshAt === null ? 'Not renewed now' : 'Renews automatically';
      if (expiresAt === null) return canRefresh ? renewal : '';
      const left = new Date(expiresAt).getTime() - now;
      const valid = left > 0 ? `token valid ${duration(left)}` : 'token expired';
      return canRefresh ? `${renewal} · ${valid}` : valid;
    }
    case 'needs-reconnect':
      // If signing in again does not help, show what does.
      return plain(remedy(status) === 'reconnect' ? status.reason : `${status.reason} ${status.hint}`);
    case 'missing-scope':
      return `Not granted: ${plain(status.scopes.join(' '))}`;
    case 'offline':
      return `${plain(status.reason)} Next try ${relative(status.retryAt, now)}.`;
    case 'paused':
      return status.since === null ? 'All refreshing is paused' : `Since ${relative(status.since, now)}`;
    case 'expiring':
      return method === 'oauth2' ? '' : `${METHOD_WORDS[method]} · can't be renewed, only replaced`;
    case 'connecting':
    case 'refreshing':
      return '';
  }
}

/** State of an env file, in the words of the window. */
export function exportBadge(
  item: Pick<ExportView, 'status' | 'tokenEndsAt'>,
  now: number,
  paint: Paint,
): string {
  const since = outOfDateSince(item, now);
  if (since !== null) return paint.warn(`△ Out of date since ${whenWords(since, now)}`);
  const { status } = item;
  switch (status.state) {
    case 'written':
      return paint.good(`● Written ${relative(status.at, now)}`);
    case 'pending':
      return '◌ Not written yet';
    case 'waiting':
      return paint.good(
        status.readAt === null ? '● Pipe, not read yet' : `● Pipe, read ${relative(status.readAt, now)}`,
      );
    case 'failed':
      return paint.bad('▲ Not written');
  }
}
