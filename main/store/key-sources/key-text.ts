import { isUtf8 } from 'node:buffer';
import { scrypt } from 'node:crypto';
import { fail, ok, type Result } from '../../lib/result.ts';
import { KEY_BYTES } from '../cipher.ts';

const LEAST_TEXT = 32;
/** As strong as N = 2^17 with p = 1, at a quarter of the memory (OWASP, Password Storage Cheat Sheet). */
const COST = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 };

const NEEDED = `It has to be ${KEY_BYTES} bytes as base64 or hex, or a text of at least ${LEAST_TEXT} characters.`;
const HINT = 'Make one with: openssl rand -base64 32';

/**
 * A key as operators keep it: 32 bytes as base64, hex or raw, or any line of at least 32 characters, which is stretched
 * with scrypt (RFC 7914). Clears `bytes`. `source` is for messages, which never repeat the key.
 */
export async function keyFromBytes(bytes: Buffer, source: string, salt: string): Promise<Result<Uint8Array>> {
  try {
    if (bytes.length === KEY_BYTES && !isLine(bytes)) return ok(Uint8Array.from(bytes));
    const text = isUtf8(bytes) ? bytes.toString('utf8').trim() : '';
    if (text === '') return refused(bytes.length === 0 || isUtf8(bytes) ? 'is empty' : 'is not text', source);
    if (!isLine(Buffer.from(text))) return refused('has several lines or control characters', source);
    const key = encodedKey(text);
    if (key !== null) return ok(key);
    if (text.length < LEAST_TEXT) return refused(`has only ${text.length} characters`, source);
    return ok(await stretched(text, salt));
  } finally {
    bytes.fill(0);
  }
}

const isLine = (bytes: Buffer): boolean => isUtf8(bytes) && !/\p{Cc}/u.test(bytes.toString('utf8'));

function encodedKey(text: string): Uint8Array | null {
  const encoding = /^[0-9a-f]{64}$/i.test(text)
    ? 'hex'
    : /^[A-Za-z0-9+/]{43}=?$/.test(text)
      ? 'base64'
      : /^[\w-]{43}=?$/.test(text)
        ? 'base64url'
        : null;
  return encoding === null ? null : Uint8Array.from(Buffer.from(text, encoding));
}

const stretched = (text: string, salt: string): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    scrypt(text, `tokentray:${salt}`, KEY_BYTES, COST, (fault, key) => {
      if (fault === null) resolve(key);
      else reject(fault);
    });
  });

const refused = (what: string, source: string): Result<never> =>
  fail('keychain-missing', `The key from ${source} ${what}. ${NEEDED}`, HINT);
