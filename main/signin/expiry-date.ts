import { failure, ok, type Result } from '../lib/result.ts';

/** Ten years: nothing that is pasted lasts longer. */
const LONGEST_MS = 10 * 366 * 86_400_000;

/**
 * When a credential ends, epoch ms, as a person enters it: a date (until its end, local time), a time (ISO 8601), or days from now
 * (`30d`). Empty or `never`: null. Fails with `invalid-input`.
 */
export function expiryDate(text: string, now: number): Result<number | null> {
  const wanted = text.trim().toLowerCase();
  if (wanted === '' || wanted === 'never') return ok(null);
  const days = /^(\d{1,4})\s*(d|days?)$/.exec(wanted);
  const end = days ? now + Number(days[1]) * 86_400_000 : dateOf(wanted);
  if (Number.isNaN(end) || end - now > LONGEST_MS)
    return refused('This is not a date.', 'Write it as 2027-01-31, or as days from now: 90d.');
  if (end <= now) return refused('This date is over.', 'Enter the date on which it ends, or leave it empty.');
  return ok(end);
}

const refused = (message: string, hint: string): Result<never> =>
  failure({ code: 'invalid-input', message, hint, field: 'expires' });

function dateOf(text: string): number {
  const date = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!date) return /^\d{4}-\d{2}-\d{2}t/.test(text) ? Date.parse(text.toUpperCase()) : Number.NaN;
  const [year, month, day] = [Number(date[1]), Number(date[2]), Number(date[3])];
  const start = new Date(year, month - 1, day);
  // 31 February is no date.
  if (start.getMonth() !== month - 1 || start.getDate() !== day) return Number.NaN;
  return new Date(year, month - 1, day + 1).getTime() - 1000;
}
