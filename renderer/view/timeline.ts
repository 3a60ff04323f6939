import type { ActivityEntry } from '../../contract/activity.ts';
import type { ConnectionView } from '../../contract/connection.ts';
import { date, moment } from './time-words.ts';

/** Part of the line, from 0 (its start) to 1 (its end). */
export interface Span {
  from: number;
  to: number;
}

export interface Timeline {
  token: {
    /** Access tokens before the current one. */
    past: readonly Span[];
    /** From when the current one was obtained to when it will be replaced, or ends. */
    current: Span;
    /** What it has left after that. */
    spare: Span | null;
    /** The one to come. */
    next: Span | null;
    now: number;
  };
  /** From now to the day the sign-in ends, out of the longest that it can last unused. */
  signIn: { now: number } | null;
  startLabel: string;
  endLabel: string;
  nextLabel: string | null;
  signInLabel: string | null;
  /** All of it in words. */
  description: string;
}

/** Lives of a token that are shown before the current one. */
const PAST_LIVES = 3;
/** Part of the coming token's life that still fits on the line. */
const COMING_PART = 0.6;

/** Each of these is a new access token. */
const NEW_TOKEN = new Set([
  'refresh.refreshed',
  'refresh.recovered',
  'connection.added',
  'connection.reconnected',
]);

/** When the connection got its earlier access tokens, oldest first, epoch ms. */
function earlierTokens(history: readonly ActivityEntry[], from: number, until: number): number[] {
  return history
    .filter(({ event }) => NEW_TOKEN.has(event))
    .map(({ at }) => Date.parse(at))
    .filter((at) => at >= from && at < until)
    .sort((a, b) => a - b);
}

/**
 * Where a connection stands in the row of its tokens; null when its token has no end or is no longer accepted.
 * `history`: what happened to it. `now`: epoch ms.
 */
export function timelineOf(
  connection: ConnectionView,
  history: readonly ActivityEntry[],
  now: number,
): Timeline | null {
  if (connection.expiresAt === null || connection.status.state === 'needs-reconnect') return null;
  const obtained = Date.parse(connection.obtainedAt);
  const end = Date.parse(connection.expiresAt);
  const life = Math.max(end - obtained, 1);
  const next = connection.nextRefreshAt === null ? null : Date.parse(connection.nextRefreshAt);
  const replaced = next === null ? end : Math.min(Math.max(next, obtained), end);

  const past = earlierTokens(history, obtained - PAST_LIVES * life, obtained);
  const first = past[0] ?? obtained;
  const last = Math.max(end, now, next === null ? 0 : replaced + COMING_PART * life);
  const place = (at: number): number => Math.min(Math.max((at - first) / (last - first), 0), 1);
  const span = (from: number, to: number): Span => ({ from: place(from), to: place(to) });

  const signInEnd = connection.signInExpiresAt === null ? null : Date.parse(connection.signInExpiresAt);
  const startLabel = moment(new Date(first).toISOString(), now);
  const endLabel = moment(connection.expiresAt, now);
  const nextLabel = connection.nextRefreshAt === null ? null : moment(connection.nextRefreshAt, now);
  const signInLabel = connection.signInExpiresAt === null ? null : date(connection.signInExpiresAt);
  return {
    token: {
      past: past.map((from, index) => span(from, Math.min(past[index + 1] ?? obtained, from + life))),
      current: span(obtained, replaced),
      spare: replaced < end ? span(replaced, end) : null,
      next: next === null ? null : span(replaced, last),
      now: place(now),
    },
    signIn:
      signInEnd === null
        ? null
        : { now: Math.min(Math.max((now - obtained) / Math.max(signInEnd - obtained, 1), 0), 1) },
    startLabel,
    endLabel,
    nextLabel,
    signInLabel,
    description: [
      ...(past.length === 0
        ? []
        : [`Renewed ${past.length === 1 ? 'once' : `${past.length} times`} since ${startLabel}`]),
      `Access token from ${moment(connection.obtainedAt, now)} to ${endLabel}`,
      ...(nextLabel === null ? [] : [`next refresh ${nextLabel}`]),
      ...(signInLabel === null ? [] : [`sign-in lasts until ${signInLabel} if unused`]),
    ].join('; '),
  };
}
