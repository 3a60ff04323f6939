import { oauth2Of } from '../providers/methods.ts';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../lib/clock.ts';
import { disposable, type Disposable } from '../lib/disposable.ts';
import type { ProviderDefinition } from '../providers/definition.ts';
import { WrittenContent } from './atlassian/written.ts';
import { SANDBOX_APP, type AppRegistration } from './app-registration.ts';
import { Codes } from './codes.ts';
import { fairConditions } from './conditions.ts';
import { consoleScopesOf } from './console/console-scopes.ts';
import { createControl, type SandboxControl } from './control.ts';
import { sandboxDefinition } from './definition.ts';
import { sandboxDefinitions } from './definitions.ts';
import { playedProviders } from './played.ts';
import { DeviceCodes } from './device-codes.ts';
import { GitRepository } from './git/repository.ts';
import { EndedCredentials } from './ended-credentials.ts';
import { Grants } from './grants.ts';
import { McpRecords } from './mcp/records.ts';
import { SANDBOX_PEOPLE, type SandboxPerson } from './people.ts';
import { RefreshUses } from './refresh-uses.ts';
import { RegisteredApps } from './registered-apps.ts';
import type { SandboxState } from './sandbox-state.ts';
import { serveRequest } from './serve-request.ts';
import { BROUGHT_APP } from './services/atlassian-cloud.ts';
import { playedServices } from './played-host.ts';
import { readStateFile, writeStateFile } from './state-file.ts';
import { serviceAccountApps } from './service-account-apps.ts';
import { TokenMint, type Random } from './token-mint.ts';

const HOST = '127.0.0.1';

export interface SandboxOptions {
  clock: Clock;
  /** 0, the default, takes the one that it had before if that is free, else any free one. */
  port?: number;
  accessTokenTtlSeconds?: number;
  /** Where the shipped client is called back; the definition's default when not given. */
  redirectUri?: string;
  /** Ships no app, so that a person has to register one in the console, as at Atlassian. */
  unregistered?: boolean;
  random?: Random;
  people?: readonly SandboxPerson[];
  /** Apps registered besides the sandbox's own, such as one with a fixed callback. */
  apps?: readonly AppRegistration[];
  /** Keeps grants and the signing key here, so that tokens survive a restart. Without it, everything is lost when the process ends. */
  stateFile?: string;
}

export interface Sandbox extends Disposable {
  /** Origin, such as `http://127.0.0.1:40123`. */
  readonly url: string;
  /** Where it was before, if another program has that port now: what has this address stored no longer works. */
  readonly movedFrom: string | null;
  /** The provider `atlassian`, pointed here, with an OAuth client shipped unless a person is to register one. */
  readonly definition: ProviderDefinition;
  /** Of everything that it plays, `definition` first. */
  readonly definitions: readonly ProviderDefinition[];
  /** The hosts of real services that it plays. */
  readonly services: ReturnType<typeof playedServices>;
  readonly control: SandboxControl;
}

/**
 * Starts a local stand-in for the services that Tokentray connects, on 127.0.0.1. Rejects with Node's error (`EADDRINUSE`, …)
 * if the port is not available.
 */
export async function startSandbox({
  clock,
  port = 0,
  accessTokenTtlSeconds = 3600,
  random = randomBytes,
  people = SANDBOX_PEOPLE,
  apps = [],
  redirectUri,
  unregistered = false,
  stateFile,
}: SandboxOptions): Promise<Sandbox> {
  const saved = stateFile === undefined ? null : readStateFile(stateFile);
  const key = saved ? Buffer.from(saved.key, 'base64url') : random(32);
  const createdAt = saved?.createdAt ?? clock.now();
  const save = (): void => {
    if (stateFile !== undefined)
      writeStateFile(stateFile, {
        version: 1,
        key: key.toString('base64url'),
        grants: grants.list(),
        ended: ended.saved(),
        registered: [...registered.list()],
        port: bound,
        createdAt,
      });
  };
  const newId = (): string => random(16).toString('hex');
  const grants = new Grants(newId, save, saved?.grants ?? []);
  const ended = new EndedCredentials(save, saved?.ended ?? {});
  const registered = new RegisteredApps(save, saved?.registered ?? []);
  const mint = new TokenMint(key, random);

  // A slow sender must not hold a connection forever.
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000, keepAliveTimeout: 60_000 });
  await listenAgain(server, port === 0 ? (saved?.port ?? 0) : port, port);
  const bound = (server.address() as AddressInfo).port;
  const url = `http://${HOST}:${bound}`;
  const definition = sandboxDefinition(url, { redirectUri, unregistered });

  const state: SandboxState = {
    url,
    clock,
    people,
    apps: [...(unregistered ? [] : [SANDBOX_APP]), BROUGHT_APP, ...serviceAccountApps(mint), ...apps],
    scopeDescriptions: new Map(
      (oauth2Of(definition)?.scopes ?? []).map(({ scope, description }) => [scope, description]),
    ),
    consoleScopes: consoleScopesOf(definition),
    mint,
    grants,
    codes: new Codes(() => random(32).toString('base64url')),
    uses: new RefreshUses(),
    conditions: fairConditions(accessTokenTtlSeconds),
    ended,
    deviceCodes: new DeviceCodes(random),
    registered,
    mcp: new McpRecords(newId),
    git: new GitRepository(),
    attached: [],
    written: new WrittenContent(),
    wrongTries: new Map(),
    createdAt,
  };
  if (bound !== saved?.port) save();
  let disposed = false;
  const control = createControl(state, accessTokenTtlSeconds, async (listening) => {
    if (disposed || listening === server.listening) return;
    await (listening ? listen(server, bound) : close(server));
  });
  server.on('request', (incoming, response) => {
    serveRequest(state, control, incoming, response);
  });
  const definitions = sandboxDefinitions(url, { redirectUri, unregistered, played: playedProviders(state) });
  return {
    url,
    movedFrom: saved?.port === undefined || saved.port === bound ? null : `http://${HOST}:${saved.port}`,
    definition,
    definitions,
    services: playedServices(url),
    control,
    ...disposable(async () => {
      disposed = true;
      await control.dispose();
      if (server.listening) await close(server);
      state.git.dispose();
    }),
  };
}

/** At the port that it had before, if that is free. */
async function listenAgain(server: Server, before: number, port: number): Promise<void> {
  try {
    await listen(server, before);
  } catch (fault) {
    if (before === port) throw fault;
    await listen(server, port);
  }
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, HOST);
  // Rejects when `error` comes first.
  await once(server, 'listening');
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
