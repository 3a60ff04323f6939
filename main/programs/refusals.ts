import type { HoldOutcome } from '../consumers/held-requests.ts';
import { fail, type Result } from '../lib/result.ts';

/** Why a program did not get what it asked for. `name` and `connection` are for people. Pure. */
export function notApproved(
  outcome: Exclude<HoldOutcome, 'approved'>,
  name: string,
  connection: string,
): Result<never> {
  switch (outcome) {
    case 'denied':
      return fail(
        'denied',
        `“${name}” may not use “${connection}”: it was denied in Tokentray.`,
        'If that was a mistake, run it again and allow it.',
      );
    case 'unanswered':
      return fail(
        'timed-out',
        `“${name}” needs an approval in Tokentray to use “${connection}”, and nobody answered in time.`,
        'Run it again when somebody can answer: in the window, in the tray, or with: tokentray gateway held',
      );
    case 'left':
      return fail('cancelled', 'The program went away before it was answered.');
    case 'refused':
      return fail('denied', `“${connection}” was removed, or Tokentray is ending; nothing was given out.`);
  }
}

/** What the person answered before still holds. Pure. */
export const deniedBefore = (name: string, connection: string): Result<never> =>
  fail(
    'denied',
    `“${name}” may not use “${connection}”: that was answered in Tokentray, and still holds.`,
    'To be asked again, see: tokentray grants list',
  );

/** Pure. */
export const tooManyAsk = (): Result<never> =>
  fail(
    'limited',
    'Too many programs already wait for an approval in Tokentray.',
    'Answer those first: tokentray gateway held',
  );
