import { execFileSync } from 'node:child_process';
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
  const { makeFilesPrivate, withInheritedUmask } = await import('../../../main/lib/umask.ts');
  makeFilesPrivate();
  makeFilesPrivate();
  expect(childUmask()).toBe('0077');
  expect(withInheritedUmask(childUmask)).toBe('0022');
  expect(childUmask()).toBe('0077');
  expect(() =>
    withInheritedUmask(() => {
      throw new Error('not started');
    }),
  ).toThrow('not started');
  expect(childUmask()).toBe('0077');
});

it('stays as it is where nobody asked for private files', async () => {
  const { withInheritedUmask } = await import('../../../main/lib/umask.ts');
  expect(withInheritedUmask(childUmask)).toBe('0022');
});
