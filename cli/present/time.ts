import type { ConnectionView } from '../../contract/connection.ts';
import { withTimes } from '../../contract/times-in-text.ts';
import { untilWords } from '../../contract/validity-words.ts';

const UNITS = [
  ['day', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
] as const;

const pad = (number: number): string => String(number).padStart(2, '0');

const dayOf = (at: Date): string => `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
const clockOf = (at: Date): string => `${pad(at.getHours())}:${pad(at.getMinutes())}`;

/** Local date, such as `2026-11-22`. */
export const localDay = (iso: string): string => dayOf(new Date(iso));

/** Local time of day to the second, such as `09:30:05`. */
export function localClock(iso: string): string {
  const at = new Date(iso);
  return `${clockOf(at)}:${pad(at.getSeconds())}`;
}

/** Local time, such as `2026-11-22 09:30`. */
export function localTime(iso: string): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? iso : `${dayOf(at)} ${clockOf(at)}`;
}

/** Local time without the day if that is today: `09:30`, or `2026-11-23 09:30`. */
export function nearTime(iso: string, now: number): string {
  const at = new Date(iso);
  return dayOf(at) === dayOf(new Date(now)) ? clockOf(at) : localTime(iso);
}

/** A text in which times of UTC are local, with the zone: `11:57 (GMT+1)`. */
export const withLocalTimes = (text: string, now: number): string =>
  withTimes(text, (iso) => `${nearTime(iso, now)} (${zoneAt(iso)})`);

/** Name of the local time zone at a time, such as `GMT+1`. */
export const zoneAt = (iso: string): string =>
  new Intl.DateTimeFormat('en', { timeZoneName: 'short' })
    .formatToParts(new Date(iso))
    .find(({ type }) => type === 'timeZoneName')?.value ?? 'local time';

/** A length of time in one unit, rounded down: `3 days`, `52 min`, `less than a minute`. */
export function duration(ms: number): string {
  for (const [unit, size] of UNITS) {
    const count = Math.floor(ms / size);
    if (count >= 1) return `${count} ${unit}${unit === 'day' && count > 1 ? 's' : ''}`;
  }
  return 'less than a minute';
}

/** `in 52 min`, `3 days ago`, `now`. */
export function relative(iso: string, now: number): string {
  const ms = new Date(iso).getTime() - now;
  if (Math.abs(ms) < 60_000) return 'now';
  return ms > 0 ? `in ${duration(ms)}` : `${duration(-ms)} ago`;
}

/** Local time until which what a connection has works; null: it does not, or no end is known. */
export const validUntil = (
  connection: Pick<ConnectionView, 'status' | 'expiresAt'>,
  now: number,
): string | null =>
  connection.expiresAt === null || untilWords(connection, now) === null
    ? null
    : nearTime(connection.expiresAt, now);
