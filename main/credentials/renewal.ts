import { z } from 'zod';
import type { OAuthGrant } from '../../contract/connection.ts';

/** How a credential is renewed without its person: with its refresh token, by asking again as the client, or not at all. */
export const Renewal = z.enum(['refresh-token', 'client-credentials', 'none']);
export type Renewal = z.infer<typeof Renewal>;

export function renewalOf(grant: OAuthGrant | null, refreshToken: string | null): Renewal {
  // Even where its server hands out a refresh token (RFC 6749 §4.4.3 advises against it): the client can always ask.
  if (grant === 'client-credentials') return grant;
  return refreshToken === null ? 'none' : 'refresh-token';
}
