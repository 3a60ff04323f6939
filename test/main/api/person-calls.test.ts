import { expect, it } from 'vitest';
import { FROM_WINDOW } from '../../../main/api/call-from.ts';
import { noticeUse } from '../../../main/api/person-calls.ts';
import { ok } from '../../../main/lib/result.ts';

it.each([
  ['connections.list', 1],
  ['credentials.copy', 1],
  // By itself: editors fetch every few minutes.
  ['git.credential', 0],
  ['credentials.get', 0],
])('counts %s as use by a person: %i', (name, uses) => {
  let used = 0;
  const dispatch = noticeUse(
    () => ok({}),
    () => (used += 1),
  );
  void dispatch(FROM_WINDOW, name, {});
  expect(used).toBe(uses);
});
