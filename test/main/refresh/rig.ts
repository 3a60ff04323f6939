import { randomUUID } from 'node:crypto';
import { boundedFetch } from '../../../main/lib/bounded-fetch.ts';
import type { Logger } from '../../../main/lib/log.ts';
import { fail, ok } from '../../../main/lib/result.ts';
import { ProviderDefinition } from '../../../main/providers/definition.ts';
import type { Refresher } from '../../../main/refresh/ports.ts';
import { createRefresher } from '../../../main/refresh/refresher.ts';
import type { Store } from '../../../main/store/ports.ts';
import type { ConnectionRecord, OAuthClientRecord, TokenSet } from '../../../main/store/records.ts';
import type { ConnectionId, OAuthClientId, ProviderId } from '../../../contract/ids.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { FakeTokenServer } from '../../fakes/fake-token-server.ts';
import { memoryStore } from '../../fakes/memory-store.ts';

// Loaded on first use by the token endpoint; here before clocks stand still.
await import('openid-client');

export const PROVIDER = 'acme' as ProviderId;

export function definition(overrides: Record<string, unknown> = {}): ProviderDefinition {
  return ProviderDefinition.parse({
    id: PROVIDER,
    name: 'Acme',
    methods: [
      {
        method: 'oauth2',
        authorizationUrl: 'https://auth.example/authorize',
        tokenUrl: 'https://auth.example/token',
        refresh: {
          reuseWindowSeconds: 600,
          goneErrors: ['invalid_grant', 'unauthorized_client'],
          misconfiguredErrors: ['invalid_client', 'access_denied'],
          ...overrides,
        },
      },
    ],
    identity: { kind: 'userinfo', userinfoUrl: 'https://auth.example/userinfo' },
  });
}

export interface Line {
  level: string;
  event: string;
}

/** A refresher over the real store in memory, a fake token endpoint and a clock that moves when told. */
export class Rig {
  readonly clock = new FakeClock();
  readonly server = new FakeTokenServer(this.clock);
  readonly store: Store = memoryStore({ clock: this.clock });
  readonly client: OAuthClientRecord;
  readonly logged: Line[] = [];
  /** Everything that was told of refreshes, in order. */
  readonly told: string[] = [];
  definition = definition();
  clientIsThere = true;
  refresher: Refresher;
  readonly #connections = new Map<ConnectionId, string>();

  constructor() {
    this.client = {
      id: randomUUID() as OAuthClientId,
      provider: PROVIDER,
      name: 'App',
      clientId: 'app',
      hasSecret: true,
      redirectUri: 'http://127.0.0.1:7979/callback',
      origin: 'user',
      createdAt: 0,
    };
    this.refresher = this.start();
  }

  readonly logger: Logger = {
    debug: () => undefined,
    info: (event) => void this.logged.push({ level: 'info', event }),
    warn: (event) => void this.logged.push({ level: 'warn', event }),
    error: (event) => void this.logged.push({ level: 'error', event }),
  };

  /** A refresher as after a start of the app. */
  start(store: Store = this.store): Refresher {
    this.refresher = createRefresher({
      store,
      registry: {
        get: (id) =>
          id === PROVIDER ? ok(this.definition) : fail('not-found', `There is no provider ${id}.`),
      },
      clients: {
        get: (id) => (this.clientIsThere && id === this.client.id ? this.client : null),
        secret: () => ok('client-secret'),
        refuseRegistration: () => undefined,
      },
      fetch: boundedFetch({ clock: this.clock, fetch: this.server.fetch }),
      clock: this.clock,
      logger: this.logger,
      random: () => 0.5,
    });
    this.refresher.onChange(({ outcome }) => this.told.push(outcome?.kind ?? 'begin'));
    return this.refresher;
  }

  /** A connection that has just signed in. */
  connect(name = 'acme', change: (tokens: TokenSet) => TokenSet = (tokens) => tokens): ConnectionId {
    const id = randomUUID() as ConnectionId;
    const inserted = this.store.connections.insert(this.#record(id, name), change(this.server.signIn(id)));
    if (!inserted.ok) throw new Error(inserted.error.message);
    this.#connections.set(id, id);
    return id;
  }

  /** A new sign-in for a connection, with a grant of its own. */
  reconnect(id: ConnectionId): TokenSet {
    const grant = randomUUID();
    this.#connections.set(id, grant);
    const tokens = this.server.signIn(grant);
    const replaced = this.store.connections.replace(id, this.#record(id, this.record(id).name), tokens);
    if (!replaced.ok) throw new Error(replaced.error.message);
    return tokens;
  }

  grantOf(id: ConnectionId): string {
    return this.#connections.get(id)!;
  }

  record(id: ConnectionId): ConnectionRecord {
    return this.store.connections.get(id)!;
  }

  tokens(id: ConnectionId): TokenSet {
    const tokens = this.store.connections.tokens(id);
    if (!tokens.ok) throw new Error(tokens.error.message);
    return tokens.value;
  }

  events(id: ConnectionId): string[] {
    return this.store.activity
      .list({ limit: 1000, connection: id })
      .map(({ event }) => event)
      .reverse();
  }

  /** Requests wait until the answer is called. */
  hold(): () => void {
    let release = (): void => undefined;
    this.server.barrier = new Promise((resolve) => {
      release = () => {
        this.server.barrier = null;
        resolve();
      };
    });
    return release;
  }

  #record(id: ConnectionId, name: string) {
    return {
      id,
      name,
      provider: PROVIDER,
      method: 'oauth2',
      grant: 'authorization-code',
      sent: { as: 'bearer' },
      route: 'default',
      client: this.client.id,
      account: { id: 'ana', name: 'Ana', email: null, pictureUrl: null },
      site: null,
      sites: [],
      requestedScopes: ['read'],
      grantedScopes: ['read'],
      createdAt: this.clock.now(),
    } as const satisfies Parameters<Store['connections']['insert']>[0] | object;
  }
}
