import { expect, it } from 'vitest';
import { rememberedBounds, windowBounds } from '../../../../main/hosts/electron/window-bounds.ts';

const left = { x: 0, y: 0, width: 1920, height: 1040 };
const right = { x: 1920, y: 0, width: 1280, height: 1024 };

it.each([
  ['never moved', null, [left], { width: 960, height: 640 }],
  [
    'where it was',
    { x: 100, y: 50, width: 1000, height: 700 },
    [left],
    { x: 100, y: 50, width: 1000, height: 700 },
  ],
  [
    'on the second display',
    { x: 2000, y: 50, width: 1000, height: 700 },
    [left, right],
    { x: 2000, y: 50, width: 1000, height: 700 },
  ],
  [
    'that display is gone',
    { x: 2000, y: 50, width: 1000, height: 700 },
    [left],
    { width: 1000, height: 700 },
  ],
  [
    'only its title bar is off',
    { x: 100, y: -39, width: 1000, height: 700 },
    [left],
    { width: 1000, height: 700 },
  ],
  [
    'larger than the display',
    { x: 0, y: 0, width: 5000, height: 5000 },
    [left],
    { x: 0, y: 0, width: 1920, height: 1040 },
  ],
  ['smaller than it may be', { x: 0, y: 0, width: 1, height: 1 }, [left], { width: 640, height: 480 }],
])('%s', (_, remembered, areas, expected) => {
  expect(windowBounds(remembered, areas)).toEqual(expected);
});

const now = { x: 0, y: 0, width: 900, height: 700 };
const before = { x: 300, y: 200, width: 800, height: 600 };

it.each([
  ['where it is', false, before, now],
  ['on Wayland its size alone', true, before, { ...now, x: 300, y: 200 }],
  ['on Wayland the first time', true, null, now],
])('remembers %s', (_, wayland, known, expected) => {
  expect(rememberedBounds(now, known, wayland)).toEqual(expected);
});
