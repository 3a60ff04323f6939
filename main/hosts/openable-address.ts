import { fail, ok, type Result } from '../lib/result.ts';

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/**
 * The address if it may be passed to the system's browser: https, or http on this machine. Serialized by the parser, so
 * that exactly what was checked is passed on.
 */
export function openableAddress(address: string): Result<string> {
  if (!URL.canParse(address)) return fail('invalid-input', 'That is not a valid address.');
  const url = new URL(address);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.has(url.hostname))) {
    return fail('invalid-input', `Tokentray does not open ${url.protocol} addresses.`);
  }
  return ok(url.href);
}
