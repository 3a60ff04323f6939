import type { Settings } from '../../contract/settings.ts';
import type { LockedBy } from '../../contract/vocabulary.ts';

/** What to do when the screen was locked or unlocked. */
export type ScreenStep = 'lock' | 'unlock' | null;

/**
 * A screen that locks takes the app with it, also where that was locked for want of use: unlocking the screen proves more than a
 * click does. It ends only its own lock, never one that the person made. `lockedBy` null: the app is not locked. Pure.
 */
export function onScreen(
  screenLocked: boolean,
  { lockWithScreen }: Pick<Settings, 'lockWithScreen'>,
  lockedBy: LockedBy | null,
): ScreenStep {
  if (screenLocked) return lockWithScreen && (lockedBy === null || lockedBy === 'idle') ? 'lock' : null;
  return lockedBy === 'screen' ? 'unlock' : null;
}

/** When nobody has used the machine for long enough. `idleMs` by the system; null: it does not say, so our own use counts. Pure. */
export function isIdleTooLong(
  { lockAfterIdleMinutes }: Pick<Settings, 'lockAfterIdleMinutes'>,
  idleMs: number | null,
  unusedMs: number,
): boolean {
  const limitMs = lockAfterIdleMinutes * 60_000;
  return limitMs > 0 && (idleMs ?? unusedMs) >= limitMs;
}
