const DAY_MS = 24 * 60 * 60_000;

/** Made when first needed: each takes a millisecond of a start. */
const once = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => (made ??= make());
};

const clockTime = once(() => new Intl.DateTimeFormat(undefined, { timeStyle: 'short' }));
const dayOfYear = once(() => new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long' }));
const fullDay = once(
  () => new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long', year: 'numeric' }),
);

/** The time of day. */
export const clock = (time: string): string => clockTime().format(new Date(time));

/** The day, with its year. */
export const date = (time: string): string => fullDay().format(new Date(time));

const nearDay = (then: Date, now: number): 'today' | 'tomorrow' | 'yesterday' | null => {
  const dayOf = (offset: number): string => {
    const day = new Date(now);
    day.setDate(day.getDate() + offset);
    return day.toDateString();
  };
  // Formatting a day costs more than this; most times are of other days.
  if (Math.abs(then.getTime() - now) > 3 * DAY_MS) return null;
  const day = then.toDateString();
  if (day === dayOf(0)) return 'today';
  if (day === dayOf(1)) return 'tomorrow';
  return day === dayOf(-1) ? 'yesterday' : null;
};

const farDay = (then: Date, now: number): string =>
  (then.getFullYear() === new Date(now).getFullYear() ? dayOfYear() : fullDay()).format(then);

/** A time after words like *until*: `11:57`, `tomorrow 00:30`, `3 December`. `now`: epoch ms. */
export function whenWords(time: string, now: number): string {
  const then = new Date(time);
  const near = nearDay(then, now);
  if (near === 'today') return clock(time);
  return near === null ? farDay(then, now) : `${near} ${clock(time)}`;
}

/** A time after a verb: `at 11:57`, `yesterday at 23:10`, `on 3 December`. `now`: epoch ms. */
export function atWords(time: string, now: number): string {
  const then = new Date(time);
  const near = nearDay(then, now);
  if (near === 'today') return `at ${clock(time)}`;
  return near === null ? `on ${farDay(then, now)}` : `${near} at ${clock(time)}`;
}

const HOUR_MS = 60 * 60_000;
const MINUTE_MS = 60_000;

/** A duration in the largest useful unit: `3 days`, `2 h 5 min`, `52 min`. Anything shorter is `1 min`. */
export function duration(ms: number): string {
  if (ms >= 2 * DAY_MS) return `${Math.floor(ms / DAY_MS)} days`;
  const minutes = Math.max(1, Math.floor(ms / MINUTE_MS));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(ms / HOUR_MS);
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

/** `2 h ago`, or `just now`; also for what is in the future because the clock was set back. */
export const ago = (time: string, now: number): string => {
  const since = now - Date.parse(time);
  return since < MINUTE_MS ? 'just now' : `${duration(since)} ago`;
};
