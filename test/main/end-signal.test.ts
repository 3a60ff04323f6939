import { expect, it } from 'vitest';
import { endSignal } from '../../main/end-signal.ts';

it.each([
  ['SIGINT', null, 'in-order'],
  ['SIGTERM', null, 'in-order'],
  ['SIGHUP', null, 'in-order'],
  // The same press, handed on.
  ['SIGINT', 0, 'nothing'],
  ['SIGTERM', 499, 'nothing'],
  ['SIGINT', 500, 'at-once'],
  ['SIGTERM', 60_000, 'at-once'],
  ['SIGHUP', 60_000, 'nothing'],
] as const)('%s, ending for %s ms: %s', (signal, endingForMs, asked) => {
  expect(endSignal(signal, endingForMs)).toBe(asked);
});
