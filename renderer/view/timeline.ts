import type { ActivityEntry } from '../../contract/activity.ts';
import type { ConnectionView } from '../../contract/connection.ts';
import { secretLabel } from './method-words.ts';
import { date, moment } from './time-words.ts';

/** A section of the line, from 0 (its start) to 1 (its end). */
export interface Span {
  from: number;
  to: number;
}

export interface Timeline {
  token: {
    /** Access tokens before the current one. */
    past: readonly Span[];
    /** From when the current one was obtained until it is replaced or expires. */
    current: Span;
    /** How much longer it would be valid after that. */
    spare: Span | null;
    /** The next access token. */
    next: Span | null;
    now: number;
  };
  /** How far the sign-in is towards its expiry, as part of the longest time that it can stay unused. */
  signIn: { now: number } | null;
  startLabel: string;
  endLabel: string;
  nextLabel: string | null;
  signInLabel: string | null;
  /** The whole timeline as text. */
  description: string;
}

/** How far back earlier tokens are shown, in lifetimes of the current token. */
const PAST_LIFETIMES = 3;
/** How much of the next token's lifetime is shown, as a fraction. */
const NEXT_TOKEN_FRACTION = 0.6;

/** Activity events that mean a new access token. */
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
 * The timeline of a connection's tokens; null if its token has no known expiry or is no longer accepted.
 * `history`: the connection's activity. `now`: epoch ms.
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

  const past = earlierTokens(history, obtained - PAST_LIFETIMES * life, obtained);
  const first = past[0] ?? obtained;
  const last = Math.max(end, now, next === null ? 0 : replaced + NEXT_TOKEN_FRACTION * life);
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
      `${secretLabel(connection)} from ${moment(connection.obtainedAt, now)} to ${endLabel}`,
      ...(nextLabel === null ? [] : [`next refresh ${nextLabel}`]),
      ...(signInLabel === null ? [] : [`sign-in lasts until ${signInLabel} if unused`]),
    ].join('; '),
  };
}
