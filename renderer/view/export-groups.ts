import type { ExportView } from '../../contract/export.ts';
import { isNotWritten, outOfDateSince } from '../../contract/problems.ts';

export interface ExportGroup {
  id: 'needs-you' | 'out-of-date' | 'up-to-date';
  title: string;
  items: ExportView[];
}

const byPath = new Intl.Collator(undefined, { numeric: true });

/** Env files, those that wait for their person first, each group by path; groups without any are left out. */
export function exportGroups(exports: Iterable<ExportView>, now: number): ExportGroup[] {
  const groups: ExportGroup[] = [
    { id: 'needs-you', title: 'Needs you', items: [] },
    { id: 'out-of-date', title: 'Out of date', items: [] },
    { id: 'up-to-date', title: 'Up to date', items: [] },
  ];
  const [needsYou, outOfDate, upToDate] = groups;
  for (const item of exports)
    (isNotWritten(item) ? needsYou : outOfDateSince(item, now) !== null ? outOfDate : upToDate)?.items.push(
      item,
    );
  for (const { items } of groups) items.sort((a, b) => byPath.compare(a.file, b.file));
  return groups.filter(({ items }) => items.length > 0);
}

/** So many env files of the first groups; groups without any are left out. */
export function firstOf(groups: readonly ExportGroup[], most: number): ExportGroup[] {
  const shown: ExportGroup[] = [];
  let left = most;
  for (const group of groups) {
    if (left <= 0) break;
    const items = group.items.slice(0, left);
    left -= items.length;
    shown.push({ ...group, items });
  }
  return shown;
}

/** Whether an env file has the text in its path, its preset or the name of its connection, in any case. */
export function matchesSearch({ file, preset, connection }: ExportView, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return [file, preset, connection?.name ?? ''].some((part) => part.toLowerCase().includes(wanted));
}
