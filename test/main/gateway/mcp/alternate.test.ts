import { expect, test } from 'vitest';
import type { McpUpstreams } from '../../../../main/gateway/mcp/carry/exchange.ts';
import { answerIn } from '../../../../main/gateway/mcp/carry/ask-server.ts';
import { ok } from '../../../../main/lib/result.ts';
import { mcpRig, type McpRig } from './mcp-rig.ts';

const TOOLS: Readonly<Record<string, readonly string[]>> = {
  'Bearer oauth': ['getIssue', 'getBoth'],
  'Bearer token': ['getBoth', 'getMore', 'createMore'],
};

/** A server that shows different tools to each credential, in two pages to the second. */
async function twoConnections(): Promise<{ rig: McpRig; token: string }> {
  const upstreams: McpUpstreams = {
    open: ({ connection }) => ok(rig.toUpstream(connection.name === 'work' ? 'oauth' : 'token')),
    replace: () => Promise.resolve(null),
  };
  const rig = await mcpRig({ connections: ['work', 'second'], upstreams });
  rig.upstream.answer = (request, response, body) => {
    const { id, method, params } = JSON.parse(body) as {
      id?: number;
      method: string;
      params?: { name?: string; cursor?: string };
    };
    const { authorization = '' } = request.headers;
    if (method === 'initialize') response.setHeader('mcp-session-id', `s-${authorization.slice(7)}`);
    if (id === undefined) {
      response.writeHead(202).end();
      return;
    }
    const tools = (TOOLS[authorization] ?? []).map((name) => ({ name }));
    const isSecond = authorization === 'Bearer token';
    const page =
      isSecond && params?.cursor === undefined
        ? { tools: tools.slice(0, 1), nextCursor: 'next' }
        : { tools: isSecond ? tools.slice(1) : tools };
    const result = method === 'tools/list' ? page : { asked: params?.name ?? method, by: authorization };
    response
      .writeHead(200, { 'content-type': 'text/event-stream' })
      .end(`: hello\n\nevent: message\ndata: ${JSON.stringify({ jsonrpc: '2.0', id, result })}\n\n`);
  };
  const [first, second] = rig.connections;
  const { access_token } = await rig.tokens(await rig.register());
  expect(rig.signIn.setAlternate({ connection: first!.id, server: 'rovo', alternate: second!.id }).ok).toBe(
    true,
  );
  return { rig, token: access_token };
}

const rpc = async (
  rig: McpRig,
  token: string,
  method: string,
  params: object = {},
): Promise<Record<string, unknown>> => {
  const answer = await rig.rpc(token, { jsonrpc: '2.0', id: 9, method, params });
  const body = Buffer.from(await answer.text());
  return answerIn(body, answer.headers.get('content-type') ?? '', 9)?.result ?? {};
};

test('tools that only the second connection is shown are listed too, and called with it', async () => {
  const { rig, token } = await twoConnections();
  expect(await rpc(rig, token, 'tools/list')).toMatchObject({
    tools: [{ name: 'getIssue' }, { name: 'getBoth' }, { name: 'getMore' }, { name: 'createMore' }],
  });
  const by = async (name: string): Promise<unknown> => (await rpc(rig, token, 'tools/call', { name }))['by'];
  expect([await by('getIssue'), await by('getBoth'), await by('getMore')]).toEqual([
    'Bearer oauth',
    'Bearer oauth',
    'Bearer token',
  ]);
  // Rules of both connections are asked.
  const asked = rig.asked
    .filter(({ path }) => path.endsWith('/getMore'))
    .map(({ connection }) => connection.name);
  expect(asked).toEqual(['work', 'second']);
});

test('without a second connection, or when it is taken away, everything is the first one’s', async () => {
  const { rig, token } = await twoConnections();
  const [first, second] = rig.connections;
  expect(rig.signIn.alternates()).toMatchObject([
    { connection: { name: 'work' }, alternate: { name: 'second' } },
  ]);
  expect(rig.signIn.setAlternate({ connection: first!.id, server: 'rovo', alternate: first!.id }).ok).toBe(
    false,
  );
  expect(rig.signIn.setAlternate({ connection: first!.id, server: 'x', alternate: second!.id }).ok).toBe(
    false,
  );
  expect(rig.signIn.setAlternate({ connection: first!.id, server: 'rovo', alternate: null }).ok).toBe(true);
  expect(await rpc(rig, token, 'tools/list')).toEqual({ tools: [{ name: 'getIssue' }, { name: 'getBoth' }] });
  expect(rig.signIn.alternates()).toEqual([]);
});
