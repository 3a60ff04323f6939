import { expect, it } from 'vitest';
import { isWayland } from '../../../../main/hosts/electron/wayland.ts';

const session = { XDG_SESSION_TYPE: 'wayland', WAYLAND_DISPLAY: 'wayland-0' };

it.each([
  ['linux', session, 'wayland', true],
  ['linux', session, 'x11', false],
  ['linux', {}, 'wayland', true],
  ['linux', session, '', true],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, '', true],
  ['linux', { XDG_SESSION_TYPE: 'x11', WAYLAND_DISPLAY: 'wayland-0' }, '', false],
  ['linux', { XDG_SESSION_TYPE: 'wayland' }, 'auto', false],
  ['linux', {}, '', false],
  ['darwin', session, 'wayland', false],
])('%s %j with --ozone-platform=%s: %s', (platform, env, ozonePlatform, expected) => {
  expect(isWayland({ platform, env, ozonePlatform })).toBe(expected);
});
