import { challengeFor } from '../../credentials/received.ts';
import { RESOURCE_METADATA, resourceUrl } from './addresses.ts';
import { MCP_SCOPES } from './scopes.ts';

/** RFC 9728 §2. `path` as the client sent it: some compare the resource with their own address to the letter. */
export const resourceMetadata = (host: string, path: string, name: string): object => ({
  resource: resourceUrl(host, path),
  authorization_servers: [`http://${host}`],
  scopes_supported: MCP_SCOPES,
  bearer_methods_supported: ['header'],
  resource_name: name,
});

/**
 * RFC 8414 §2. The issuer is the bare origin, without a slash, under the name that the client used: it compares the
 * same bytes here, in the resource's metadata, and in `iss`. No `offline_access`: clients would add `prompt=consent`.
 */
export const serverMetadata = (host: string): object => ({
  issuer: `http://${host}`,
  authorization_endpoint: `http://${host}/authorize`,
  token_endpoint: `http://${host}/token`,
  registration_endpoint: `http://${host}/register`,
  revocation_endpoint: `http://${host}/revoke`,
  scopes_supported: MCP_SCOPES,
  response_types_supported: ['code'],
  response_modes_supported: ['query'],
  grant_types_supported: ['authorization_code', 'refresh_token'],
  token_endpoint_auth_methods_supported: ['none'],
  revocation_endpoint_auth_methods_supported: ['none'],
  code_challenge_methods_supported: ['S256'],
  authorization_response_iss_parameter_supported: true,
  client_id_metadata_document_supported: true,
});

/** RFC 6750 §3, RFC 9728 §5.1. Clients read it with loose patterns: nothing in it is quoted text of a request. */
export function challenge(host: string, path: string, scopes: readonly string[], error?: string): string {
  return challengeFor('bearer', {
    ...(error === undefined ? {} : { error }),
    resource_metadata: `http://${host}${RESOURCE_METADATA}${path}`,
    scope: scopes.join(' '),
  });
}
