import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FakeClock } from '../fakes/fake-clock.ts';
import { REVISIONS, RevisionClient } from './support/mcp-revisions.ts';
import { startMcpWorld, type McpWorld } from './support/mcp-world.ts';

let clock: FakeClock;
let world: McpWorld;
beforeEach(async () => {
  clock = new FakeClock(Date.now());
  world = await startMcpWorld(clock);
  world.consenting();
});
afterEach(() => world.dispose());

const TOOL = 'atlassianUserInfo';
const asked = () => world.sandbox.control.mcpCalls().filter(({ tool }) => tool === TOOL);

describe.each(REVISIONS)('a client of %s', (_name, revision) => {
  const { version, hasSessions, sendsVersion } = revision;

  test('signs in as its revision says, calls a tool, and outlives tokens', async () => {
    const client = await RevisionClient.signIn(world, revision);
    await client.begin();
    for (const seconds of [0, 601, 601, 601]) {
      clock.advance(seconds * 1000);
      expect(await client.callTool(TOOL)).toContain('ana@acme.example');
    }
    clock.advance(3_600_000);
    await expect(client.callTool(TOOL)).rejects.toThrow('401');
    await client.refresh();
    expect(await client.callTool(TOOL)).toContain('ana@acme.example');
    expect(new Set(asked().map(({ token }) => token)).size).toBe(5);
    const begun = world.sandbox.control.mcpCalls().filter(({ method }) => method === 'initialize');
    expect(begun).toHaveLength(hasSessions ? 1 : 0);
    expect(world.consumers.list().map(({ name }) => name)).toEqual([`Client of ${version}`]);
  });

  test('has its version header passed on as it is, and one that the server does not know refused by it', async () => {
    const client = await RevisionClient.signIn(world, revision);
    await client.begin();
    await client.callTool(TOOL);
    expect(asked().map(({ protocol }) => protocol)).toEqual([sendsVersion ? version : null]);
    for (const unknown of ['2024-01-01', 'x', '2027-01-01']) {
      const answer = await client.send('tools/list', {}, { 'mcp-protocol-version': unknown });
      expect([unknown, answer.status]).toEqual([unknown, 400]);
    }
    expect(await client.callTool(TOOL)).toContain('ana@acme.example');
  });

  test(hasSessions ? 'gets a stream, and ends its session' : 'has no stream and no session', async () => {
    const client = await RevisionClient.signIn(world, revision);
    await client.begin();
    if (!hasSessions) {
      expect([(await client.bare('GET')).status, (await client.bare('DELETE')).status]).toEqual([405, 405]);
      const lying = await client.send('tools/call', { name: TOOL }, { 'mcp-name': 'createJiraIssue' });
      expect([lying.status, asked()]).toEqual([400, []]);
      return;
    }
    const leave = new AbortController();
    const stream = await client.bare('GET', leave.signal);
    expect([stream.status, stream.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    leave.abort();
    expect((await client.bare('DELETE')).status).toBe(204);
    await expect(client.callTool(TOOL)).rejects.toThrow('404');
  });

  test('that signed in to read is told what to ask for, and gets it from the person', async () => {
    const client = await RevisionClient.signIn(world, revision, 'mcp:read');
    await client.begin();
    expect(await client.callTool(TOOL)).toContain('ana@acme.example');
    const refused = await client.send('tools/call', { name: 'createJiraIssue', arguments: {} });
    const challenge = refused.headers.get('www-authenticate') ?? '';
    expect([refused.status, challenge]).toEqual([403, expect.stringContaining('error="insufficient_scope"')]);
    await client.authorize(/scope="([^"]+)"/.exec(challenge)?.[1]);
    expect(client.tokens.scope).toBe('mcp:read mcp:write');
    const allowed = await client.send('tools/call', { name: 'createJiraIssue', arguments: {} });
    expect([allowed.status, world.consumers.list().length]).toEqual([200, 1]);
  });
});
