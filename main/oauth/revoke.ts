import type { Fetch } from '../lib/bounded-fetch.ts';
import type { OAuth2Settings } from '../providers/methods.ts';
import { authenticatedForm, type ClientCredentials } from './client-authentication.ts';

export interface RevokeRequest {
  fetch: Fetch;
  settings: OAuth2Settings;
  client: ClientCredentials;
  token: string;
  kind: 'refresh_token' | 'access_token';
}

/**
 * Asks once to end a grant (RFC 7009). `accepted` means that the server took the request, which Atlassian documents
 * nowhere for these grants: never show it as "revoked".
 */
export async function revoke(request: RevokeRequest): Promise<'accepted' | 'failed' | 'unsupported'> {
  const { fetch, settings, client, token, kind } = request;
  const { revocationUrl } = settings;
  if (revocationUrl === undefined) return 'unsupported';
  const form = authenticatedForm(settings, client, { token, token_type_hint: kind });
  try {
    const { ok } = await fetch(revocationUrl, { method: 'POST', ...form });
    return ok ? 'accepted' : 'failed';
  } catch {
    return 'failed';
  }
}
