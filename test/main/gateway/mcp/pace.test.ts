import { expect, test } from 'vitest';
import { mcpRig, type McpRig } from './mcp-rig.ts';

const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'getIssue', arguments: {} } };
const list = { jsonrpc: '2.0', id: 2, method: 'tools/list' };

/** What the server says next, and then as ever. */
function saysOnce(rig: McpRig, status: number, headers: Readonly<Record<string, string>>): void {
  const { answer } = rig.upstream;
  rig.upstream.answer = (_request, response) => {
    rig.upstream.answer = answer;
    response.writeHead(status, headers).end();
  };
}

test('a pause that the server asks for holds for every client of the account, and a call says so in its result', async () => {
  const rig = await mcpRig();
  const [one, other] = [await rig.tokens(await rig.register()), await rig.tokens(await rig.register())];
  saysOnce(rig, 429, { 'retry-after': '30' });
  expect((await rig.rpc(one.access_token, call)).status).toBe(429);
  const paused = await rig.rpc(other.access_token, call);
  expect([paused.status, await paused.json()]).toEqual([
    200,
    {
      jsonrpc: '2.0',
      id: 1,
      result: {
        isError: true,
        content: [
          {
            type: 'text',
            text: 'Rovo asked for a pause of everything that uses “work”. Try again in 30 s.',
          },
        ],
      },
    },
  ]);
  const listed = await rig.rpc(other.access_token, list);
  expect([listed.status, listed.headers.get('retry-after')]).toEqual([429, '30']);
  expect(rig.upstream.received).toHaveLength(1);
  expect(rig.traffic.at(-1)).toMatchObject({ decision: 'limited', status: 429 });
  rig.clock.advance(30_000);
  expect((await rig.rpc(other.access_token, call)).status).toBe(200);
});

test('a short pause is waited for', async () => {
  const rig = await mcpRig();
  const { access_token } = await rig.tokens(await rig.register());
  saysOnce(rig, 503, { 'retry-after': '2' });
  await rig.rpc(access_token, call);
  const before = rig.clock.pendingTimers;
  const waiting = rig.rpc(access_token, call);
  await expect.poll(() => rig.clock.pendingTimers).toBeGreaterThan(before);
  expect(rig.upstream.received).toHaveLength(1);
  rig.clock.advance(2000);
  expect((await waiting).status).toBe(200);
});

test.each(['2025-11-25', '2026-07-28'])(
  'a call of %s that waits is not sent once its sign-in is over',
  async (version) => {
    const rig = await mcpRig();
    const { access_token } = await rig.tokens(await rig.register());
    saysOnce(rig, 503, { 'retry-after': '2' });
    await rig.rpc(access_token, call);
    const before = rig.clock.pendingTimers;
    const waiting = rig.rpc(access_token, call, { headers: { 'mcp-protocol-version': version } });
    await expect.poll(() => rig.clock.pendingTimers).toBeGreaterThan(before);
    rig.consumers.remove(rig.consumers.list()[0]!.id);
    rig.clock.advance(2000);
    await expect(waiting).rejects.toThrow();
    expect(rig.upstream.received).toHaveLength(1);
  },
);

test('what a key of the gateway was told holds here too: the governor is one', async () => {
  const rig = await mcpRig();
  const { access_token } = await rig.tokens(await rig.register());
  const [connection] = rig.connections;
  // As the relay of the gateway learns it from the same server, asked at `/work/mcp`.
  rig.governor.learn(
    connection!,
    { api: 'mcp', method: 'POST', path: '/' },
    { status: 429, raw: ['Retry-After', '60'] },
  );
  expect((await rig.rpc(access_token, list)).status).toBe(429);
  expect(rig.upstream.received).toEqual([]);
});
