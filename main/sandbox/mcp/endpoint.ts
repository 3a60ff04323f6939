import { z } from 'zod';
import { findApiToken } from '../atlassian/api-tokens.ts';
import { callerOf } from '../atlassian/gateway.ts';
import { oauthCaller, type Caller } from '../caller.ts';
import { basicOf, bearerTokenOf, json, parseJson, type Reply, type SandboxRequest } from '../exchange.ts';
import type { SandboxState } from '../sandbox-state.ts';
import { resourceMetadataUrl } from './metadata.ts';
import { MCP_SCOPES, MCP_SERVER } from './server.ts';

const Message = z.object({
  jsonrpc: z.literal('2.0'),
  id: z.union([z.string(), z.number()]).optional(),
  method: z.string(),
  params: z.object({ protocolVersion: z.string().optional(), name: z.string().optional() }).optional(),
});

/** The MCP server: enough of it to connect, list the tools, and ask who one is. */
export function answerMcp(state: SandboxState, request: SandboxRequest): Reply {
  const caller = mcpCaller(state, request);
  // Before anything else, whatever the method: it is how clients find out where to sign in.
  if (!caller) return challenge(state.url, request.path);
  if (request.method !== 'POST') return json(405, { error: 'Method Not Allowed' }, { allow: 'POST' });
  const parsed = Message.safeParse(parseJson(request.body));
  if (!parsed.success)
    return json(400, { jsonrpc: '2.0', id: null, error: { code: -32_600, message: 'Invalid Request' } });
  const { id, method, params } = parsed.data;
  if (id === undefined) return { status: 202, headers: {}, body: '' };
  const result = (value: object): Reply => json(200, { jsonrpc: '2.0', id, result: value });
  switch (method) {
    case 'initialize':
      return result({
        protocolVersion: params?.protocolVersion ?? '2025-11-25',
        capabilities: { tools: {} },
        serverInfo: { name: 'atlassian-mcp-sandbox', version: '1.0.0' },
      });
    case 'ping':
      return result({});
    case 'tools/list':
      return result({ tools: toolsFor(caller).map((name) => ({ name, inputSchema: { type: 'object' } })) });
    case 'tools/call':
      if (params?.name === 'atlassianUserInfo') {
        const { accountId, email, name } = caller.person;
        return result({
          content: [{ type: 'text', text: JSON.stringify({ account_id: accountId, email, name }) }],
        });
      }
      return result({ content: [{ type: 'text', text: 'There is no such tool.' }], isError: true });
    default:
      return json(200, { jsonrpc: '2.0', id, error: { code: -32_601, message: 'Method not found' } });
  }
}

/** An OAuth token, a service account's key as Bearer, or an API token as Basic. */
function mcpCaller(state: SandboxState, request: SandboxRequest): Caller | null {
  const bearer = bearerTokenOf(request);
  const basic = basicOf(request);
  const token = findApiToken(state, bearer ?? basic?.password ?? '');
  if (bearer !== null)
    return token?.kind === 'service' ? callerOf(token) : oauthCaller(state, request, MCP_SERVER);
  return token && token.person.email === basic?.username ? callerOf(token) : null;
}

/** A classic API token gives few tools. */
const toolsFor = ({ scopes }: Caller): string[] =>
  scopes === 'all'
    ? ['atlassianUserInfo']
    : ['atlassianUserInfo', 'getAccessibleAtlassianResources', 'getJiraIssue', 'getConfluencePage'];

function challenge(url: string, path: string): Reply {
  const metadata = resourceMetadataUrl(url, path);
  const parts = [
    'error="invalid_token"',
    ...(metadata === null ? [] : [`resource_metadata="${metadata}"`, `scope="${MCP_SCOPES.join(' ')}"`]),
  ];
  return json(
    401,
    { error: 'invalid_token', error_description: 'Missing or invalid access token' },
    { 'www-authenticate': `Bearer ${parts.join(', ')}` },
  );
}
