import { z } from 'zod';
import { fail, ok, type Result } from '../lib/result.ts';
import type { OAuth2Settings } from '../providers/methods.ts';
import type { TokenSet } from '../store/records.ts';

/** Longer lifetimes are taken as ten years, so that sums of times stay exact. */
const MAX_LIFETIME_SECONDS = 10 * 365 * 86_400;

/** VSCHAR, of which RFC 6749 appendix A.12 makes access tokens; what can be in a header. */
const ACCESS_TOKEN = /^[\x20-\x7e]+$/;

/** RFC 6749 §3.3. */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

const Body = z.lazy(() =>
  z.object({
    access_token: z.string().regex(ACCESS_TOKEN).max(64_000),
    refresh_token: z.unknown().optional(),
    expires_in: z.unknown().optional(),
    scope: z.unknown().optional(),
    // Bitbucket's name for it.
    scopes: z.unknown().optional(),
  }),
);

/**
 * The token set in a token endpoint's answer (RFC 6749 §5.1), lenient where a rejection would lose a refresh token
 * that was already rotated: a lifetime may be a string, and counts as missing unless it is a positive number;
 * `token_type` is ignored, because servers leave it empty or use values of their own; and a refresh token may contain any
 * characters, because it is only ever sent back in a form. `now` is the epoch ms from which the lifetime counts.
 * `refreshToken` is null if the answer had none: after a refresh, keep the current one. Fails with `temporary`, without quoting the body.
 */
export function parseTokenResponse(
  body: unknown,
  now: number,
  { accessLifetimeSeconds }: Pick<OAuth2Settings, 'accessLifetimeSeconds'> = {},
): Result<TokenSet> {
  const parsed = Body.safeParse(body);
  if (!parsed.success) return fail('temporary', 'The token answer has no usable access token.');
  const { access_token, refresh_token, expires_in, scope, scopes } = parsed.data;
  const seconds = lifetimeSeconds(expires_in) ?? accessLifetimeSeconds ?? null;
  return ok({
    accessToken: access_token,
    refreshToken: typeof refresh_token === 'string' && refresh_token !== '' ? refresh_token : null,
    expiresAt: seconds === null ? null : now + Math.floor(seconds * 1000),
    obtainedAt: now,
    scopes: scopeList(scope) ?? scopeList(scopes),
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
  // In a list separated by spaces, a comma separates only at the end of a word.
  return words.length === 1 && only !== undefined
    ? only.split(',')
    : words.map((word) => word.replace(/^,+|,+$/g, ''));
}
