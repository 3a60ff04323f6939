import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

let before: number;

beforeEach(() => {
  vi.resetModules();
  before = process.umask(0o022);
});
afterEach(() => {
  process.umask(before);
});

const childUmask = (): string => execFileSync('sh', ['-c', 'umask']).toString().trim();

it('is ours for files, and the person’s for the programs that we start for them', async () => {
  const { makeFilesPrivate, withInheritedSettings } = await import('../../../main/lib/inherited-settings.ts');
  makeFilesPrivate();
  makeFilesPrivate();
  expect(childUmask()).toBe('0077');
  expect(withInheritedSettings(childUmask)).toBe('0022');
  expect(childUmask()).toBe('0077');
  expect(() =>
    withInheritedSettings(() => {
      throw new Error('not started');
    }),
  ).toThrow('not started');
  expect(childUmask()).toBe('0077');
});

it('stays as it is where nobody asked for private files', async () => {
  const { withInheritedSettings } = await import('../../../main/lib/inherited-settings.ts');
  expect(withInheritedSettings(childUmask)).toBe('0022');
});

const FILTER = '/proc/self/coredump_filter';

it.runIf(process.platform === 'linux')(
  'leaves core dumps of those programs as the person has them',
  async () => {
    const filter = `0x${readFileSync(FILTER, 'latin1').trim()}`;
    const childFilter = (): string => execFileSync('cat', [FILTER]).toString().trim();
    const { leaveMemoryOutOfCoreDumps, withInheritedSettings } =
      await import('../../../main/lib/inherited-settings.ts');
    try {
      writeFileSync(FILTER, '0x33');
      leaveMemoryOutOfCoreDumps();
      leaveMemoryOutOfCoreDumps();
      expect(childFilter()).toBe('00000000');
      expect(withInheritedSettings(childFilter)).toBe('00000033');
      expect(childFilter()).toBe('00000000');
    } finally {
      writeFileSync(FILTER, filter);
    }
  },
);
