import type { ActivityEntry } from '../../contract/activity.ts';
import { indented } from './fit.ts';
import type { Paint } from './paint.ts';
import { plain } from './plain.ts';
import { localClock, localDay } from './time.ts';

/** Cells before a message: `09:30:05 ▲ `. */
const INDENT = 11;

/**
 * An entry of the log, in local time. On a terminal of `room` cells the day is a line of its own where it differs from that
 * of `before`, the entry above; elsewhere (null) each entry is one line with its day. Pure.
 */
export function entryLines(
  { at, level, message }: ActivityEntry,
  before: string | null,
  room: number | null,
  out: Paint,
): string[] {
  const mark = { info: ' ', warning: out.warn('▲'), error: out.bad('▲') }[level];
  if (room === null) return [`${localDay(at)} ${localClock(at)} ${mark} ${plain(message)}`];
  const isNewDay = before === null || localDay(before) !== localDay(at);
  const [first = '', ...rest] = indented(plain(message), room, INDENT);
  return [
    ...(isNewDay ? [...(before === null ? [] : ['']), out.bold(localDay(at))] : []),
    `${out.dim(localClock(at))} ${mark} ${first.trimStart()}`,
    ...rest,
  ];
}
