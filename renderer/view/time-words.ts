import * as words from '../../contract/when-words.ts';

/** With narrow spaces at which no line ends: a time that is torn apart reads like two. */
export const unbroken = (text: string): string => text.replaceAll(' ', '\u202f');

export const duration = (ms: number): string => unbroken(words.duration(ms));
export const ago = (time: string, now: number): string => unbroken(words.ago(time, now));
export const clock = (time: string): string => unbroken(words.clock(time));
export const date = (time: string): string => unbroken(words.date(time));
export const whenWords = (time: string, now: number): string => unbroken(words.whenWords(time, now));
export const atWords = (time: string, now: number): string => unbroken(words.atWords(time, now));

/** `in 12 min`, or `now` once the time has passed. */
export const fromNow = (time: string, now: number): string => {
  const left = Date.parse(time) - now;
  return left <= 0 ? 'now' : `in ${duration(left)}`;
};

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
export const exactClock = (time: string): string => unbroken(exactTime.format(new Date(time)));

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
  return sameDay(then, new Date(now)) ? clock(time) : unbroken(dayTime.format(then));
}
