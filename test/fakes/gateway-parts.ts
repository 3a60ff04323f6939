import type { Server } from 'node:http';
import { once } from 'node:events';
import type { ConnectionId } from '../../contract/ids.ts';
import { resolveReference } from '../../main/connections/resolve.ts';
import { createReadCredentials } from '../../main/credentials/read-credentials.ts';
import { createGovernor } from '../../main/gateway/governor.ts';
import { createDoors, type Doors } from '../../main/gateway/doors.ts';
import { createUpstreams } from '../../main/gateway/upstreams.ts';
import { systemClock, type Clock } from '../../main/lib/clock.ts';
import { disposable, DisposableStack, type Disposable } from '../../main/lib/disposable.ts';
import { Emitter } from '../../main/lib/emitter.ts';
import { silentLogger, type Logger } from '../../main/lib/log.ts';
import { ok } from '../../main/lib/result.ts';
import { createNetwork } from '../../main/network/network.ts';
import { NO_RULES } from '../../main/network/proxy-rules.ts';
import type { ProviderDefinition } from '../../main/providers/definition.ts';
import type { Refresher } from '../../main/refresh/ports.ts';
import type { ProviderRegistry } from '../../main/providers/ports.ts';
import type { Store } from '../../main/store/ports.ts';
import type { ConnectionRecord, TokenSet } from '../../main/store/records.ts';
import { FakeConsumers } from './fake-consumers.ts';
import { memoryStore } from './memory-store.ts';
import { sampleConnection, sampleTokens } from './sample-connection.ts';

/** Two APIs: `jira` below a path of the site, `root` at the site itself. */
const DEFINITION = {
  network: {},
  apis: [
    { id: 'jira', name: 'Jira', urls: { default: '{site}/ex/jira/{cloudId}' } },
    { id: 'root', name: 'Root', urls: { default: '{site}' } },
  ],
  methods: [],
} as unknown as ProviderDefinition;

/** The gateway's doors with the real store, network, relay and upstreams; what renews tokens is the test's. */
export interface GatewayParts {
  readonly doors: Doors;
  readonly consumers: FakeConsumers;
  readonly store: Store;
  readonly registry: Pick<ProviderRegistry, 'get'>;
  /** `http://127.0.0.1:…`, once there is a consumer. */
  url(): Promise<string>;
  /** A connection to `site`, by whose token it is known. */
  connect(name: string, site: string, token: string, more?: Partial<TokenSet>): ConnectionRecord;
  /** Puts another token in its place, as a refresh does. */
  renew(id: ConnectionId, token: string, expiresAt?: number | null): Promise<void>;
  /** As the person does in the settings. */
  changePort(port: number): void;
  /** What a refresh does; by default it fails. */
  refresh: Refresher['refresh'];
  /** What a token that would end within some time is replaced by; by default it is given as it is. */
  freshTokens: Refresher['freshTokens'];
  reads: number;
  remove(id: ConnectionId): void;
  dispose(): Promise<void>;
}

export function gatewayParts(given: { clock?: Clock; logger?: Logger; port?: number } = {}): GatewayParts {
  const { clock = systemClock, logger = silentLogger } = given;
  let { port = 0 } = given;
  const portChanged = new Emitter<void>();
  const store = memoryStore();
  const changed = new Emitter<ConnectionId>();
  const removed = new Emitter<ConnectionId>();
  const registry = {
    get: () => ok(DEFINITION),
    onChange: () => disposable(() => undefined),
  };
  const ends = new DisposableStack();
  const network = ends.add(
    createNetwork({
      store,
      registry,
      clock: systemClock,
      logger,
      env: {},
      system: () => Promise.resolve(NO_RULES),
      authorities: () => Promise.resolve([]),
    }),
  );
  const consumers = new FakeConsumers();
  const read = createReadCredentials({
    connections: store.connections,
    registry,
    refresher: { freshTokens: (id, minTtlMs) => parts.freshTokens(id, minTtlMs) },
  });
  const connections = {
    resolve: (reference: string | undefined) => resolveReference(store.connections, reference ?? ''),
    readCredentials: (id: ConnectionId, minTtlMs: number) => {
      parts.reads += 1;
      return read(id, minTtlMs);
    },
    onChange: changed.event,
    onRemoved: removed.event,
  };
  const upstreams = ends.add(
    createUpstreams({
      connections,
      records: store.connections,
      refresher: { refresh: (id) => parts.refresh(id) },
      network,
      clock,
    }),
  );
  const doors = ends.add(
    createDoors({
      consumers: consumers as never,
      admission: consumers.admission,
      traffic: consumers.traffic,
      upstreams,
      governor: createGovernor(clock),
      connections,
      store,
      registry,
      clock,
      logger,
      port: () => port,
      onPortChange: portChanged.event,
    }),
  );
  const parts: GatewayParts = {
    doors,
    consumers,
    store,
    registry,
    reads: 0,
    url: async () => {
      while (doors.gateway.state.url === null)
        await new Promise<void>((resolve) => {
          const listening = doors.gateway.onChange(() => {
            void listening.dispose();
            resolve();
          });
        });
      return doors.gateway.state.url;
    },
    connect: (name, site, token, more = {}) => {
      const inserted = store.connections.insert(
        sampleConnection({ name, site: { cloudId: `cloud-${name}`, name, url: site, products: [] } }),
        sampleTokens({ accessToken: token, expiresAt: null, obtainedAt: clock.now(), ...more }),
      );
      if (!inserted.ok) throw new Error(inserted.error.message);
      changed.emit(inserted.value.id);
      return inserted.value;
    },
    renew: async (id, token, expiresAt = null) => {
      const tokens = sampleTokens({ accessToken: token, expiresAt, obtainedAt: clock.now() });
      const generation = store.connections.get(id)?.generation ?? 0;
      await store.connections.saveRefreshed(id, generation, tokens, clock.now());
      changed.emit(id);
    },
    changePort: (changed) => {
      port = changed;
      portChanged.emit();
    },
    refresh: () => Promise.resolve(ok({ kind: 'misconfigured', reason: 'there is nothing to renew it' })),
    freshTokens: (id) => Promise.resolve(store.connections.tokens(id)),
    remove: (id) => {
      store.connections.remove(id);
      network.forget(id);
      removed.emit(id);
    },
    dispose: () => ends.dispose(),
  };
  return parts;
}

/** Once the server listens, its port. */
export async function portOf(server: {
  listen(port: number, host: string): unknown;
  address(): unknown;
}): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server as never, 'listening');
  return (server.address() as { port: number }).port;
}

/** Ends a server and every connection to it. */
export const closing = (server: Server): Disposable =>
  disposable(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
