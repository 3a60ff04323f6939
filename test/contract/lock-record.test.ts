import { expect, it } from 'vitest';
import { lockHolder, lockRecord, processStart } from '../../contract/lock-record.ts';

const stat = (name: string, ticks: number): string =>
  `42 (${name}) S 1 42 42 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 11 0 ${ticks} 7 8\n`;
const files: Record<string, string> = {
  '/proc/42/stat': stat('node', 777),
  '/proc/43/stat': stat('a) S 1 (b', 778),
  '/proc/sys/kernel/random/boot_id': 'boot-1\n',
};
const reader =
  (more: Record<string, string> = {}) =>
  (file: string): string | null =>
    ({ ...files, ...more })[file] ?? null;

it('tells a process from a later one of the same number', () => {
  expect(processStart(42, reader())).toBe('boot-1:777');
  expect(processStart(43, reader())).toBe('boot-1:778');
  expect(processStart(44, reader())).toBeNull();
});

const written = lockRecord(42, reader());

it.each([
  ['runs', written, {}, 42],
  ['has ended, and its number was given out again', written, { '/proc/42/stat': stat('sh', 9001) }, null],
  ['ran before the machine was restarted', written, { '/proc/sys/kernel/random/boot_id': 'boot-2' }, null],
  ['is in a system that does not tell', '{"pid":42,"started":null}', {}, null],
  ['never wrote it', '[1', {}, null],
  ['never wrote it', 'null', {}, null],
  ['is no number', '{"pid":"../42","started":"boot-1:777"}', {}, null],
])('the holder of the lock %s: %s', (_, record, more, pid) => {
  expect(lockHolder('/home', 'linux', reader({ ...more, '/home/lock.json': record }))).toBe(pid);
});
