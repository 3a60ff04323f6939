import type { ConnectionStatus, ConnectionView } from '../../../contract/connection.ts';
import { remedy } from '../../../contract/remedy.ts';
import type { ShowTarget } from '../../../contract/show.ts';

export const DAY_MS = 24 * 60 * 60_000;

/** Whole days until `time`, the begun one counted. `now`: epoch ms. */
export const daysUntil = (time: string, now: number): number =>
  Math.max(0, Math.ceil((Date.parse(time) - now) / DAY_MS));

export const inDays = (days: number): string => (days <= 1 ? 'within a day' : `in ${days} days`);

const expires = (status: ConnectionStatus, now: number): string =>
  status.state === 'expiring' ? `expires ${inDays(daysUntil(status.expiresAt, now))}` : '';

/** Shape and words that follow a connection's name in the tray; empty while nothing is to be said. `now`: epoch ms. */
export function stateMark({ status }: Pick<ConnectionView, 'status'>, now: number): string {
  switch (remedy(status)) {
    case 'finish-sign-in':
      return '◌ waiting for browser';
    case 'reconnect':
      return status.state === 'missing-scope' ? '⚠ missing permission' : '⚠ reconnect';
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

/** A connection and what it needs from its person, in a sentence; its name while it needs nothing. `now`: epoch ms. */
export function needSentence({ name, status }: Pick<ConnectionView, 'name' | 'status'>, now: number): string {
  switch (remedy(status)) {
    case 'reconnect':
      return status.state === 'missing-scope'
        ? `“${name}” is missing a permission`
        : `“${name}” needs reconnecting`;
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

/** Where a person can do what a connection needs: signing in again, where that helps, else its detail. */
export function whereToFix({ id, status }: Pick<ConnectionView, 'id' | 'status'>): ShowTarget {
  const needed = remedy(status);
  return needed === 'reconnect' || needed === 'replace'
    ? { view: 'connect', reconnect: id }
    : { view: 'connection', connection: id };
}
