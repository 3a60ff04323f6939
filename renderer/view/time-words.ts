const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const days = (count: number): string => `${count} ${count === 1 ? 'day' : 'days'}`;

/** A duration in the largest useful unit: `3 days`, `2 h 5 min`, `52 min`. Anything shorter is `1 min`. */
export function duration(ms: number): string {
  if (ms >= 2 * DAY_MS) return days(Math.floor(ms / DAY_MS));
  const minutes = Math.max(1, Math.floor(ms / MINUTE_MS));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

/** `in 12 min`, or `now` once the time has passed. */
export const fromNow = (time: string, now: number): string => {
  const left = Date.parse(time) - now;
  return left <= 0 ? 'now' : `in ${duration(left)}`;
};

/** `2 h ago`, or `just now`. */
export const ago = (time: string, now: number): string => {
  const since = now - Date.parse(time);
  return since < MINUTE_MS ? 'just now' : `${duration(since)} ago`;
};

const clockTime = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const dayTime = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: 'numeric',
  minute: '2-digit',
});
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long', year: 'numeric' });

const sameDay = (a: Date, b: Date): boolean => a.toDateString() === b.toDateString();

const exactTime = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

/** The time of day, with seconds. */
export const exactClock = (time: string): string => exactTime.format(new Date(time));

/** The time of day. */
export const clock = (time: string): string => clockTime.format(new Date(time));

/** `Today`, `Yesterday`, or the weekday and date; the date with its year if that differs from `now`'s. */
export function dayWords(time: string, now: number): string {
  const then = new Date(time);
  const today = new Date(now);
  if (sameDay(then, today)) return 'Today';
  const yesterday = new Date(now);
  yesterday.setDate(today.getDate() - 1);
  if (sameDay(then, yesterday)) return 'Yesterday';
  return then.getFullYear() === today.getFullYear() ? weekday.format(then) : day.format(then);
}

/** The time of day, with the date if it is not the same day as `now`. */
export function moment(time: string, now: number): string {
  const then = new Date(time);
  return sameDay(then, new Date(now)) ? clockTime.format(then) : dayTime.format(then);
}

/** `at 10:57`, or `on 3 Nov, 10:57` where that is another day; in one piece, as times do not wrap. */
export function atMoment(time: string, now: number): string {
  const word = sameDay(new Date(time), new Date(now)) ? 'at' : 'on';
  return unbroken(`${word} ${moment(time, now)}`);
}

/** A text that stays on one line. */
export const unbroken = (text: string): string => text.replaceAll(' ', '\u00a0');

export const date = (time: string): string => day.format(new Date(time));

/** The local day as a date field has it: `2027-01-31`. */
export function dayInput(time: string): string {
  const then = new Date(time);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${then.getFullYear()}-${two(then.getMonth() + 1)}-${two(then.getDate())}`;
}
