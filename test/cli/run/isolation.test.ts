import { expect, it } from 'vitest';
import { canTypeIntoTerminal } from '../../../cli/run/isolation.ts';

it.each([
  ['0\n', false],
  ['1\n', true],
  // Before Linux 6.2 nothing said so, and everybody could.
  [null, true],
])('programs can type into the terminal where the system says %j: %s', (text, can) => {
  expect(canTypeIntoTerminal({ readText: () => text })).toBe(can);
});
