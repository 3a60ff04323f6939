/** What started a program, for people, such as `started by bash in gnome-terminal`; empty where nobody knows. Pure. */
export function startedWords({ startedBy }: { readonly startedBy: readonly string[] }): string {
  const last = startedBy.at(-1);
  if (last === undefined) return '';
  const before = startedBy.slice(0, -1);
  return `started by ${before.length === 0 ? last : `${before.join(', ')} in ${last}`}`;
}
