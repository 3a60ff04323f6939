import { expect, test } from 'vitest';
import { isSameData } from '../../../main/lib/is-same-data.ts';

test.each<[unknown, unknown, boolean]>([
  ['a', 'a', true],
  ['a', 'b', false],
  [1, '1', false],
  [null, {}, false],
  [undefined, null, false],
  [{ value: 'token', connection: { id: '1' } }, { value: 'token', connection: { id: '1' } }, true],
  [{ value: 'token', connection: { id: '1' } }, { value: 'token', connection: { id: '2' } }, false],
  [{ value: 'token' }, { value: 'token', expiresAt: null }, false],
  // Written in another order, they are another text.
  [{ a: 1, b: 2 }, { b: 2, a: 1 }, false],
  [[1, [2]], [1, [2]], true],
  [[1, 2], [2, 1], false],
  [[], {}, false],
  // What is in them cannot be seen.
  [new Date(0), new Date(1), false],
  [new Map([[1, 1]]), new Map([[1, 2]]), false],
])('%j and %j: %s', (one, other, same) => {
  expect(isSameData(one, other)).toBe(same);
});
