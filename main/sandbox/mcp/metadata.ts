import { LEGACY_PATH, MCP_HOST, MCP_SCOPES, RESOURCE_PATHS, TENANT_PATH } from './server.ts';

const RESOURCE_METADATA = '/.well-known/oauth-protected-resource';
const SERVER_METADATA = '/.well-known/oauth-authorization-server';

/** Address of a resource's description (RFC 9728 §3.1); null for the oldest, which has none. */
export const resourceMetadataUrl = (url: string, path: string): string | null =>
  RESOURCE_PATHS.includes(path) ? `${url}${RESOURCE_METADATA}${path}` : null;

/**
 * The documents by path; null for a path without one. Both servers name an issuer that is not the address that they were
 * found at (against RFC 8414 §3.3), as Atlassian's have.
 */
export function mcpMetadata(url: string, path: string): object | null {
  const resource = RESOURCE_PATHS.find((known) => path === `${RESOURCE_METADATA}${known}`);
  if (resource !== undefined)
    return {
      resource: url + resource,
      authorization_servers: [url + TENANT_PATH],
      scopes_supported: MCP_SCOPES,
      bearer_methods_supported: ['header'],
      resource_name: 'Atlassian Rovo MCP (sandbox)',
    };
  if (path === `${SERVER_METADATA}${TENANT_PATH}`) return serverMetadata(url, url);
  if (path === `${SERVER_METADATA}${MCP_HOST}` || path === `${SERVER_METADATA}${LEGACY_PATH}`)
    return serverMetadata(url, `${url}/cf.mcp.atlassian.com`);
  return null;
}

const serverMetadata = (url: string, issuer: string): object => ({
  issuer,
  authorization_endpoint: `${url}${TENANT_PATH}/authorize`,
  token_endpoint: `${url}${TENANT_PATH}/oauth/token`,
  registration_endpoint: `${url}${TENANT_PATH}/register`,
  revocation_endpoint: `${url}${TENANT_PATH}/oauth/revoke`,
  response_types_supported: ['code'],
  grant_types_supported: ['authorization_code', 'refresh_token'],
  code_challenge_methods_supported: ['S256'],
  token_endpoint_auth_methods_supported: ['none', 'client_secret_post', 'client_secret_basic'],
  scopes_supported: MCP_SCOPES,
});
