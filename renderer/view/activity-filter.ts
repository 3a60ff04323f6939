import type { ActivityEntry, ActivityLevel } from '../../contract/activity.ts';
import type { ConnectionId } from '../../contract/ids.ts';

/** Least to worst. */
export const LEVELS: readonly ActivityLevel[] = ['info', 'warning', 'error'];

/** This level and those above it. */
export const levelsFrom = (level: ActivityLevel): ActivityLevel[] => LEVELS.slice(LEVELS.indexOf(level));

/** Whether a new entry matches the filter, by the same rules that the core applies to older entries. */
export const matchesActivityFilter = (
  filter: { connection: ConnectionId | null; level: ActivityLevel; text: string },
  { connection, level, message }: ActivityEntry,
): boolean =>
  (filter.connection === null || filter.connection === connection) &&
  levelsFrom(filter.level).includes(level) &&
  message.toLowerCase().includes(filter.text.toLowerCase());
