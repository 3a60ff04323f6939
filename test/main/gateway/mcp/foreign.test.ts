import { expect, test } from 'vitest';
import { mcpRig, type McpRig } from './mcp-rig.ts';

const ask = (
  rig: McpRig,
  headers: Readonly<Record<string, string>>,
  method = 'initialize',
): Promise<Response> =>
  rig.ask('/-/rovo', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method }),
  });

const KEY = `ttk_${'x'.repeat(43)}`;
const basic = (pair: string): string => `Basic ${Buffer.from(pair).toString('base64')}`;

const own = { authorization: 'Bearer theirs', 'x-atlassian-cloud-id': 'c1' };

test('a request that brings its own token is passed on as it is, when the person wants that', async () => {
  const rig = await mcpRig({ foreign: true });
  expect((await ask(rig, own)).status).toBe(200);
  expect(rig.upstream.received[0]?.headers).toMatchObject(own);
  expect(rig.asked).toEqual([]);
  expect(rig.traffic).toEqual([{ path: '/', status: 200, decision: 'allowed', consumer: null }]);
});

test.each<[string, Record<string, string>, object]>([
  ['off, as it is at first', own, { foreign: false }],
  ['no site', { authorization: 'Bearer theirs' }, {}],
  ['no token', { 'x-atlassian-cloud-id': 'c1' }, {}],
  ['a key of ours', { ...own, authorization: `Bearer ${KEY}` }, {}],
  ['a key of ours as a password', { ...own, authorization: basic(`me:${KEY}`) }, {}],
  ['a key of ours as a user name', { ...own, authorization: basic(`${KEY}:`) }, {}],
  ['a key of ours as Data Center takes tokens', { ...own, authorization: `Token ${KEY}` }, {}],
  ['another user of the machine', own, { ownUser: false }],
])('not with: %s', async (_what, headers, options) => {
  const rig = await mcpRig({ foreign: true, ...options });
  expect((await ask(rig, headers)).status).toBe(401);
  expect(rig.upstream.received).toEqual([]);
});

test('a page elsewhere may not, and a session is of the token that began it', async () => {
  const rig = await mcpRig({ foreign: true });
  expect((await ask(rig, { ...own, origin: 'https://evil.example' })).status).toBe(403);
  const session = (await ask(rig, own)).headers.get('mcp-session-id') ?? '';
  expect((await ask(rig, { ...own, 'mcp-session-id': session }, 'ping')).status).toBe(200);
  const other = { ...own, authorization: 'Bearer another', 'mcp-session-id': session };
  expect((await ask(rig, other, 'ping')).status).toBe(404);
  expect(
    (await ask(rig, { ...own, 'x-atlassian-cloud-id': 'c2', 'mcp-session-id': session }, 'ping')).status,
  ).toBe(404);
  expect(rig.upstream.received).toHaveLength(2);
});

test('a token that the server refuses is theirs to renew', async () => {
  const rig = await mcpRig({ foreign: true });
  rig.upstream.answer = (_request, response) =>
    response.writeHead(401, { 'www-authenticate': 'Bearer x' }).end();
  const answer = await ask(rig, own);
  expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, null]);
});
