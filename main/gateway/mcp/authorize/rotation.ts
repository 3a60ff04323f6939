import type { RefreshHash } from '../../../store/mcp-records.ts';

/** Clients have been seen to use a refresh token once more right after it was exchanged. */
export const GRACE_MS = 60_000;
/** Old ones are remembered, so that a stolen one that comes late is noticed. */
const MOST_REMEMBERED = 50;

export type RefreshUse =
  /** `list` has the new token in it. */
  | { readonly kind: 'rotated'; readonly list: readonly RefreshHash[] }
  /** It was exchanged long ago: it, or what followed from it, was stolen (RFC 9700 §4.14.2). */
  | { readonly kind: 'replayed' }
  | { readonly kind: 'unknown' };

/** What the use of a refresh token does to the ones that there are. */
export function useRefreshToken(
  list: readonly RefreshHash[],
  hash: string,
  next: string,
  now: number,
): RefreshUse {
  const used = list.find((each) => each.hash === hash);
  if (used === undefined) return { kind: 'unknown' };
  if (used.usedAt !== null && now - used.usedAt > GRACE_MS) return { kind: 'replayed' };
  const marked = list.map((each) => (each === used ? { ...each, usedAt: each.usedAt ?? now } : each));
  return { kind: 'rotated', list: [...marked, { hash: next, usedAt: null }].slice(-MOST_REMEMBERED) };
}
