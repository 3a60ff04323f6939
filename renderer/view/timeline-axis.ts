import { clock } from './time-words.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Distances between times of the axis: minutes within a day, then days. */
const MINUTES = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720];
const DAYS = [1, 2, 7, 14, 30, 60, 90, 180, 365, 730, 1825, 3650];

const dayMonth = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const monthYear = new Intl.DateTimeFormat(undefined, { month: 'short', year: 'numeric' });

export interface AxisTime {
  /** Epoch ms. */
  at: number;
  text: string;
}

/**
 * Round local times from `first` to `last`, at most `most` of them: full hours and the like, midnights by their date. Pure but
 * for the time zone.
 */
export function axisTimes(first: number, last: number, most: number): AxisTime[] {
  if (most < 1) return [];
  const minutes = MINUTES.find((step) => (last - first) / (step * MINUTE_MS) <= most);
  if (minutes !== undefined) return withinDays(first, last, minutes);
  const days = DAYS.find((step) => (last - first) / (step * DAY_MS) <= most) ?? 36_500;
  return byDays(first, last, days);
}

/** From local midnight on, each day anew, so that a change of the clocks moves no hour. */
function withinDays(first: number, last: number, minutes: number): AxisTime[] {
  const times: AxisTime[] = [];
  const begin = new Date(first);
  let minute = Math.floor((begin.getHours() * 60 + begin.getMinutes()) / minutes) * minutes;
  for (const day = midnight(first); day.getTime() <= last; day.setDate(day.getDate() + 1)) {
    for (; minute < 24 * 60; minute += minutes) {
      const time = new Date(day);
      time.setHours(0, minute);
      const at = time.getTime();
      if (at > last) break;
      // An hour that the clocks leave out is the next one.
      if (at < first || at <= (times.at(-1)?.at ?? -Infinity)) continue;
      times.push({ at, text: minute === 0 ? dayMonth.format(time) : clock(time.toISOString()) });
    }
    minute = 0;
  }
  return times;
}

function byDays(first: number, last: number, days: number): AxisTime[] {
  const times: AxisTime[] = [];
  const format = days >= 90 ? monthYear : dayMonth;
  for (const day = midnight(first); day.getTime() <= last; day.setDate(day.getDate() + days))
    if (day.getTime() >= first) times.push({ at: day.getTime(), text: format.format(day) });
  return times;
}

function midnight(at: number): Date {
  const day = new Date(at);
  day.setHours(0, 0, 0, 0);
  return day;
}
