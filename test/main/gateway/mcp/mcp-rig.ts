import { createHash, randomUUID } from 'node:crypto';
import { Agent } from 'node:http';
import { afterEach } from 'vitest';
import { ConnectionId } from '../../../../contract/ids.ts';
import type { Consumer, ConsumerRequest, Verdict } from '../../../../main/consumers/ports.ts';
import type { DocumentPorts } from '../../../../main/gateway/mcp/authorize/client-document.ts';
import type { McpUpstreams } from '../../../../main/gateway/mcp/carry/exchange.ts';
import { createMcpSignIn, type McpSignIn } from '../../../../main/gateway/mcp/mcp-sign-in.ts';
import { createGovernor } from '../../../../main/gateway/governor.ts';
import type { McpResource, McpServers } from '../../../../main/gateway/mcp/ports.ts';
import type { Upstream } from '../../../../main/gateway/ports.ts';
import { Emitter } from '../../../../main/lib/emitter.ts';
import { silentLogger } from '../../../../main/lib/log.ts';
import { ok } from '../../../../main/lib/result.ts';
import { SqliteMcpStore } from '../../../../main/store/mcp-store.ts';
import { migrate } from '../../../../main/store/migrations.ts';
import { openDatabase } from '../../../../main/store/open-database.ts';
import type { ConnectionRecord } from '../../../../main/store/records.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { McpUpstreamServer } from '../../../fakes/mcp-upstream.ts';
import { MemoryConsumers } from '../../../fakes/memory-consumers.ts';
import { sampleConnection } from '../../../fakes/sample-connection.ts';

export const VERIFIER = 'v'.repeat(43);
export const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');
export const CALLBACK = 'http://127.0.0.1:33418/callback';
export const ROVO = { id: 'rovo', name: 'Rovo', api: 'mcp' };

export interface Tokens {
  access_token: string;
  refresh_token: string;
  expires_in: number;
  scope: string;
}

export interface RigOptions {
  connections?: readonly string[];
  admit?: (request: ConsumerRequest) => Verdict | Promise<Verdict>;
  documents?: DocumentPorts;
  ownUser?: boolean;
  upstreams?: McpUpstreams;
  /** Whether requests with tokens of their own are passed on. */
  foreign?: boolean;
}

export const allow = (): Verdict => ({ goes: true, decision: 'allowed', reason: null, end: () => undefined });

const ending: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});

const record = (name: string): ConnectionRecord => ({
  ...sampleConnection({ name, id: ConnectionId.parse(randomUUID()) }),
  renewal: 'none',
  expiresAt: null,
  obtainedAt: 0,
  lastRefreshAt: null,
  generation: 1,
  condition: { kind: 'ok' },
  pausedAt: null,
});

