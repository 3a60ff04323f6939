import { expect, test } from 'vitest';
import { BODY_LIMITS } from '../../../../main/gateway/mcp/body-budget.ts';
import { mcpRig } from './mcp-rig.ts';

const message = (bytes: number): object => ({
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: { name: 'createPage', arguments: { text: 'x'.repeat(bytes) } },
});
/** Megabytes take their time on a busy machine. */
const POLL = { timeout: 20_000 };
const SMALL = message(10);
const LARGE = message(BODY_LIMITS.oneBytes - 1024);

test('one client cannot fill the memory with messages, nor take all of it from the others', async () => {
  const rig = await mcpRig();
  const [one, other] = [await rig.tokens(await rig.register()), await rig.tokens(await rig.register())];
  const { answer } = rig.upstream;
  const held: (() => void)[] = [];
  rig.upstream.answer = (...given) => {
    held.push(() => {
      answer(...given);
    });
  };
  const fits = BODY_LIMITS.clientBytes / BODY_LIMITS.oneBytes;
  const sent = Array.from({ length: fits }, () => rig.rpc(one.access_token, LARGE));
  await expect.poll(() => held.length, POLL).toBe(fits);
  for (let more = 0; more < 8; more += 1) {
    const refused = await rig.rpc(one.access_token, LARGE);
    expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).toMatchObject([
      503,
      '1',
      { error: { message: 'Tokentray holds too many large messages at the moment. Try again in a moment.' } },
    ]);
  }
  rig.upstream.answer = answer;
  expect((await rig.rpc(other.access_token, LARGE)).status).toBe(200);
  for (const go of held) go();
  for (const each of sent) expect((await each).status).toBe(200);
  expect((await rig.rpc(one.access_token, LARGE)).status).toBe(200);
  expect(rig.upstream.received).toHaveLength(fits + 2);
}, 60_000);

test.each(['with its length', 'without'])(
  'a message that is too large is answered in words, %s',
  async (how) => {
    const rig = await mcpRig();
    const { access_token } = await rig.tokens(await rig.register());
    const body = JSON.stringify(message(BODY_LIMITS.oneBytes));
    const init = how === 'without' ? { body: new Blob([body]).stream(), duplex: 'half' } : { body };
    const answer = await rig.ask('/work/rovo', {
      method: 'POST',
      headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
      ...(init as RequestInit),
    });
    expect([answer.status, await answer.json()]).toMatchObject([
      413,
      { error: { message: 'The message is too large: at most 8 MB are passed on.' } },
    ]);
    expect((await rig.rpc(access_token, SMALL)).status).toBe(200);
    expect(rig.upstream.received).toHaveLength(1);
  },
);

test('what clients that leave in the middle had sent is free again', async () => {
  const rig = await mcpRig();
  const { access_token } = await rig.tokens(await rig.register());
  const part = new Uint8Array(1 << 20).fill(32);
  for (let round = 0; round < 6; round += 1) {
    const leave = new AbortController();
    let pulled = 0;
    const stalling = new ReadableStream({
      pull: (controller) => {
        pulled += 1;
        if (pulled <= 7) {
          controller.enqueue(part);
          return undefined;
        }
        return new Promise<void>(() => undefined);
      },
    });
    const asked = rig.ask('/work/rovo', {
      method: 'POST',
      headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
      body: stalling,
      signal: leave.signal,
      ...({ duplex: 'half' } as object),
    });
    await expect.poll(() => pulled, POLL).toBeGreaterThan(7);
    await new Promise((resolve) => setTimeout(resolve, 20));
    leave.abort();
    await expect(asked).rejects.toThrow();
    await expect.poll(() => rig.traffic.length, POLL).toBe(round + 1);
  }
  expect((await rig.rpc(access_token, LARGE)).status).toBe(200);
}, 60_000);
