import { z } from 'zod';
import { json, oauthError, parseJson, type Reply, type SandboxRequest } from './exchange.ts';
import type { SandboxState } from './sandbox-state.ts';

const Metadata = z.looseObject({
  redirect_uris: z.array(z.string()).optional(),
  client_name: z.string().optional(),
  grant_types: z.array(z.string()).optional(),
  token_endpoint_auth_method: z.string().optional(),
});

/**
 * Dynamic client registration (RFC 7591 §3). `secret`: `as-asked` follows `token_endpoint_auth_method`; `always` gives a
 * secret to clients that asked for none too, and wants it back, as Atlassian's server has been seen to do.
 */
export function registerClient(
  state: SandboxState,
  request: SandboxRequest,
  service: string,
  secret: 'as-asked' | 'always',
): Reply {
  const parsed = Metadata.safeParse(parseJson(request.body));
  if (!parsed.success) return oauthError(400, 'invalid_client_metadata', 'Send client metadata as JSON');
  const metadata = parsed.data;
  const redirectUris = metadata.redirect_uris ?? [];
  const needsRedirect = metadata.grant_types?.includes('authorization_code') ?? true;
  if (!redirectUris.every((uri) => URL.canParse(uri)) || (needsRedirect && redirectUris.length === 0))
    return oauthError(400, 'invalid_redirect_uri', 'redirect_uris must name one address or more');
  const isPublic = metadata.token_endpoint_auth_method === 'none';
  const random = state.mint.random(16);
  const clientSecret = isPublic && secret === 'as-asked' ? null : state.mint.random(24);
  const app = {
    name: metadata.client_name ?? 'A client without a name',
    clientId: `${service}-${random}`,
    clientSecret,
    redirectUris,
  };
  state.registered.add(service, app);
  return json(201, {
    ...metadata,
    client_id: app.clientId,
    client_id_issued_at: Math.floor(state.clock.now() / 1000),
    ...(clientSecret === null ? {} : { client_secret: clientSecret, client_secret_expires_at: 0 }),
  });
}
