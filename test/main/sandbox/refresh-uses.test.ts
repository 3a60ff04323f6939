import { expect, test } from 'vitest';
import { RefreshUses } from '../../../main/sandbox/refresh-uses.ts';

test('requests that overlap with one token are concurrent, others are not', () => {
  const uses = new RefreshUses();
  const first = uses.begin('a', 1);
  const other = uses.begin('b', 2);
  const second = uses.begin('a', 3);
  uses.end(first, true);
  uses.end(second, false);
  const later = uses.begin('a', 4);
  expect([first, other, second, later].map(({ concurrent }) => concurrent)).toEqual([
    true,
    false,
    true,
    false,
  ]);
  expect(uses.totals()).toMatchObject({ requests: 4, concurrent: 2 });
  expect(second.answered).toBe(false);
  expect(later.answered).toBeNull();
});

test('only requests that were looked at count as uses of a token', () => {
  const uses = new RefreshUses();
  uses.end(uses.begin('a', 1), true);
  uses.judge(uses.begin('a', 2), 'current');
  expect(uses.usedTwice()).toBe(0);
  uses.judge(uses.begin('a', 3), 'grace');
  uses.judge(uses.begin('b', 3), 'current');
  expect(uses.usedTwice()).toBe(1);
  expect(uses.totals()).toMatchObject({ requests: 4, current: 2, grace: 1 });
  uses.forget();
  expect([uses.usedTwice(), uses.list()]).toEqual([0, []]);
});

test('no token is kept', () => {
  const uses = new RefreshUses();
  uses.begin('a-very-secret-refresh-token', 1);
  expect(JSON.stringify(uses.list())).not.toContain('secret');
});
