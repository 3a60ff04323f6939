import { expect, it } from 'vitest';
import { endSignal } from '../../../main/start/end-signal.ts';

it.each([
  ['SIGINT', null, 'graceful'],
  ['SIGTERM', null, 'graceful'],
  ['SIGHUP', null, 'graceful'],
  // The same press, handed on.
  ['SIGINT', 0, 'ignore'],
  ['SIGTERM', 499, 'ignore'],
  ['SIGINT', 500, 'immediate'],
  ['SIGTERM', 60_000, 'immediate'],
  ['SIGHUP', 60_000, 'ignore'],
] as const)('%s, ending for %s ms: %s', (signal, endingForMs, asked) => {
  expect(endSignal(signal, endingForMs)).toBe(asked);
});
