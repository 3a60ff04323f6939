import type { ConnectionStatus, ConnectionView } from '../../../contract/connection.ts';
import { remedy } from '../../../contract/remedy.ts';
import type { ShowTarget } from '../../../contract/show.ts';

export const DAY_MS = 24 * 60 * 60_000;

/** Days until `time`, rounded up. `now`: epoch ms. */
export const daysUntil = (time: string, now: number): number =>
  Math.max(0, Math.ceil((Date.parse(time) - now) / DAY_MS));

export const inDays = (days: number): string => (days <= 1 ? 'within a day' : `in ${days} days`);

const expires = (status: ConnectionStatus, now: number): string =>
  status.state === 'expiring' ? `expires ${inDays(daysUntil(status.expiresAt, now))}` : '';

/** Shape and text after a connection's name in the tray; empty if there is nothing to report. `now`: epoch ms. */
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

/** A sentence about what a connection needs from the user; just its name if it needs nothing. `now`: epoch ms. */
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

/** Where the user can fix a connection: a new sign-in if that helps, otherwise its detail. */
export function whereToFix({ id, status }: Pick<ConnectionView, 'id' | 'status'>): ShowTarget {
  const needed = remedy(status);
  return needed === 'reconnect' || needed === 'replace'
    ? { view: 'connect', reconnect: id }
    : { view: 'connection', connection: id };
}
