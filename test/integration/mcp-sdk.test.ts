import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FakeClock } from '../fakes/fake-clock.ts';
import { TYPESCRIPT_SDKS } from './support/mcp-sdks.ts';
import { startMcpWorld, type McpWorld } from './support/mcp-world.ts';
import { MemoryOAuthProvider } from './support/memory-oauth-provider.ts';

let clock: FakeClock;
let world: McpWorld;
beforeEach(async () => {
  clock = new FakeClock(Date.now());
  world = await startMcpWorld(clock);
  world.consenting();
});
afterEach(() => world.dispose());

describe.each(TYPESCRIPT_SDKS)('%s', (_name, connect, revision) => {
  test.each(['127.0.0.1', 'localhost'])(
    'signs in at %s by discovery, registration and PKCE, and outlives tokens',
    async (host) => {
      const provider = new MemoryOAuthProvider();
      const connected = await connect(world.url.replace('127.0.0.1', host), provider, world.browse);
      expect(await connected.tools()).toContain('createJiraIssue');
      // Three ends of the upstream token (10 minutes), and then one of the client's own.
      for (const seconds of [0, 601, 601, 601, 3600]) {
        clock.advance(seconds * 1000);
        const { content, isError } = await connected.call('atlassianUserInfo');
        expect([isError ?? false, JSON.stringify(content)]).toEqual([
          false,
          expect.stringContaining('ana@acme.example'),
        ]);
      }
      await connected.close();
      const calls = world.sandbox.control.mcpCalls();
      const info = calls.filter(({ tool }) => tool === 'atlassianUserInfo');
      expect(info.map(({ protocol }) => protocol)).toEqual(info.map(() => revision));
      expect(new Set(info.map(({ token }) => token)).size).toBe(5);
      const begun = calls.filter(({ method }) => method === 'initialize' || method === 'server/discover');
      expect(begun).toHaveLength(1);
      expect(provider.signIns).toBe(1);
      expect(world.consumers.list()).toHaveLength(1);
    },
  );
});
