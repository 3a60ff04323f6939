import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ATLASSIAN_MCP_SERVERS } from '../../../main/atlassian/mcp-servers.ts';
import type { Verdict } from '../../../main/consumers/ports.ts';
import type { Core } from '../../../main/core/compose.ts';
import { networkDocumentPorts } from '../../../main/gateway/mcp/authorize/document-ports.ts';
import { createMcpSignIn, type McpSignIn } from '../../../main/gateway/mcp/mcp-sign-in.ts';
import { createGovernor } from '../../../main/gateway/governor.ts';
import { createMcpServers } from '../../../main/gateway/mcp/servers.ts';
import type { Clock } from '../../../main/lib/clock.ts';
import { DisposableStack } from '../../../main/lib/disposable.ts';
import { Emitter } from '../../../main/lib/emitter.ts';
import { silentLogger } from '../../../main/lib/log.ts';
import { startSandbox, type Sandbox } from '../../../main/sandbox/start-sandbox.ts';
import { SqliteMcpStore } from '../../../main/store/mcp-store.ts';
import { migrate } from '../../../main/store/migrations.ts';
import { openDatabase } from '../../../main/store/open-database.ts';
import { composeCore } from '../../fakes/composed-core.ts';
import { coreUpstreams } from '../../fakes/core-upstreams.ts';
import { MemoryConsumers } from '../../fakes/memory-consumers.ts';
import { memoryStore } from '../../fakes/memory-store.ts';
import { signInRequest } from '../../fakes/sign-ins.ts';
import { ProviderId } from '../../../contract/ids.ts';
import { freePort } from './free-port.ts';
import { signInAtSandbox } from './sandbox-sign-in.ts';

export interface McpWorld {
  sandbox: Sandbox;
  core: Core;
  signIn: McpSignIn;
  consumers: MemoryConsumers;
  /** Of the resource that clients are given. */
  url: string;
  /** Answers whoever asks for consent, as the person would. */
  consenting: (decision?: 'allow' | 'deny') => void;
  /** Follows an authorization address as a browser does; gives the callback address. */
  browse: (authorizeUrl: string) => Promise<URL>;
  dispose: () => Promise<void>;
}

/** The whole core, connected to the stand-in's MCP server by its own sign-in, with clients signing in at a door of its own. */
export async function startMcpWorld(
  clock: Clock,
  accessTokenTtlSeconds = 600,
  accessTtlMs = 3_600_000,
): Promise<McpWorld> {
  const home = mkdtempSync(path.join(tmpdir(), 'tokentray-mcp-'));
  const parts = new DisposableStack();
  parts.add({
    dispose: () => {
      rmSync(home, { recursive: true });
    },
  });
  const redirectUri = `http://127.0.0.1:${await freePort()}/callback`;
  const sandbox = parts.add(await startSandbox({ clock, accessTokenTtlSeconds, redirectUri }));
  const store = memoryStore({ clock });
  const core = parts.add(composeCore({ store, home, sandbox, clock }));
  const { signIns, connections, refresher, registry } = core.services;
  const begun = await signIns.start(
    signInRequest(ProviderId.parse('atlassian-mcp'), { name: 'rovo at work', method: null, grant: null }),
  );
  if (!begun.ok || begun.value.stage.stage !== 'waiting') throw new Error(JSON.stringify(begun));
  await (await fetch(await signInAtSandbox(begun.value.stage.authorizeUrl))).text();
  const { id } = begun.value;
  await signIns.wait(id, 'waiting', 10_000);
  const done = await signIns.wait(id, 'exchanging', 10_000);
  if (!done.ok || done.value.stage.stage !== 'done') throw new Error(JSON.stringify(done));

  const database = openDatabase(':memory:');
  if (!database.ok) throw new Error(database.error.message);
  migrate(database.value);
  const mcpStore = SqliteMcpStore.load(database.value, silentLogger);
  if (!mcpStore.ok) throw new Error(mcpStore.error.message);
  const consumers = new MemoryConsumers(clock);
  const upstreams = parts.add(coreUpstreams(connections, refresher));
  const servers = createMcpServers({
    connections: store.connections,
    registry,
    known: ATLASSIAN_MCP_SERVERS,
  });
  const goes: Verdict = { goes: true, decision: 'allowed', reason: null, end: () => undefined };
  const signIn = parts.add(
    createMcpSignIn({
      settings: { get: () => ({ on: true, port: 0 }), onChange: new Emitter<unknown>().event },
      servers,
      store: mcpStore.value,
      consumers,
      admission: { admit: () => goes },
      traffic: { record: () => undefined },
      activity: store.activity,
      upstreams,
      governor: createGovernor(clock),
      commands: { program: 'tokentray', sandbox: false },
      documents: networkDocumentPorts(core.services.network),
      accessTtlMs,
      clock,
      logger: silentLogger,
    }),
  );
  await signIn.door.settled();
  return {
    sandbox,
    core,
    signIn,
    consumers,
    url: `${signIn.door.state.url ?? ''}/rovo%20at%20work/rovo`,
    consenting: (decision = 'allow') => {
      parts.add(
        signIn.onConsents(() => {
          // A person is never as quick as to answer before the page is there.
          queueMicrotask(() => {
            for (const { id: consent } of signIn.consents()) signIn.consent({ id: consent, decision });
          });
        }),
      );
    },
    browse: async (authorizeUrl) => {
      const page = await (await fetch(authorizeUrl)).text();
      const next = /content="1;url=([^"]+)"/.exec(page)?.[1];
      if (next === undefined) throw new Error(page);
      const answer = await fetch(new URL(next, authorizeUrl), { redirect: 'manual' });
      return new URL(answer.headers.get('location') ?? '');
    },
    dispose: () => parts.dispose(),
  };
}
