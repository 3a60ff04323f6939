import { json, notFound } from '../exchange.ts';
import { answerMcp } from '../mcp/endpoint.ts';
import { mcpMetadata } from '../mcp/metadata.ts';
import { LEGACY_PATH, MCP_SERVER, MCP_SERVICE, RESOURCE_PATHS, TENANT_PATH } from '../mcp/server.ts';
import { answerOAuth, oauthKind } from '../oauth-endpoints.ts';
import { registerClient } from '../register-client.ts';
import type { SandboxService } from '../service.ts';

const PATHS = {
  authorize: `${TENANT_PATH}/authorize`,
  token: `${TENANT_PATH}/oauth/token`,
  revoke: `${TENANT_PATH}/oauth/revoke`,
};
const REGISTER = `${TENANT_PATH}/register`;
const MCP_PATHS = [...RESOURCE_PATHS, LEGACY_PATH];

/** Atlassian's remote MCP server, with the faults of its metadata. */
export const ATLASSIAN_MCP: SandboxService = {
  hosts: { 'mcp.atlassian.com': '/mcp.atlassian.com', 'cf.mcp.atlassian.com': '/cf.mcp.atlassian.com' },
  kindOf: ({ url }, { path }) => {
    if (MCP_PATHS.includes(path)) return 'api';
    if (path === REGISTER || mcpMetadata(url, path)) return 'page';
    return oauthKind(PATHS, path);
  },
  answer: (state, request, use) => {
    const { method, path } = request;
    if (MCP_PATHS.includes(path)) return answerMcp(state, request);
    if (path === REGISTER)
      return method === 'POST' ? registerClient(state, request, MCP_SERVICE, 'always') : notFound();
    const metadata = mcpMetadata(state.url, path);
    if (metadata) return method === 'GET' ? json(200, metadata) : notFound();
    return answerOAuth(state, request, use, MCP_SERVER, PATHS);
  },
};
