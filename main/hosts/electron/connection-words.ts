import type { ConnectionView } from '../../../contract/connection.ts';

export const DAY_MS = 24 * 60 * 60_000;

/** Whole days until `time`, the begun one counted. `now`: epoch ms. */
export const daysUntil = (time: string, now: number): number =>
  Math.max(0, Math.ceil((Date.parse(time) - now) / DAY_MS));

export const inDays = (days: number): string => (days <= 1 ? 'within a day' : `in ${days} days`);

/** Shape and words that follow a connection's name in the tray; empty while nothing is to be said. `now`: epoch ms. */
export function stateMark({ status }: Pick<ConnectionView, 'status'>, now: number): string {
  switch (status.state) {
    case 'connected':
    case 'refreshing':
      return '';
    case 'connecting':
      return '◌ waiting for browser';
    case 'expiring':
      return `◔ expires ${inDays(daysUntil(status.expiresAt, now))}`;
    case 'needs-reconnect':
      return status.fault !== 'grant' ? '⚠ needs fixing' : '⚠ reconnect';
    case 'missing-scope':
      return '⚠ missing permission';
    case 'offline':
      return '○ offline';
    case 'paused':
      return '‖ paused';
  }
}

/** Whether the connection stays as it is until a person does something. */
export const needsPerson = ({ status }: Pick<ConnectionView, 'status'>): boolean =>
  status.state === 'needs-reconnect' || status.state === 'missing-scope' || status.state === 'expiring';
