import { z } from 'zod';
import { fail, ok, type Result } from '../lib/result.ts';
import type { TokenSet } from '../store/records.ts';

/** Longer lifetimes are taken as ten years, so that sums of times stay exact. */
const MAX_LIFETIME_SECONDS = 10 * 365 * 86_400;

/** VSCHAR, of which RFC 6749 appendix A.12 makes access tokens; what can be in a header. */
const ACCESS_TOKEN = /^[\x20-\x7e]+$/;

/** RFC 6749 §3.3. */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

const Body = z.object({
  access_token: z.string().regex(ACCESS_TOKEN).max(64_000),
  refresh_token: z.unknown().optional(),
  expires_in: z.unknown().optional(),
  scope: z.unknown().optional(),
});

/**
 * The token set in a token endpoint's answer (RFC 6749 §5.1), forgiving where a refusal would lose a refresh token
 * that was already rotated: a lifetime may be a string, and one that is no positive number counts as not given;
 * `token_type` is not looked at, because servers leave it empty or put their own words there; and a refresh token is
 * kept whatever characters it has, because it only ever goes back into a form. `now` is the epoch ms from which the lifetime counts. `refreshToken` null means that
 * the answer had none: after a refresh, keep the one there is. Fails with `temporary`, without quoting the body.
 */
export function parseTokenResponse(body: unknown, now: number): Result<TokenSet> {
  const parsed = Body.safeParse(body);
  if (!parsed.success) return fail('temporary', 'The token answer has no usable access token.');
  const { access_token, refresh_token, expires_in, scope } = parsed.data;
  const seconds = lifetimeSeconds(expires_in);
  return ok({
    accessToken: access_token,
    refreshToken: typeof refresh_token === 'string' && refresh_token !== '' ? refresh_token : null,
    expiresAt: seconds === null ? null : now + Math.floor(seconds * 1000),
    obtainedAt: now,
    scopes: scopeList(scope),
  });
}

function lifetimeSeconds(value: unknown): number | null {
  const seconds =
    typeof value === 'string' && /^\s*\d{1,15}(\.\d{1,9})?\s*$/.test(value) ? Number(value) : value;
  if (typeof seconds !== 'number' || !(seconds > 0)) return null;
  return Math.min(seconds, MAX_LIFETIME_SECONDS);
}

/** Separated by spaces (RFC 6749 §3.3), as a list, or by commas as GitHub does, although a scope may hold one. */
function scopeList(value: unknown): string[] | null {
  const words: unknown[] = typeof value === 'string' ? scopeWords(value) : Array.isArray(value) ? value : [];
  const scopes = words.filter((word): word is string => typeof word === 'string' && SCOPE.test(word));
  return scopes.length === 0 ? null : [...new Set(scopes)];
}

function scopeWords(text: string): string[] {
  const words = text.trim().split(/\s+/);
  const [only] = words;
  // Beside a space, a comma separates only where it ends a word.
  return words.length === 1 && only !== undefined
    ? only.split(',')
    : words.map((word) => word.replace(/^,+|,+$/g, ''));
}