/** Sign-in for MCP clients behind real HTTP, with a server of our own behind it and a clock that the test moves. */
export async function mcpRig(options: RigOptions = {}) {
  const clock = new FakeClock();
  const upstream = await McpUpstreamServer.start();
  const connections = (options.connections ?? ['work']).map(record);
  const all = connections.map((connection): McpResource => ({ connection, server: ROVO }));
  const servers: McpServers = {
    list: () => all,
    find: (reference, id) =>
      all.find(
        ({ connection, server }) =>
          server.id === id && (connection.id === reference || connection.name === reference),
      ) ?? null,
  };
  const database = openDatabase(':memory:');
  if (!database.ok) throw new Error(database.error.message);
  migrate(database.value);
  const loaded = SqliteMcpStore.load(database.value, silentLogger);
  if (!loaded.ok) throw new Error(loaded.error.message);
  const consumers = new MemoryConsumers(clock);
  const traffic: { path: string; status: number; decision: string; consumer: Consumer['name'] | null }[] = [];
  const activity: string[] = [];
  const asked: ConsumerRequest[] = [];
  const agent = new Agent({ keepAlive: true });
  const toUpstream = (token: string): Upstream => ({
    url: upstream.url,
    header: { name: 'authorization', value: `Bearer ${token}` },
    agent,
  });
  const governor = createGovernor(clock);
  const state = { on: true, port: 0 };
  const settings = new Emitter<unknown>();
  const parts = {
    settings: { get: () => state, onChange: settings.event },
    servers,
    store: loaded.value,
    consumers,
    admission: {
      admit: (request: ConsumerRequest) => {
        asked.push(request);
        return (options.admit ?? allow)(request);
      },
    },
    traffic: {
      record: ({ path, status, decision, consumer }: (typeof traffic)[number] & { consumer: unknown }) => {
        traffic.push({ path, status, decision, consumer: (consumer as Consumer | null)?.name ?? null });
      },
    },
    activity: {
      append: ({ message }: { message: string }) => {
        activity.push(message);
      },
    },
    upstreams: options.upstreams ?? {
      open: () => ok(toUpstream('upstream-1')),
      replace: () => Promise.resolve(null),
    },
    governor,
    commands: { program: 'npm --prefix "/my <src>" run -s tokentray --', sandbox: true },
    documents: options.documents ?? {
      resolve: () => Promise.reject(new Error('no names here')),
      get: () => Promise.reject(new Error('no network here')),
      proxyRefused: () => false,
    },
    foreign: {
      server: 'rovo',
      on: () => options.foreign ?? false,
      options: {
        api: 'foreign',
        siteHeader: 'x-atlassian-cloud-id',
        address: () => Promise.resolve(ok(upstream.url)),
      },
    },
    clock,
    logger: silentLogger,
    isFromOwnUser: () => Promise.resolve(options.ownUser ?? true),
  };
  const start = async (): Promise<McpSignIn> => {
    const started = createMcpSignIn(parts as unknown as Parameters<typeof createMcpSignIn>[0]);
    await started.door.settled();
    return started;
  };
  let signIn = await start();
  ending.push(async () => {
    await signIn.dispose();
    upstream.stop();
    agent.destroy();
    database.value.close();
  });
  const origin = (): string => signIn.door.state.url ?? '';
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(path.startsWith('http') ? path : origin() + path, { redirect: 'manual', ...init });
  const form = (path: string, fields: Readonly<Record<string, string>>): Promise<Response> =>
    ask(path, { method: 'POST', body: new URLSearchParams(fields) });
  const register = async (redirectUris: readonly string[] = [CALLBACK], name = 'Agent'): Promise<string> => {
    const answer = await ask('/register', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ client_name: name, redirect_uris: redirectUris }),
    });
    const { client_id } = (await answer.json()) as { client_id: string };
    return client_id;
  };
  const authorizeUrl = (clientId: string, changes: Readonly<Record<string, string | null>> = {}): string => {
    const all: Record<string, string | null> = {
      response_type: 'code',
      client_id: clientId,
      redirect_uri: CALLBACK,
      state: 'st',
      code_challenge: CHALLENGE,
      code_challenge_method: 'S256',
      resource: `${origin()}/work/rovo`,
      ...changes,
    };
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries(all)) if (value !== null) query.set(key, value);
    return `/authorize?${query.toString()}`;
  };
  /** Where the waiting tab goes next. */
  const waitPath = async (page: Response): Promise<string> =>
    /content="1;url=([^"]+)"/.exec(await page.text())?.[1] ?? '';
  /** Asks for consent, decides, and gives where the tab is sent. */
  const consent = async (
    clientId: string,
    changes: Readonly<Record<string, string | null>> = {},
    decision: Partial<Parameters<McpSignIn['consent']>[0]> = {},
  ): Promise<URL> => {
    const path = await waitPath(await ask(authorizeUrl(clientId, changes)));
    const [waiting] = signIn.consents();
    if (!waiting) throw new Error('nobody asks');
    const decided = signIn.consent({ id: waiting.id, decision: 'allow', ...decision });
    if (!decided.ok) throw new Error(decided.error.message);
    return new URL((await ask(path)).headers.get('location') ?? '');
  };
  const exchange = (
    clientId: string,
    code: string,
    changes: Readonly<Record<string, string>> = {},
  ): Promise<Response> =>
    form('/token', {
      grant_type: 'authorization_code',
      client_id: clientId,
      code,
      redirect_uri: CALLBACK,
      code_verifier: VERIFIER,
      resource: `${origin()}/work/rovo`,
      ...changes,
    });
  const tokens = async (
    clientId: string,
    changes: Readonly<Record<string, string | null>> = {},
    decision: Partial<Parameters<McpSignIn['consent']>[0]> = {},
  ): Promise<Tokens> => {
    const code = (await consent(clientId, changes, decision)).searchParams.get('code') ?? '';
    const answer = await exchange(clientId, code);
    if (!answer.ok) throw new Error(await answer.text());
    return (await answer.json()) as Tokens;
  };
  const refresh = (clientId: string, token: string): Promise<Response> =>
    form('/token', { grant_type: 'refresh_token', client_id: clientId, refresh_token: token });
  const rpc = (
    token: string,
    message: object,
    init: RequestInit & { path?: string } = {},
  ): Promise<Response> =>
    ask(init.path ?? '/work/rovo', {
      method: 'POST',
      ...init,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...(init.headers as Record<string, string>),
      },
      body: JSON.stringify(message),
    });
  return {
    get signIn() {
      return signIn;
    },
    get origin() {
      return origin();
    },
    restart: async () => {
      await signIn.dispose();
      signIn = await start();
    },
    changeSettings: async (change: Partial<typeof state>) => {
      Object.assign(state, change);
      settings.emit(undefined);
      await signIn.door.settled();
    },
    clock,
    governor,
    upstream,
    connections,
    consumers,
    store: loaded.value,
    traffic,
    activity,
    asked,
    toUpstream,
    ask,
    form,
    register,
    authorizeUrl,
    waitPath,
    consent,
    exchange,
    tokens,
    refresh,
    rpc,
  };
}

export type McpRig = Awaited<ReturnType<typeof mcpRig>>;
