import {
  Client as Client2,
  StreamableHTTPClientTransport as Transport2,
  UnauthorizedError as Unauthorized2,
  type OAuthClientProvider,
} from '@modelcontextprotocol/client';
import { UnauthorizedError as Unauthorized1 } from '@modelcontextprotocol/sdk/client/auth.js';
import { Client as Client1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as Transport1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FakeClock } from '../fakes/fake-clock.ts';
import { MemoryOAuthProvider } from './support/memory-oauth-provider.ts';
import { startMcpWorld, type McpWorld } from './support/mcp-world.ts';

const INFO = { name: 'SDK', version: '1.0.0' };

let clock: FakeClock;
let world: McpWorld;
beforeEach(async () => {
  clock = new FakeClock(Date.now());
  world = await startMcpWorld(clock);
  world.consenting();
});
afterEach(() => world.dispose());

interface Connected {
  call(name: string): Promise<{ content: unknown; isError?: boolean }>;
  tools(): Promise<string[]>;
  close(): Promise<void>;
}

type Connect = (url: string, provider: MemoryOAuthProvider) => Promise<Connected>;

async function finish(
  provider: MemoryOAuthProvider,
  finishAuth: (code: string, iss: string) => Promise<void>,
): Promise<void> {
  const { searchParams } = await world.browse(provider.address?.href ?? '');
  await finishAuth(searchParams.get('code') ?? '', searchParams.get('iss') ?? '');
}

const sdk1: Connect = async (url, provider) => {
  const client = new Client1(INFO);
  const first = new Transport1(new URL(url), { authProvider: provider });
  await expect(client.connect(first)).rejects.toThrow(Unauthorized1);
  await finish(provider, (code) => first.finishAuth(code));
  await client.connect(new Transport1(new URL(url), { authProvider: provider }));
  return {
    call: async (name) =>
      (await client.callTool({ name, arguments: {} })) as Awaited<ReturnType<Connected['call']>>,
    tools: async () => (await client.listTools()).tools.map(({ name }) => name),
    close: () => client.close(),
  };
};

const sdk2 =
  (mode: 'legacy' | 'auto'): Connect =>
  async (url, provider) => {
    const client = new Client2(INFO, { versionNegotiation: { mode } });
    const authProvider = provider as unknown as OAuthClientProvider;
    const first = new Transport2(new URL(url), { authProvider });
    await expect(client.connect(first)).rejects.toThrow(Unauthorized2);
    await finish(provider, (code, iss) => first.finishAuth(code, iss));
    await client.connect(new Transport2(new URL(url), { authProvider }));
    return {
      call: async (name) =>
        (await client.callTool({ name, arguments: {} })) as Awaited<ReturnType<Connected['call']>>,
      tools: async () => (await client.listTools()).tools.map(({ name }) => name),
      close: () => client.close(),
    };
  };

describe.each<[string, Connect, string]>([
  ['SDK 1', sdk1, '2025-11-25'],
  ['SDK 2', sdk2('legacy'), '2025-11-25'],
  ['SDK 2 at its newest', sdk2('auto'), '2026-07-28'],
])('%s', (_name, connect, revision) => {
  test.each(['127.0.0.1', 'localhost'])(
    'signs in at %s by discovery, registration and PKCE, and outlives tokens',
    async (host) => {
      const provider = new MemoryOAuthProvider();
      const connected = await connect(world.url.replace('127.0.0.1', host), provider);
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
