import type { ActivityEntry, ActivityLevel } from '../../contract/activity.ts';
import type { ConnectionId } from '../../contract/ids.ts';

/** Least to worst. */
export const LEVELS: readonly ActivityLevel[] = ['info', 'warning', 'error'];

/** This level and those above it. */
export const levelsFrom = (level: ActivityLevel): ActivityLevel[] => LEVELS.slice(LEVELS.indexOf(level));

/** Whether an entry that has just come belongs to what is shown; as the core decides it for older ones. */
export const letsThrough = (
  filter: { connection: ConnectionId | null; level: ActivityLevel; text: string },
  { connection, level, message }: ActivityEntry,
): boolean =>
  (filter.connection === null || filter.connection === connection) &&
  levelsFrom(filter.level).includes(level) &&
  message.toLowerCase().includes(filter.text.toLowerCase());
