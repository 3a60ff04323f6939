import { expect, it } from 'vitest';
import { keychainFailure } from '../../../main/store/keychain-failure.ts';
import { keychainPlace } from '../../../main/store/keychain-place.ts';

it.each([
  ['linux', { XDG_CURRENT_DESKTOP: 'ubuntu:GNOME' }, 'gnome'],
  ['linux', { XDG_CURRENT_DESKTOP: 'X-Cinnamon' }, 'gnome'],
  ['linux', { XDG_CURRENT_DESKTOP: 'XFCE' }, 'gnome'],
  ['linux', { XDG_CURRENT_DESKTOP: 'KDE' }, 'kde'],
  ['linux', { XDG_SESSION_DESKTOP: 'plasma' }, 'kde'],
  ['linux', { XDG_CURRENT_DESKTOP: 'sway' }, 'other-desktop'],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, 'other-desktop'],
  ['linux', {}, 'no-desktop'],
  ['darwin', { XDG_CURRENT_DESKTOP: 'KDE' }, 'darwin'],
  ['win32', {}, 'win32'],
])('on %s with %j, the keychain is that of %s', (platform, env, place) => {
  expect(keychainPlace(platform, env)).toBe(place);
});

const REASON = 'Could not connect: connection refused (/run/user/1000/bus)';

it.each([
  ['missing', 'gnome', 'gnome-keyring'],
  ['missing', 'kde', 'ksecretd'],
  ['missing', 'other-desktop', 'KeePassXC'],
  ['missing', 'no-desktop', '“tokentray serve --key-source=file:/PATH”'],
  ['missing', 'darwin', 'Keychain Access'],
  ['locked', 'gnome', 'seahorse'],
  ['locked', 'kde', 'KWalletManager'],
  ['locked', 'no-desktop', 'Servers without a keychain'],
  ['failed', 'gnome', 'gnome-keyring'],
] as const)('%s, %s: says what to do, and not which socket failed', (kind, place, what) => {
  const { error } = keychainFailure({ kind, reason: REASON }, { place, start: 'tokentray serve' });
  expect(error.hint).toContain(what);
  expect(`${error.message} ${error.hint ?? ''}`).not.toMatch(/bus|connect|socket/i);
  expect(error.detail).toBe(REASON);
});

it('names the command that starts this host: the desktop app has no `serve`', () => {
  const { error } = keychainFailure(
    { kind: 'missing', reason: REASON },
    { place: 'gnome', start: '/opt/Tokentray/tokentray-app' },
  );
  expect(error.hint).toContain('“/opt/Tokentray/tokentray-app --session-only”');
  expect(error.hint).not.toContain('tokentray serve');
});
