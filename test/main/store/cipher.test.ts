import { createDecipheriv } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { seal, unseal } from '../../../main/store/cipher.ts';

const key = new Uint8Array(32).fill(7);
const nonce = new Uint8Array(12).fill(9);

describe('seal', () => {
  it('gives back what was sealed, to the same key and context alone', () => {
    const sealed = seal(key, nonce, 'tökén\0😀', 'here');
    expect(unseal(key, sealed, 'here')).toBe('tökén\0😀');
    expect(unseal(key, sealed, 'there')).toBeNull();
    expect(unseal(new Uint8Array(32), sealed, 'here')).toBeNull();
  });

  it('notices a change of any byte, and any cut', () => {
    const sealed = seal(key, nonce, 'token', 'here');
    for (let index = 0; index < sealed.length; index += 1) {
      const altered = Uint8Array.from(sealed);
      altered[index]! ^= 1;
      expect(unseal(key, altered, 'here'), `byte ${index}`).toBeNull();
      expect(unseal(key, sealed.subarray(0, index), 'here'), `cut at ${index}`).toBeNull();
    }
  });

  it('is AES-256-GCM behind a version byte and the nonce', () => {
    const sealed = Buffer.from(seal(key, nonce, 'token', 'here'));
    expect(sealed).toHaveLength(1 + 12 + 5 + 16);
    expect(sealed[0]).toBe(1);
    expect(sealed.subarray(1, 13).equals(nonce)).toBe(true);
    const decipher = createDecipheriv('aes-256-gcm', key, nonce);
    decipher.setAAD(Buffer.from('here')).setAuthTag(sealed.subarray(18));
    expect(decipher.update(sealed.subarray(13, 18)).toString()).toBe('token');
    decipher.final();
  });
});
