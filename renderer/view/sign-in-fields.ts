import type { SignInField } from '../../contract/sign-in.ts';
import { addressFault, emailFault, type Check } from './field-check.ts';
import { localDay } from './local-day.ts';

/** The local date, `days` after `now` (epoch ms), as a date field holds it. */
export function dateIn(days: number, now: number): string {
  const at = new Date(now);
  at.setDate(at.getDate() + days);
  return localDay(at);
}

/** A day that is not over yet. `now`: epoch ms. */
export const dayFault =
  (now: number): Check =>
  (text) =>
    text < dateIn(0, now) ? 'This date is in the past.' : null;

/** What can be seen of a value before it is sent; the core knows more. `now`: epoch ms. */
export function checkOf({ kind }: Pick<SignInField, 'kind'>, now: number): Check | undefined {
  switch (kind) {
    case 'date':
      return dayFault(now);
    case 'email':
      return emailFault;
    case 'url':
      return addressFault;
    case 'secret':
    case 'choice':
    case 'text':
      return undefined;
  }
}
