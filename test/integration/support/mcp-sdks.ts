import {
  Client as Client2,
  StreamableHTTPClientTransport as Transport2,
  UnauthorizedError as Unauthorized2,
  type OAuthClientProvider,
} from '@modelcontextprotocol/client';
import { UnauthorizedError as Unauthorized1 } from '@modelcontextprotocol/sdk/client/auth.js';
import { Client as Client1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as Transport1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { MemoryOAuthProvider } from './memory-oauth-provider.ts';
import type { McpWorld } from './mcp-world.ts';

/** A client that has signed in. */
export interface Connected {
  call(name: string): Promise<{ content: unknown; isError?: boolean }>;
  tools(): Promise<string[]>;
  close(): Promise<void>;
}

/** Signs in by discovery, registration and PKCE, as a program that uses an SDK does. */
export type Connect = (
  url: string,
  provider: MemoryOAuthProvider,
  browse: McpWorld['browse'],
) => Promise<Connected>;

const INFO = { name: 'SDK', version: '1.0.0' };

/** The first try has to end in the browser. */
async function signIn(
  first: Promise<void>,
  {
    provider,
    browse,
    refused,
  }: { provider: MemoryOAuthProvider; browse: McpWorld['browse']; refused: unknown },
): Promise<{ code: string; iss: string }> {
  const fault: unknown = await first.then(
    () => null,
    (caught: unknown) => caught,
  );
  if (!(fault instanceof (refused as typeof Error))) throw new Error('it did not ask to sign in');
  const { searchParams } = await browse(provider.address?.href ?? '');
  return { code: searchParams.get('code') ?? '', iss: searchParams.get('iss') ?? '' };
}

const connected = (client: Client1 | Client2): Connected => ({
  call: async (name) =>
    (await client.callTool({ name, arguments: {} })) as Awaited<ReturnType<Connected['call']>>,
  tools: async () => (await client.listTools()).tools.map(({ name }) => name),
  close: () => client.close(),
});

const sdk1: Connect = async (url, provider, browse) => {
  const client = new Client1(INFO);
  const first = new Transport1(new URL(url), { authProvider: provider });
  const { code } = await signIn(client.connect(first), { provider, browse, refused: Unauthorized1 });
  await first.finishAuth(code);
  await client.connect(new Transport1(new URL(url), { authProvider: provider }));
  return connected(client);
};

const sdk2 =
  (mode: 'legacy' | 'auto'): Connect =>
  async (url, provider, browse) => {
    const client = new Client2(INFO, { versionNegotiation: { mode } });
    const authProvider = provider as unknown as OAuthClientProvider;
    const first = new Transport2(new URL(url), { authProvider });
    const { code, iss } = await signIn(client.connect(first), { provider, browse, refused: Unauthorized2 });
    await first.finishAuth(code, iss);
    await client.connect(new Transport2(new URL(url), { authProvider }));
    return connected(client);
  };

/** The official SDKs for TypeScript, with the revision that each of them ends up at. */
export const TYPESCRIPT_SDKS: readonly (readonly [name: string, connect: Connect, revision: string])[] = [
  ['TypeScript SDK 1', sdk1, '2025-11-25'],
  ['TypeScript SDK 2', sdk2('legacy'), '2025-11-25'],
  ['TypeScript SDK 2 at its newest', sdk2('auto'), '2026-07-28'],
];
