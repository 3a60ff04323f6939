import { expect, it } from 'vitest';
import { mountedAs, mountOf, parseMounts, placeInFileSystem } from '../../../../main/exports/check/mounts.ts';
import { lastRead } from '../../../../main/exports/check/last-read.ts';

const OURS = parseMounts(
  [
    '22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw',
    '30 22 8:2 /@home /home rw,noatime shared:2 - btrfs /dev/sda2 rw',
    '31 30 0:9 / /home/ana/with\\040space rw,relatime - tmpfs tmpfs rw',
    'half a line',
  ].join('\n'),
);

it.each([
  ['/srv/.env', { device: '8:1', path: '/srv/.env' }],
  ['/home/ana/.env', { device: '8:2', path: '/@home/ana/.env' }],
  ['/home/ana/with space/.env', { device: '0:9', path: '/.env' }],
  ['/homework/.env', { device: '8:1', path: '/homework/.env' }],
])('%s is on its file system at %j', (file, place) => {
  expect(placeInFileSystem(OURS, file)).toEqual(place);
});

it.each([
  ['the file', '/srv/.env', { point: '/app/.env', old: false }],
  ['a former file of that name', '/srv/.env//deleted', { point: '/app/.env', old: true }],
  ['its folder', '/srv', null],
  ['another file', '/srv/.env.local', null],
])('a container that mounted %s', (_, root, expected) => {
  const theirs = parseMounts(`40 1 8:1 ${root} /app/.env rw,relatime - ext4 /dev/sda1 rw`);
  expect(mountedAs(theirs, { device: '8:1', path: '/srv/.env' })).toEqual(expected);
  expect(mountedAs(theirs, { device: '8:9', path: '/srv/.env' })).toBeNull();
});

it.each([
  ['later', 2n, 1n, ['relatime'], 'read'],
  ['at the same time', 1n, 1n, ['relatime'], 'not-read'],
  ['before', 1n, 2n, ['relatime'], 'not-read'],
  ['on a mount that records no reads', 2n, 1n, ['rw', 'noatime'], 'unknown'],
  ['on a mount that is not known', 2n, 1n, null, 'unknown'],
] as const)('a read %s', (_, atimeNs, mtimeNs, options, state) => {
  expect(lastRead({ platform: 'linux', atimeNs, mtimeNs, options }).state).toBe(state);
  expect(lastRead({ platform: 'darwin', atimeNs, mtimeNs, options }).state).toBe('unknown');
});

it('asks the mount that hides others', () => {
  expect(mountOf(OURS, '/home/ana/.env')?.options).toContain('noatime');
});
