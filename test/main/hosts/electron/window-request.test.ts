import { expect, it } from 'vitest';
import { WindowRequest } from '../../../../main/hosts/electron/window-request.ts';

it.each([
  { what: 'not asked for', before: 0, after: 0, opened: 0 },
  { what: 'asked for before it can open', before: 1, after: 0, opened: 1 },
  { what: 'asked for by several before it can open', before: 3, after: 0, opened: 1 },
  { what: 'asked for later', before: 0, after: 1, opened: 1 },
  { what: 'asked for before and later', before: 1, after: 2, opened: 3 },
])('$what: opens $opened times', ({ before, after, opened }) => {
  const window = new WindowRequest();
  let times = 0;
  for (let i = 0; i < before; i += 1) window.ask();
  window.serve(() => (times += 1));
  for (let i = 0; i < after; i += 1) window.ask();
  expect(times).toBe(opened);
});
