import { cleanText } from '../lib/clean-text.ts';
import { isPlainWords, redact, REDACTED } from '../lib/redact.ts';

/**
 * A server's own words about an error, short and on one line, without anything that could be a secret: neither
 * `secrets` themselves, which servers may quote from the request, nor anything that looks like one. Null if nothing is left.
 */
export function errorDescription(
  description: unknown,
  secrets: readonly (string | null | undefined)[],
): string | null {
  if (typeof description !== 'string') return null;
  let without = description;
  for (const secret of secrets) {
    if (!secret) continue;
    for (const written of spellings(secret)) without = without.replaceAll(written, REDACTED);
  }
  const bounded = redact(without.slice(0, 4000));
  const clean = cleanText(
    bounded.replace(/[\w.~+/=-]{32,}/g, (run) => (isPlainWords(run) ? run : REDACTED)),
    200,
  );
  return clean === '' ? null : clean;
}

/** As it is, in a form or an address, and in JSON. */
const spellings = (secret: string): string[] => {
  const plain = secret.toWellFormed();
  const form = new URLSearchParams([['', plain]]).toString().slice(1);
  return [secret, form, encodeURIComponent(plain), JSON.stringify(secret).slice(1, -1)];
};

/** A server's `error` with its own words about it, for a message. */
export const quoteError = (error: string, description: string | null): string =>
  description === null ? error : `${error}: ${description}`;
