import { expect, it } from 'vitest';
import { canTypeIntoTerminal, inTwoLines } from '../../../cli/run/isolation.ts';

it.each([
  ['0\n', false],
  ['1\n', true],
  // Before Linux 6.2 nothing said so, and everybody could.
  [null, true],
])('programs can type into the terminal where the system says %j: %s', (text, can) => {
  expect(canTypeIntoTerminal({ readText: () => text })).toBe(can);
});

it('finds places that would be two lines of the plan, whose second one could show what is hidden', () => {
  const own = [{ folder: '/tmp', keeps: ['/tmp/a'], makes: [] }];
  const places = { folders: ['/home/a/.config'], files: ['/home/a/.env'], sockets: [], own };
  expect(inTwoLines(places)).toBeNull();
  const bad = '/tmp/a\nkeep /run/dbus';
  for (const change of [
    { folders: [bad] },
    { files: [bad] },
    { sockets: [bad] },
    { own: [{ folder: '/tmp', keeps: [], makes: [bad] }] },
    { own: [{ folder: '/tmp', keeps: [bad], makes: [] }] },
  ])
    expect(inTwoLines({ ...places, ...change })).toBe(bad);
});
