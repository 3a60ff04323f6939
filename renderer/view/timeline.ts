import type { ActivityEntry } from '../../contract/activity.ts';
import type { ConnectionView } from '../../contract/connection.ts';
import { secretLabel } from './method-words.ts';
import { atWords, moment } from './time-words.ts';
import { axisTimes } from './timeline-axis.ts';
import { labelWidth, placeLabels, type PlacedLabel, type WantedLabel } from './timeline-labels.ts';

/** A part of the line, from 0 (its start) to 1 (its end): a token worked, works from now on, or nothing did. */
export interface TimelineSpan {
  look: 'past' | 'ahead' | 'broken';
  from: number;
  to: number;
}

/** When a connection's tokens work, on one line. Places are from 0 to 1. */
export interface Timeline {
  /** In order, without overlaps. */
  spans: readonly TimelineSpan[];
  /** Refreshes. */
  ticks: readonly number[];
  /** Refreshes that failed. */
  failures: readonly number[];
  /** Where the next token takes over; null: nobody knows. */
  next: number | null;
  now: number;
  above: readonly PlacedLabel[];
  below: readonly PlacedLabel[];
  /** All of it in words. */
  description: string;
}

/** How far back earlier tokens are shown, in lifetimes of the current token. */
const PAST_LIFETIMES = 3;
/** How much of the line is after everything that is known. */
const AFTER = 0.12;
/** Marks that are closer than this are one, px. */
const CLOSEST_MARKS = 3;
/** Between two times of the axis, px. */
const AXIS_GAP = 40;
/** The status and the activity have the same moment up to this, ms. */
const SAME_MS = 2000;

/** Activity events that mean a new access token. */
const NEW_TOKEN = new Set([
  'refresh.refreshed',
  'refresh.recovered',
  'connection.added',
  'connection.reconnected',
]);
/** Those that mean a failure, and what it is called. */
const FAILED: Readonly<Record<string, string>> = {
  'refresh.offline': 'failed',
  'refresh.temporary': 'failed',
  'refresh.gone': 'refused',
  'refresh.misconfigured': 'refused',
};

interface Failed {
  at: number;
  word: string;
}

/** Times of events, oldest first, epoch ms. */
const timesOf = (history: readonly ActivityEntry[], isOne: (event: string) => boolean): number[] =>
  history
    .filter(({ event }) => isOne(event))
    .map(({ at }) => Date.parse(at))
    .sort((a, b) => a - b);

/** What failed, newest first: from the activity, and from the state, which is there before the activity is loaded. */
function failuresOf({ status }: ConnectionView, history: readonly ActivityEntry[]): Failed[] {
  const failed = history.flatMap(({ event, at }): Failed[] => {
    const word = FAILED[event];
    return word === undefined ? [] : [{ at: Date.parse(at), word }];
  });
  const isTrouble =
    status.state === 'offline' || (status.state === 'needs-reconnect' && status.fault !== 'key-lost');
  if (isTrouble) {
    const since = Date.parse(status.since);
    const word = status.state === 'offline' ? 'failed' : 'refused';
    if (!failed.some(({ at }) => Math.abs(at - since) < SAME_MS)) failed.push({ at: since, word });
  }
  return failed.sort((a, b) => b.at - a.at);
}

function nextOf({ status, nextRefreshAt }: ConnectionView, now: number): Failed | null {
  const [time, word] =
    status.state === 'offline'
      ? [status.retryAt, 'next try']
      : status.state === 'connected' || status.state === 'missing-scope'
        ? [nextRefreshAt, 'renews']
        : [null, ''];
  return time === null || Date.parse(time) <= now ? null : { at: Date.parse(time), word };
}

/** Without those that would touch the one before. */
function apart(places: readonly number[], lineWidth: number): number[] {
  const kept: number[] = [];
  for (const place of places)
    if (kept.length === 0 || (place - (kept.at(-1) ?? 0)) * lineWidth >= CLOSEST_MARKS) kept.push(place);
  return kept;
}

/**
 * The timeline of a connection; null if its token has no known end. `history`: the connection's activity. `now`: epoch ms.
 * `lineWidth`: px, for labels that have room.
 */
