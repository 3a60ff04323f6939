import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ConnectionId } from '../../contract/ids.ts';
import { createReadCredentials } from '../../main/credentials/read-credentials.ts';
import { access } from '../../main/credentials/access.ts';
import type { RelayTarget } from '../../main/gateway/ports.ts';
import { createDial, type Dial } from '../../main/gateway/proxy/dial.ts';
import type { RealServices } from '../../main/gateway/runs/real-services.ts';
import { createRuns, type Runs } from '../../main/gateway/runs/runs.ts';
import type { StartedRun } from '../../main/gateway/run-variables.ts';
import { systemClock, type Clock } from '../../main/lib/clock.ts';
import { Emitter } from '../../main/lib/emitter.ts';
import { silentLogger } from '../../main/lib/log.ts';
import { fail, failure, ok } from '../../main/lib/result.ts';
import type { ProviderDefinition } from '../../main/providers/definition.ts';
import type { ProviderRegistry } from '../../main/providers/ports.ts';
import type { Store } from '../../main/store/ports.ts';
import type { ConnectionRecord, NewConnection } from '../../main/store/records.ts';
import { bundledPresets } from './bundled-presets.ts';
import { memoryStore } from './memory-store.ts';
import { plainRelay } from './plain-relay.ts';
import { RunConsumers } from './run-consumers.ts';
import { sampleConnection, sampleTokens } from './sample-connection.ts';
import { value } from './store-in-folder.ts';

export interface ProxyParts {
  readonly runs: Runs;
  readonly consumers: RunConsumers;
  readonly store: Store;
  readonly home: string;
  /** What reached the relay. */
  readonly targets: RelayTarget[];
  connect(connection: Partial<NewConnection>, secret: string): ConnectionRecord;
  /** Starts a run, and gives its variables by name. */
  begin(
    connections: readonly ConnectionRecord[],
    more?: Partial<StartedRun>,
  ): Promise<{ env: Record<string, string>; key: string; removed: readonly string[]; end: () => void }>;
  dispose(): Promise<void>;
}

/** Runs and their proxies with the real store; consumers and the relay are fakes. */
export function proxyParts(given: {
  registry: Pick<ProviderRegistry, 'get'>;
  services: RealServices;
  dial?: Dial;
  clock?: Clock;
  authorities?: readonly string[];
}): ProxyParts {
  const {
    registry,
    services,
    dial = createDial({ tunnel: (_, direct) => direct() }),
    clock = systemClock,
    authorities = [],
  } = given;
  const home = mkdtempSync(path.join(tmpdir(), 'tokentray-proxy-'));
  const store = memoryStore({ clock });
  const consumers = new RunConsumers();
  const read = createReadCredentials({
    connections: store.connections,
    registry,
    refresher: { freshTokens: (id: ConnectionId) => Promise.resolve(store.connections.tokens(id)) },
  });
  const { relay, targets } = plainRelay(async ({ connection, api }) => {
    const credentials = await read(connection.id, 0);
    return credentials.ok ? access(credentials.value, api) : failure(credentials.error);
  });
  const runs = createRuns({
    ...{ consumers, relay, traffic: consumers.traffic, store, registry, home, dial, services, clock },
    systemAuthorities: () => Promise.resolve(authorities),
    platform: process.platform,
    presets: bundledPresets(),
    gateway: {
      state: { url: 'http://127.0.0.1:7980', fault: null },
      onChange: new Emitter<void>().event,
    },
    isolatedRuns: new Set(),
    gatewayOfRuns: { open: () => Promise.resolve(ok('http://127.0.0.1:7981')) },
    logger: silentLogger,
  });
  return {
    ...{ runs, consumers, store, home, targets },
    connect: (connection, secret) =>
      value(
        store.connections.insert(
          sampleConnection(connection),
          sampleTokens({ accessToken: secret, refreshToken: null, expiresAt: null }),
        ),
      ),
    begin: async (connections, more = {}) => {
      const { key, consumer } = consumers.begin(connections.map(({ id }) => id));
      const run: StartedRun = {
        ...{ key, connections, through: 'proxy', preset: undefined, isolated: false, program: 'curl' },
        gatewayUrl: 'http://127.0.0.1:7980',
        ...more,
      };
      const { variables, removed } = value(await runs.giveVariables(run));
      const env = Object.fromEntries(variables.map(({ name, value: text }) => [name, text]));
      return { env, key, removed, end: () => void consumers.remove(consumer.id) };
    },
    dispose: async () => {
      await runs.dispose();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

export const registryOf = (definitions: readonly ProviderDefinition[]): Pick<ProviderRegistry, 'get'> => ({
  get: (wanted) => {
    const found = definitions.find(({ id }) => id === wanted);
    return found === undefined ? fail('not-found', `no definition ${wanted}`) : ok(found);
  },
});
