import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, get, type IncomingMessage } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ProviderId } from '../../../contract/ids.ts';
import { compose, type Core } from '../../../main/core/compose.ts';
import { systemClock } from '../../../main/lib/clock.ts';
import { DisposableStack } from '../../../main/lib/disposable.ts';
import { silentLogger } from '../../../main/lib/log.ts';
import { fakeHost } from '../../fakes/fake-host.ts';
import { memoryStore } from '../../fakes/memory-store.ts';
import { sampleConnection, sampleTokens } from '../../fakes/sample-connection.ts';
import { value } from '../../fakes/store-in-folder.ts';

/** A provider that is wherever a connection's site is. */
const PROVIDER = {
  id: 'stand-in',
  name: 'Stand-in',
  methods: [{ method: 'api-token', ways: [{ as: 'bearer' }] }],
  apis: [
    { id: 'jira', name: 'Jira', urls: { default: '{site}/ex/jira/{cloudId}' } },
    { id: 'mcp', name: 'MCP', urls: { default: '{site}/mcp/{cloudId}' } },
  ],
  identity: { kind: 'apis' },
};

const ALL = [{ then: 'allow' as const }];

/** The whole core with its three doors open, and connections to servers of the test. */
export interface GatewayCore {
  readonly core: Core;
  /** `http://127.0.0.1:…` */
  readonly gatewayUrl: string;
  readonly mcpUrl: string;
  /** A connection to a site, as a pasted token makes one. */
  connect(name: string, site: string, token: string, cloudId?: string): void;
  /** A key that may do everything with some connections. */
  key(connections: readonly string[]): Promise<string>;
  /** A proxy for a run that may reach these connections and nothing else. `ca`: what its programs trust. */
  run(connections: readonly string[]): Promise<{ port: number; key: string; ca: string }>;
  /** An MCP client's token for a connection. */
  signIn(connection: string): Promise<string>;
  dispose(): Promise<void>;
}

/** `caFile`: the authority of servers of the test that speak TLS. */
export async function startGatewayCore(caFile: string | null = null): Promise<GatewayCore> {
  const parts = new DisposableStack();
  const home = mkdtempSync(path.join(tmpdir(), 'tokentray-doors-'));
  parts.add({
    dispose: () => {
      rmSync(home, { recursive: true });
    },
  });
  mkdirSync(path.join(home, 'providers'));
  writeFileSync(path.join(home, 'providers', 'stand-in.json'), JSON.stringify(PROVIDER));
  const store = memoryStore();
  const [gatewayPort = 0, mcpPort = 0] = await freePorts(2);
  value(store.settings.set({ gatewayPort, mcpPort, mcpSignIn: true }));
  const core = parts.add(
    compose({
      ...{
        store,
        host: fakeHost(),
        home,
        socket: '',
        sandbox: null,
        clock: systemClock,
        logger: silentLogger,
      },
      ...{ stop: () => undefined, restart: () => undefined },
      openSandbox: () => Promise.reject(new Error('no sandbox here')),
    }),
  );
  const { gateway, mcp, network } = core.services;
  value(await network.set(null, { proxy: { from: 'none' }, ...(caFile !== null && { caFile }) }));
  const mcpUrl = `http://127.0.0.1:${mcpPort}`;
  let names = 0;

  /** As the command line does while its program runs; a run that nobody holds ends after a minute. */
  const commandLine = createHttpServer((request, response) => {
    core.router(request, response, { caller: 'cli' });
  });
  commandLine.listen(0, '127.0.0.1');
  await once(commandLine, 'listening');
  parts.add({
    dispose: () => {
      commandLine.closeAllConnections();
      commandLine.close();
    },
  });
  const hold = async (run: string): Promise<void> => {
    const held = get({ port: (commandLine.address() as AddressInfo).port, path: `/v1/runs/${run}` });
    const [answer] = (await once(held, 'response')) as [IncomingMessage];
    if (answer.statusCode !== 200) throw new Error(`the run is not held: ${answer.statusCode ?? 0}`);
    answer.on('error', () => undefined).resume();
  };

  const opened = async (): Promise<void> => {
    for (;;) {
      const { gateway: door, mcp: other } = gateway.view();
      const fault = door.fault ?? other.fault;
      if (fault !== null) throw new Error(fault.message);
      if (door.url !== null && other.url !== null) return;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };

  return {
    core,
    gatewayUrl: `http://127.0.0.1:${gatewayPort}`,
    mcpUrl,
    connect: (name, site, token, cloudId = `cloud-${name}`) => {
      value(
        store.connections.insert(
          sampleConnection({
            ...{ name, provider: ProviderId.parse('stand-in'), method: 'api-token', grant: null },
            site: { cloudId, name, url: site, products: [] },
          }),
          sampleTokens({ accessToken: token, refreshToken: null, expiresAt: null }),
        ),
      );
    },
    key: async (connections) => {
      const added = value(
        await gateway.add({ name: `key ${++names}`, rules: ALL, connections: [...connections] }),
      );
      await opened();
      return added.key;
    },
    run: async (connections) => {
      const run = value(
        await gateway.beginRun({
          through: 'proxy',
          program: 'x',
          connections: [...connections],
          isolated: true,
        }),
      );
      await hold(run.run);
      const variable = (name: string): string =>
        run.variables.find((each) => each.name === name)?.value ?? '';
      const { port, password } = new URL(variable('HTTPS_PROXY'));
      return { port: Number(port), key: password, ca: readFileSync(variable('SSL_CERT_FILE'), 'utf8') };
    },
    signIn: async (connection) => {
      await opened();
      const callback = 'http://127.0.0.1:33418/callback';
      const verifier = randomBytes(32).toString('base64url');
      const json = async (file: string, init: RequestInit): Promise<Record<string, string>> =>
        (await (await fetch(`${mcpUrl}${file}`, init)).json()) as Record<string, string>;
      const { client_id = '' } = await json('/register', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ client_name: `client ${++names}`, redirect_uris: [callback] }),
      });
      const resource = `${mcpUrl}/${connection}/rovo`;
      const asked = new URLSearchParams({
        ...{ response_type: 'code', client_id, redirect_uri: callback, state: 'st', resource },
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
      });
      const page = await (await fetch(`${mcpUrl}/authorize?${asked.toString()}`)).text();
      const next = /content="1;url=([^"]+)"/.exec(page)?.[1];
      const [consent] = mcp.consents();
      if (next === undefined || consent === undefined) throw new Error(page);
      value(mcp.consent({ id: consent.id, decision: 'allow', rules: ALL }));
      const back = await fetch(new URL(next, mcpUrl), { redirect: 'manual' });
      const code = new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? '';
      const { access_token = '' } = await json('/token', {
        method: 'POST',
        body: new URLSearchParams({
          ...{ grant_type: 'authorization_code', client_id, code, resource },
          ...{ redirect_uri: callback, code_verifier: verifier },
        }),
      });
      return access_token;
    },
    dispose: () => parts.dispose(),
  };
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  return Promise.all(
    servers.map(async (server) => {
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      await new Promise((resolve) => server.close(resolve));
      return port;
    }),
  );
}
