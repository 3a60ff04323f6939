import { describe, expect, it } from 'vitest';
import { keyFromBytes } from '../../../../main/store/key-sources/key-text.ts';

const KEY = Uint8Array.from({ length: 32 }, (_, index) => index * 7 + 1);
const buffer = Buffer.from(KEY);

const read = (bytes: Uint8Array | string, salt = 'store-1') =>
  keyFromBytes(Buffer.from(bytes as Uint8Array), 'file:/run/secrets/key', salt);

describe('a key as operators keep it', () => {
  it.each([
    ['base64', buffer.toString('base64')],
    ['base64 without its last sign', buffer.toString('base64').replace(/=$/, '')],
    ['base64url', buffer.toString('base64url')],
    ['hex', buffer.toString('hex')],
    ['upper-case hex', buffer.toString('hex').toUpperCase()],
    ['a line break at the end', `${buffer.toString('hex')}\r\n`],
    ['spaces around it', `  ${buffer.toString('base64')} \n`],
  ])('is read as %s', async (_, text) => {
    const key = await read(text);
    expect(key.ok && Buffer.from(key.value).equals(buffer)).toBe(true);
  });

  it('is read as 32 raw bytes', async () => {
    const key = await read(KEY);
    expect(key.ok && Buffer.from(key.value).equals(buffer)).toBe(true);
  });

  it('is stretched from a longer line, differently for each store', async () => {
    const text = 'correct horse battery staple, and more of it';
    const [one, same, other] = [await read(text), await read(`${text}\n`), await read(text, 'store-2')];
    expect(one.ok && one.value.length).toBe(32);
    expect(same).toEqual(one);
    expect(other).not.toEqual(one);
  });

  it.each([
    ['', 'is empty'],
    [' \n', 'is empty'],
    ['short-secret', 'has only 12 characters'],
    [Buffer.alloc(16, 3).toString('base64'), 'has only 24 characters'],
    ['x'.repeat(31), 'has only 31 characters'],
    [`error: permission denied\n${'x'.repeat(40)}`, 'has several lines'],
    [Uint8Array.from({ length: 40 }, () => 0xff), 'is not text'],
  ])('is refused as %j', async (text, reason) => {
    const key = await read(text);
    expect(key).toMatchObject({ ok: false, error: { code: 'keychain-missing' } });
    const said = key.ok ? '' : key.error.message;
    expect(said).toContain(`The key from file:/run/secrets/key ${reason}`);
    if (typeof text === 'string' && text.trim() !== '') expect(said).not.toContain(text.trim());
  });

  it('is cleared from memory', async () => {
    const bytes = Buffer.from(buffer.toString('hex'));
    await keyFromBytes(bytes, 'file:/k', 's');
    expect(bytes.every((byte) => byte === 0)).toBe(true);
  });
});
