import type { ActivityEntry } from '../../contract/activity.ts';
import { dayWords } from './time-words.ts';

export interface DatedEntry {
  entry: ActivityEntry;
  /** The day, for the first entry of each day; null for the others. */
  day: string | null;
}

/** Marks where a new day starts. `now`: epoch ms. */
export function byDay(entries: readonly ActivityEntry[], now: number): DatedEntry[] {
  const days = entries.map(({ at }) => dayWords(at, now));
  return entries.map((entry, index) => {
    const day = days[index] ?? '';
    return { entry, day: day === days[index - 1] ? null : day };
  });
}
