import type { SignInField } from '../../contract/sign-in.ts';

/** The local date, `days` after `now` (epoch ms), as a date field holds it. */
export function dateIn(days: number, now: number): string {
  const at = new Date(now);
  at.setDate(at.getDate() + days);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** What a person left out or mistyped, by field, before anything is sent. `now`: epoch ms. */
export function faultsOf(
  fields: readonly SignInField[],
  values: Readonly<Record<string, string>>,
  now: number,
): ReadonlyMap<string, string> {
  const faults = new Map<string, string>();
  for (const { name, label, kind, optional } of fields) {
    const value = values[name] ?? '';
    if (value.trim() === '') {
      if (!optional) faults.set(name, `${label} is missing.`);
    } else if (kind === 'date' && value < dateIn(0, now)) faults.set(name, 'This date is in the past.');
  }
  return faults;
}
