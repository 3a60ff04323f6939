import { expect, it } from 'vitest';
import { updateSupport, type InstalledPackage } from '../../../../main/hosts/electron/update-support.ts';

const FEED =
  'provider: generic\nurl: https://packages.acme.dev/tokentray/\nupdaterCacheDirName: tokentray-updater\n';
const installed = (over: Partial<InstalledPackage>): InstalledPackage => ({
  packaged: true,
  platform: 'linux',
  env: {},
  execPath: '/opt/Tokentray/tokentray-app',
  packageType: 'deb',
  feedFile: FEED,
  ...over,
});
const feed = 'https://packages.acme.dev/tokentray/';

it.each([
  ['a deb', {}, { kind: 'deb', asksForPassword: true }],
  [
    'a deb that was started from another AppImage',
    { env: { APPIMAGE: '/a/Terminal.AppImage', APPDIR: '/tmp/.mount_t' } },
    { kind: 'deb', asksForPassword: true },
  ],
  ['an rpm', { packageType: 'rpm' }, { kind: 'rpm', asksForPassword: true }],
  [
    'an AppImage',
    {
      packageType: null,
      env: { APPIMAGE: '/a/Tokentray.AppImage', APPDIR: '/tmp/.mount_x' },
      execPath: '/tmp/.mount_x/tokentray-app',
    },
    { kind: 'appimage', asksForPassword: false },
  ],
  ['a Mac app', { platform: 'darwin', packageType: null }, { kind: 'mac', asksForPassword: false }],
  [
    'a signed Windows app',
    { platform: 'win32', packageType: null, feedFile: `${FEED}publisherName:\n  - Acme\n` },
    { kind: 'nsis', asksForPassword: false },
  ],
  [
    'a Windows app signed by one publisher',
    { platform: 'win32', packageType: null, feedFile: `${FEED}publisherName: Acme GmbH\n` },
    { kind: 'nsis', asksForPassword: false },
  ],
])('updates %s', (_name, over, expected) => {
  expect(updateSupport(installed(over))).toEqual({ supported: true, feed, ...expected });
});

it.each([
  ['a checkout', { packaged: false }, 'checkout'],
  ['an unpacked folder', { packageType: null }, 'does not update itself'],
  [
    'an unpacked folder that was started from another AppImage',
    { packageType: null, env: { APPIMAGE: '/a/Terminal.AppImage', APPDIR: '/tmp/.mount_t' } },
    'does not update itself',
  ],
  ['a package of another kind', { packageType: 'pacman' }, 'does not update itself'],
  ['a snap', { env: { SNAP: '/snap/x' } }, 'does not update itself'],
  ['a flatpak', { env: { FLATPAK_ID: 'x' } }, 'does not update itself'],
  [
    'a portable Windows program',
    { platform: 'win32', env: { PORTABLE_EXECUTABLE_FILE: 'x' } },
    'does not update',
  ],
  ['a Windows app without a publisher', { platform: 'win32', packageType: null }, 'not signed'],
  [
    'a Windows app that names nobody as publisher',
    { platform: 'win32', packageType: null, feedFile: `${FEED}publisherName:\n  - ''\n` },
    'not signed',
  ],
  [
    'a Windows app with an empty publisher',
    { platform: 'win32', packageType: null, feedFile: `publisherName:\n${FEED}` },
    'not signed',
  ],
  ['a build without a feed', { feedFile: null }, 'update server'],
  ['a feed without TLS', { feedFile: FEED.replace('https', 'http') }, 'update server'],
  ['another kind of feed', { feedFile: FEED.replace('generic', 'github') }, 'update server'],
  [
    'the placeholder',
    { feedFile: FEED.replace('packages.acme.dev', 'updates.tokentray.example') },
    'update server',
  ],
])('does not update %s, and says why', (_name, over, why) => {
  expect(updateSupport(installed(over))).toEqual({
    supported: false,
    why: expect.stringContaining(why) as string,
  });
});
