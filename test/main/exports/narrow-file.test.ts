import { expect, it } from 'vitest';
import { narrow } from '../../../main/exports/narrow-file.ts';

const systemError = (code: string): Error => Object.assign(new Error(code), { code, syscall: 'fchmod' });

/** An open file whose mode is `mode` after any change of it. */
const fileOf = (mode: number, fault?: string) => ({
  chmod: () => (fault === undefined ? Promise.resolve() : Promise.reject(systemError(fault))),
  stat: () => Promise.resolve({ mode }),
});

const OURS = { uid: 1000n, allowShared: false };

it('is content with a file that nobody else can read, however that came about', async () => {
  expect(await narrow(fileOf(0o100600), '/x/.env', OURS)).toEqual({ ok: true, value: null });
  expect(await narrow(fileOf(0o100600, 'EPERM'), '/x/.env', OURS)).toEqual({ ok: true, value: null });
});

it.each([undefined, 'EPERM', 'ENOTSUP'])(
  'refuses a file that stays open to others (chmod: %s), unless that is allowed',
  async (fault) => {
    const wide = fileOf(0o100755, fault);
    expect(await narrow(wide, '/x/.env', OURS)).toMatchObject({
      ok: false,
      error: { code: 'shared-folder' },
    });
    expect(await narrow(wide, '/x/.env', { uid: 1000n, allowShared: true })).toMatchObject({
      ok: true,
      value: expect.stringContaining('/x/.env is on a file system without owners') as string,
    });
  },
);

it('passes on what the disk says', async () => {
  await expect(narrow(fileOf(0o100600, 'EIO'), '/x/.env', OURS)).rejects.toThrow('EIO');
});
