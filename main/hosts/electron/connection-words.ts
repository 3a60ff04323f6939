import type { ConnectionStatus, ConnectionView } from '../../../contract/connection.ts';
import { pastedNoun } from '../../../contract/method-words.ts';
import { remedy } from '../../../contract/remedy.ts';
import type { ShowTarget } from '../../../contract/show.ts';

export const DAY_MS = 24 * 60 * 60_000;

/** Days until `time`, rounded up. `now`: epoch ms. */
export const daysUntil = (time: string, now: number): number =>
  Math.max(0, Math.ceil((Date.parse(time) - now) / DAY_MS));

export const inDays = (days: number): string => (days <= 1 ? 'within a day' : `in ${days} days`);

const expires = (status: ConnectionStatus, now: number): string =>
  status.state === 'expiring' ? `expires ${inDays(daysUntil(status.expiresAt, now))}` : '';

type Marked = Pick<ConnectionView, 'status' | 'method' | 'unverified'>;

/** Shapes and texts after a connection's name in the tray; empty if there is nothing to report. `now`: epoch ms. */
export const marksOf = (connection: Marked, now: number): string =>
  [stateMark(connection, now), connection.unverified ? '⚠ not verified' : '']
    .filter((mark) => mark !== '')
    .join(' ');

function stateMark({ status, method }: Marked, now: number): string {
  const noun = pastedNoun(method);
  switch (remedy(status)) {
    case 'finish-sign-in':
      return noun === null ? '◌ waiting for browser' : '◌ waiting for you';
    case 'reconnect':
      if (status.state === 'missing-scope') return '⚠ missing permission';
      return noun === null ? '⚠ reconnect' : `⚠ replace ${noun}`;
    case 'replace':
      return `◔ ${expires(status, now)}`;
    case 'fix-client':
    case 'restore-key':
    case 'fix-storage':
      return '⚠ needs fixing';
    case 'resume':
    case 'resume-all':
      return '‖ paused';
    case null:
      if (status.state !== 'offline') return '';
      return status.answered ? '○ retrying' : '○ offline';
  }
}

/** A sentence about what a connection needs from the user; just its name if it needs nothing. `now`: epoch ms. */
export function needSentence(
  { name, status, method }: Pick<ConnectionView, 'name' | 'status' | 'method'>,
  now: number,
): string {
  const noun = pastedNoun(method);
  switch (remedy(status)) {
    case 'reconnect':
      if (status.state === 'missing-scope') return `“${name}” is missing a permission`;
      return noun === null ? `“${name}” needs reconnecting` : `“${name}” needs a new ${noun}`;
    case 'replace':
      return `“${name}” ${expires(status, now)}`;
    case 'fix-client':
    case 'restore-key':
    case 'fix-storage':
      return `“${name}” needs fixing`;
    case 'finish-sign-in':
    case 'resume':
    case 'resume-all':
    case null:
      return name;
  }
}

/** Where the user can fix a connection: a new sign-in if that helps, otherwise its detail. */
export function whereToFix({ id, status }: Pick<ConnectionView, 'id' | 'status'>): ShowTarget {
  const needed = remedy(status);
  return needed === 'reconnect' || needed === 'replace'
    ? { view: 'connect', reconnect: id }
    : { view: 'connection', connection: id };
}
