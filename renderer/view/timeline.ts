import type { ConnectionView } from '../../contract/connection.ts';
import { date, moment } from './time-words.ts';

/** Places run from 0 (start) to 1 (end of the line). */
export interface Timeline {
  /** From when the access token was obtained to when it ends. */
  token: { end: number; now: number; next: number | null };
  /** From now to the day the sign-in ends, out of the longest that it can last unused. */
  signIn: { end: number } | null;
  startLabel: string;
  endLabel: string;
  nextLabel: string | null;
  signInLabel: string | null;
  /** All of it in words. */
  description: string;
}

/** Part of the line that the current token takes, so that the one after it shows. */
const TOKEN_PART = 0.72;

const share = (from: number, to: number, at: number): number =>
  to <= from ? 1 : Math.min(Math.max((at - from) / (to - from), 0), 1);

/** Where a connection stands in its token's life; null when its token has no end or is no longer accepted. `now`: epoch ms. */
export function timelineOf(connection: ConnectionView, now: number): Timeline | null {
  if (connection.expiresAt === null || connection.status.state === 'needs-reconnect') return null;
  const start = Date.parse(connection.obtainedAt);
  const end = Date.parse(connection.expiresAt);
  const next = connection.nextRefreshAt;
  const signInEnd = connection.signInExpiresAt;
  const startLabel = moment(connection.obtainedAt, now);
  const endLabel = moment(connection.expiresAt, now);
  const nextLabel = next === null ? null : moment(next, now);
  const signInLabel = signInEnd === null ? null : date(signInEnd);
  return {
    token: {
      end: TOKEN_PART,
      now: share(start, end, now) * TOKEN_PART,
      next: next === null ? null : share(start, end, Date.parse(next)) * TOKEN_PART,
    },
    signIn: signInEnd === null ? null : { end: share(start, Date.parse(signInEnd), now) },
    startLabel,
    endLabel,
    nextLabel,
    signInLabel,
    description: [
      `Access token from ${startLabel} to ${endLabel}`,
      ...(nextLabel === null ? [] : [`next refresh ${nextLabel}`]),
      ...(signInLabel === null ? [] : [`sign-in lasts until ${signInLabel} if unused`]),
    ].join('; '),
  };
}
