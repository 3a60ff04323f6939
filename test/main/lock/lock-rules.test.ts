import { expect, it } from 'vitest';
import { isIdleTooLong, onScreen } from '../../../main/lock/lock-rules.ts';

it.each([
  [true, true, null, 'lock'],
  [true, true, 'idle', 'lock'],
  [true, true, 'person', null],
  [true, true, 'screen', null],
  [true, false, null, null],
  [true, false, 'idle', null],
  [false, true, 'screen', 'unlock'],
  // The setting was turned off meanwhile; the lock still ends as it was meant to.
  [false, false, 'screen', 'unlock'],
  [false, true, 'person', null],
  [false, true, 'idle', null],
  [false, true, null, null],
] as const)('screen locked: %s, setting: %s, locked by %s: %s', (locked, lockWithScreen, by, step) => {
  expect(onScreen(locked, { lockWithScreen }, by)).toBe(step);
});

const MINUTE = 60_000;
it.each([
  [0, 999 * MINUTE, 999 * MINUTE, false],
  [5, 5 * MINUTE, 0, true],
  [5, 5 * MINUTE - 1, 999 * MINUTE, false],
  [5, null, 5 * MINUTE, true],
  [5, null, 4 * MINUTE, false],
] as const)('after %d min, idle %s ms, unused %d ms: %s', (lockAfterIdleMinutes, idle, unused, locks) => {
  expect(isIdleTooLong({ lockAfterIdleMinutes }, idle, unused)).toBe(locks);
});
