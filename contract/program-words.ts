import type { GrantLasts } from './vocabulary.ts';

/** What started a program, for people, such as `started by bash in gnome-terminal`; empty where nobody knows. Pure. */
export function startedWords({ startedBy }: { readonly startedBy: readonly string[] }): string {
  const last = startedBy.at(-1);
  if (last === undefined) return '';
  const before = startedBy.slice(0, -1);
  return `started by ${before.length === 0 ? last : `${before.join(', ')} in ${last}`}`;
}

type Longer = Exclude<GrantLasts, 'once'>;

const LONGER: Readonly<Record<'approve' | 'deny', Readonly<Record<Longer, string>>>> = {
  approve: { session: 'Allow until its terminal closes', day: 'Allow for a day', always: 'Always allow' },
  deny: { session: 'Deny until its terminal closes', day: 'Deny for a day', always: 'Always deny' },
};

/** The answers that hold for longer than once, for menus. Pure. */
export const longerAnswers = (
  { lasts }: { readonly lasts: readonly GrantLasts[] },
  decision: 'approve' | 'deny',
): { lasts: Longer; label: string }[] =>
  lasts.flatMap((each) => (each === 'once' ? [] : [{ lasts: each, label: LONGER[decision][each] }]));
