import { z } from 'zod';
import type { OAuthGrant } from '../../contract/connection.ts';

/** How a credential is renewed without its person: with its refresh token, by asking again as the client, or not at all. */
export const Renewal = z.enum(['refresh-token', 'client-credentials', 'none']);
export type Renewal = z.infer<typeof Renewal>;

export function renewalOf(grant: OAuthGrant | null, refreshToken: string | null): Renewal {
  if (refreshToken !== null) return 'refresh-token';
  return grant === 'client-credentials' ? 'client-credentials' : 'none';
}

export const isRenewable = ({ renewal }: { renewal: Renewal }): boolean => renewal !== 'none';
