import { STANDARD_SERVER, type OAuthServer } from '../oauth-server.ts';

export const MCP_SCOPES = ['read:jira-work', 'read:confluence-content.all', 'read:me', 'offline_access'];

/** Name of the service among the registered clients. */
export const MCP_SERVICE = 'atlassian-mcp';

/** The tenant's authorization server, below Atlassian's. */
export const TENANT_PATH = '/0ac3e000-5eed-4a11-8b01-0000000ac3e0';

export const MCP_HOST = '/mcp.atlassian.com';
/** The current address, and an older one that is described the same way. */
export const RESOURCE_PATHS: readonly string[] = [`${MCP_HOST}/v2/mcp`, `${MCP_HOST}/v1/mcp/authv2`];
/** The oldest address: nothing describes it but a server metadata document under another issuer. */
export const LEGACY_PATH = `${MCP_HOST}/v1/mcp`;

/** Clients register themselves; callbacks are matched exactly, port included; every request names the resource. */
export const MCP_SERVER: OAuthServer = {
  ...STANDARD_SERVER,
  name: 'Atlassian MCP',
  apps: (state) => state.registered.at(MCP_SERVICE),
  fixedScopes: MCP_SCOPES,
  resources: ({ url }) => [...RESOURCE_PATHS, LEGACY_PATH].map((path) => url + path),
};
