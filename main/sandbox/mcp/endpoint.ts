import { z } from 'zod';
import { findApiToken } from '../atlassian/api-tokens.ts';
import { callerOf } from '../atlassian/gateway.ts';
import { oauthCaller, type Caller } from '../caller.ts';
import { basicOf, bearerTokenOf, json, parseJson, type Reply, type SandboxRequest } from '../exchange.ts';
import type { SandboxState } from '../sandbox-state.ts';
import { resourceMetadataUrl } from './metadata.ts';
import { MCP_SCOPES, MCP_SERVER } from './server.ts';
import { callTool, listTools } from './tools.ts';

const Message = z.object({
  jsonrpc: z.literal('2.0'),
  id: z.union([z.string(), z.number()]).optional(),
  method: z.string().optional(),
  params: z.object({ protocolVersion: z.string().optional(), name: z.string().optional() }).optional(),
});
type Message = z.infer<typeof Message>;

/** Of these the first keeps no sessions. */
const REVISIONS = ['2026-07-28', '2025-11-25', '2025-06-18', '2025-03-26'] as const;

/** The MCP server: enough of it to connect, in each revision, to list the tools, and to call them. */
export function answerMcp(state: SandboxState, request: SandboxRequest): Reply {
  const caller = mcpCaller(state, request);
  // Before anything else, whatever the method: it is how clients find out where to sign in.
  if (!caller) return challenge(state.url, request.path);
  const { mcp } = state;
  const account = caller.person.key;
  const protocol = headerOf(request, 'mcp-protocol-version');
  const stateless = protocol !== null && protocol >= REVISIONS[0];
  const session = stateless ? null : headerOf(request, 'mcp-session-id');
  const record = (method: string, tool: string | null): void => {
    mcp.record({ account, method, tool, protocol }, request.headers.authorization ?? '');
  };
  if (protocol !== null && !REVISIONS.some((revision) => revision === protocol))
    return rpcError(400, stateless ? -32_022 : -32_000, 'Unsupported protocol version');
  if (session !== null && !mcp.isOf(session, account)) return rpcError(404, -32_001, 'Session not found');
  if (request.method === 'GET' && session !== null) {
    record('GET', null);
    return { status: 200, headers: EVENTS, body: ': here\n\n', open: true };
  }
  if (request.method === 'DELETE' && session !== null) {
    record('DELETE', null);
    mcp.end(session);
    return { status: 204, headers: {}, body: '' };
  }
  if (request.method !== 'POST') return json(405, { error: 'Method Not Allowed' }, { allow: 'POST' });
  const parsed = Message.safeParse(parseJson(request.body));
  if (!parsed.success) return rpcError(400, -32_600, 'Invalid Request');
  const { id, method, params } = parsed.data;
  if (stateless && id !== undefined && !headersSay(request, method ?? '', params?.name))
    return rpcError(400, -32_020, 'The headers are not those of the message');
  record(method ?? 'answer', method === 'tools/call' ? (params?.name ?? null) : null);
  if (id === undefined || method === undefined) return { status: 202, headers: {}, body: '' };
  const answer = { jsonrpc: '2.0', id, ...answerOf(caller, parsed.data, stateless) };
  const begun: Record<string, string> =
    method === 'initialize' ? { 'mcp-session-id': mcp.begin(account) } : {};
  if (method === 'tools/call' && request.headers.accept?.includes('text/event-stream') === true)
    return { status: 200, headers: EVENTS, body: `event: message\ndata: ${JSON.stringify(answer)}\n\n` };
  return json(200, answer, begun);
}

/** Since the revision without sessions, headers repeat what a server may route by. */
const headersSay = (request: SandboxRequest, method: string, name: string | undefined): boolean =>
  headerOf(request, 'mcp-method') === method &&
  (method !== 'tools/call' || headerOf(request, 'mcp-name') === name);

const EVENTS = { 'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform' };

const rpcError = (status: number, code: number, message: string): Reply =>
  json(status, { jsonrpc: '2.0', id: null, error: { code, message } });

function headerOf({ headers }: SandboxRequest, name: string): string | null {
  const value = headers[name];
  return value === undefined ? null : String(value);
}

const CAPABILITIES = { tools: {} };
const SERVER_INFO = { name: 'atlassian-mcp-sandbox', version: '1.0.0' };

function answerOf(caller: Caller, { method, params }: Message, stateless: boolean): object {
  const result = (value: object): object => ({
    result: stateless ? { resultType: 'complete', ...value } : value,
  });
  switch (method) {
    case 'initialize': {
      const asked = params?.protocolVersion;
      // An `initialize` belongs to the revisions that have sessions.
      const known = REVISIONS.slice(1).find((revision) => revision === asked);
      return result({
        protocolVersion: known ?? REVISIONS[1],
        capabilities: CAPABILITIES,
        serverInfo: SERVER_INFO,
      });
    }
    case 'server/discover':
      return result({
        supportedVersions: REVISIONS,
        capabilities: CAPABILITIES,
        serverInfo: SERVER_INFO,
        ttlMs: 0,
        cacheScope: 'private',
      });
    case 'ping':
      return result({});
    case 'tools/list':
      return result({ tools: listTools(caller), ...(stateless && { ttlMs: 0, cacheScope: 'private' }) });
    case 'tools/call': {
      const text = callTool(caller, params?.name ?? '');
      return result({
        content: [{ type: 'text', text: text ?? 'There is no such tool.' }],
        ...(text === null && { isError: true }),
      });
    }
    case undefined:
    default:
      return { error: { code: -32_601, message: 'Method not found' } };
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