export function timelineOf(
  connection: ConnectionView,
  history: readonly ActivityEntry[],
  now: number,
  lineWidth: number,
): Timeline | null {
  if (connection.expiresAt === null) return null;
  const obtained = Date.parse(connection.obtainedAt);
  const end = Math.max(Date.parse(connection.expiresAt), obtained);
  const life = Math.max(end - obtained, 1);
  const earliest = obtained - PAST_LIFETIMES * life;
  const past = timesOf(history, (event) => NEW_TOKEN.has(event)).filter(
    (at) => at >= earliest && at < obtained - SAME_MS && at <= now,
  );
  // The clock may have been set back since.
  const first = Math.min(past[0] ?? obtained, now);
  const known = Math.max(end, now);
  const last = known + Math.max((known - first) * AFTER, 1);
  const place = (at: number): number => Math.min(Math.max((at - first) / (last - first), 0), 1);

  const next = nextOf(connection, now);
  const failures = failuresOf(connection, history).filter(({ at }) => at >= first && at <= now);
  const time = (at: number): string => moment(new Date(at).toISOString(), now);
  const marks: WantedLabel[] = failures.map(({ at, word }) => ({
    text: `${word} ${time(at)}`,
    at: place(at),
    tone: 'bad',
  }));
  const [latest, ...older] = marks;
  const above: WantedLabel[] = [
    ...(latest === undefined ? [] : [latest]),
    ...(next === null
      ? []
      : [{ text: `${next.word} ${time(next.at)}`, at: place(next.at), tone: 'plain' as const }]),
    ...older,
  ];
  const axis = axisTimes(
    first,
    known,
    Math.floor(lineWidth / (labelWidth({ text: time(end), tone: 'plain' }) + AXIS_GAP)),
  );
  const below: WantedLabel[] = [
    { text: time(end), at: place(end), tone: 'strong' },
    { text: 'now', at: place(now), tone: 'strong' },
    ...axis.map(({ at, text }) => ({ text, at: place(at), tone: 'plain' as const })),
  ];
  return {
    spans: spansOf([...past, obtained], { life, end, now }).map(({ look, from, to }) => ({
      look,
      from: place(from),
      to: place(to),
    })),
    ticks: apart([...past.slice(1), ...(past.length > 0 ? [obtained] : [])].map(place), lineWidth),
    failures: apart(failures.map(({ at }) => place(at)).reverse(), lineWidth),
    next: next === null || connection.status.state === 'offline' ? null : place(next.at),
    now: place(now),
    above: placeLabels(above, lineWidth),
    below: placeLabels(below, lineWidth),
    description: describe(connection, { first, end, past, failures, next, now }),
  };
}

/** `begins`: of all tokens, oldest first; the last one ends at `end`, the others when the next begins or after their life. */
function spansOf(
  begins: readonly number[],
  { life, end, now }: { life: number; end: number; now: number },
): TimelineSpan[] {
  const spans: TimelineSpan[] = [];
  const add = (look: TimelineSpan['look'], from: number, to: number): void => {
    if (to > from) spans.push({ look, from, to });
  };
  begins.forEach((from, index) => {
    const following = begins[index + 1];
    const to = following === undefined ? end : Math.min(following, from + life);
    add('past', from, Math.min(to, now));
    add('ahead', Math.max(from, now), to);
    add('broken', to, Math.min(following ?? now, now));
  });
  return spans;
}

function describe(
  connection: ConnectionView,
  given: {
    first: number;
    end: number;
    past: readonly number[];
    failures: readonly Failed[];
    next: Failed | null;
    now: number;
  },
): string {
  const { first, end, past, failures, next, now } = given;
  const at = (time: number): string => atWords(new Date(time).toISOString(), now);
  const time = (of: number): string => moment(new Date(of).toISOString(), now);
  const [latest] = failures;
  return [
    ...(past.length === 0
      ? []
      : [`Renewed ${past.length === 1 ? 'once' : `${past.length} times`} since ${time(first)}`]),
    `${secretLabel(connection)} from ${moment(connection.obtainedAt, now)} to ${time(end)}`,
    ...(latest === undefined
      ? []
      : [
          failures.length === 1
            ? `refresh ${latest.word} ${at(latest.at)}`
            : `${failures.length} refreshes failed, the latest ${at(latest.at)}`,
        ]),
    ...(end <= now ? ['nothing works since then'] : []),
    ...(next === null ? [] : [`${next.word} ${at(next.at)}`]),
  ].join('; ');
}
