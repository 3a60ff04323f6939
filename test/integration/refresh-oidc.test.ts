import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import type { ConnectionId, OAuthClientId } from '../../contract/ids.ts';
import { boundedFetch } from '../../main/lib/bounded-fetch.ts';
import { systemClock, type Clock } from '../../main/lib/clock.ts';
import { DisposableStack } from '../../main/lib/disposable.ts';
import { silentLogger } from '../../main/lib/log.ts';
import { ok } from '../../main/lib/result.ts';
import type { RefreshOutcome } from '../../main/refresh/ports.ts';
import { createRefresher } from '../../main/refresh/refresher.ts';
import { postToken } from '../../main/oauth/token-endpoint.ts';
import type { NewConnection, TokenSet } from '../../main/store/records.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { oauth2In, withOAuth2 } from '../fakes/oauth2.ts';
import { PROXY_FAULTS, startFaultyProxy, type ProxyFault } from './support/faulty-proxy.ts';
import { startOidcServer } from './support/oidc-server.ts';

/** Refreshes that the slice of every run, or all of `npm run test:faults`, must bring to an end. */
const REFRESHES = Number(process.env['TOKENTRAY_FAULT_REFRESHES'] ?? 300);
const CONNECTIONS = 20;
const CALLERS = 50;
const FAULT_SHARE = 0.3;
const SEED = Number(process.env['TOKENTRAY_FAULT_SEED'] ?? 20_261_122);

/** Short, so that silence costs little, and long enough for a busy machine. */
const TIMEOUT_MS = 2000;

const LIMIT_MS = 60_000 + REFRESHES * 200;

const cleanup = new DisposableStack();
afterEach(() => cleanup.dispose());

/** Mulberry32: the same faults in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

async function start({ forgives }: { forgives: boolean }) {
  const server = cleanup.add(await startOidcServer());
  const random = seeded(SEED);
  /** Waits are passed by setting the clock ahead. */
  let passedMs = 0;
  const clock: Clock = { ...systemClock, now: () => systemClock.now() + passedMs };
  let faulty = true;
  const fault = (): ProxyFault | null => {
    if (!faulty || random() >= FAULT_SHARE) return null;
    // Silence is what costs time: rarer than the others.
    const kind = PROXY_FAULTS[Math.floor(random() * PROXY_FAULTS.length)]!;
    return kind === 'silent' && random() < 0.8 ? 'lost' : kind;
  };
  const oauth2 = oauth2In(server.definition);
  const proxy = cleanup.add(await startFaultyProxy({ target: oauth2.tokenUrl, fault, forgives }));
  const refresh = { ...oauth2.refresh, reuseWindowSeconds: forgives ? 600 : 0 };
  const definition = withOAuth2(server.definition, { tokenUrl: proxy.url, refresh });
  const store = memoryStore();
  const client = {
    id: randomUUID() as OAuthClientId,
    provider: definition.id,
    name: 'Test',
    clientId: server.clientId,
    hasSecret: true,
    redirectUri: 'http://127.0.0.1:7979/callback',
    origin: 'user',
    createdAt: 0,
  } as const;
  const refresher = createRefresher({
    store,
    registry: { get: () => ok(definition) },
    clients: {
      get: () => client,
      secret: () => ok(server.clientSecret),
      refuseRegistration: () => undefined,
    },
    fetch: proxy.watched(boundedFetch({ clock: systemClock, timeoutMs: TIMEOUT_MS })),
    clock,
    logger: silentLogger,
    random,
  });

  async function signIn(login: string): Promise<TokenSet> {
    const verifier = randomBytes(32).toString('base64url');
    const url = new URL(oauth2.authorizationUrl);
    url.search = new URLSearchParams({
      ...oauth2.authorizationParameters,
      client_id: server.clientId,
      redirect_uri: client.redirectUri,
      response_type: 'code',
      scope: oauth2.defaultScopes.join(' '),
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    }).toString();
    const callback = new URL(await server.consent(url.href, { login }));
    const answer = await postToken({
      fetch: boundedFetch({ clock: systemClock }),
      clock: systemClock,
      settings: oauth2,
      tokenUrl: oauth2.tokenUrl,
      client: { clientId: server.clientId, secret: server.clientSecret },
      parameters: {
        grant_type: 'authorization_code',
        code: callback.searchParams.get('code')!,
        redirect_uri: client.redirectUri,
        code_verifier: verifier,
      },
    });
    if (answer.kind !== 'tokens') throw new Error(`signing in gave ${answer.kind}`);
    return answer.tokens;
  }
  const connectionOf = (id: ConnectionId, name: string): NewConnection => ({
    id,
    name,
    provider: definition.id,
    method: 'oauth2',
    grant: 'authorization-code',
    sent: { as: 'bearer' },
    route: 'default',
    client: client.id,
    account: { id: name, name, email: null, pictureUrl: null },
    site: null,
    sites: [],
    requestedScopes: [],
    grantedScopes: [],
    createdAt: 0,
  });
  return {
    server,
    proxy,
    store,
    refresher,
    /** Until a refresh token whose replay was lost too may be sent again. */
    waitFor: (outcome: RefreshOutcome) => {
      if (outcome.kind === 'transient' && outcome.askedToWait)
        passedMs += Math.max(0, outcome.retryAt - clock.now());
    },
    endFaults: () => {
      faulty = false;
    },
    async connect(name: string): Promise<ConnectionId> {
      const id = randomUUID() as ConnectionId;
      const inserted = store.connections.insert(connectionOf(id, name), await signIn(name));
      if (!inserted.ok) throw new Error(inserted.error.message);
      return id;
    },
    async reconnect(id: ConnectionId): Promise<void> {
      const { name } = store.connections.get(id)!;
      const replaced = store.connections.replace(id, connectionOf(id, name), await signIn(name));
      if (!replaced.ok) throw new Error(replaced.error.message);
    },
  };
}

/** Rounds of 50 callers until enough refreshes came through; gives how many connections were found gone. */
async function run(rig: Awaited<ReturnType<typeof start>>): Promise<number> {
  const { proxy, store, refresher } = rig;
  const ids: ConnectionId[] = [];
  for (let index = 0; index < CONNECTIONS; index += 1) ids.push(await rig.connect(`person${index}`));
  let gone = 0;
  while (proxy.delivered() < REFRESHES) {
    const calls = Array.from({ length: CALLERS }, async (_, caller) => {
      const id = ids[caller % CONNECTIONS]!;
      const result = await refresher.refresh(id);
      if (result.ok) rig.waitFor(result.value);
      // Whoever is told of a new token finds it stored.
      if (result.ok && result.value.kind === 'refreshed')
        expect(store.connections.get(id)?.expiresAt).toBe(result.value.expiresAt);
    });
    await Promise.all(calls);
    for (const id of ids) {
      if (store.connections.get(id)?.condition.kind !== 'gone') continue;
      gone += 1;
      await rig.reconnect(id);
    }
  }
  rig.endFaults();
  for (const id of ids) {
    const last = await refresher.refresh(id);
    if (last.ok && last.value.kind === 'gone') gone += 1;
    else expect(last).toMatchObject({ value: { kind: 'refreshed' } });
  }
  return gone;
}

test(
  `a certified server without mercy, 30 % faults (seed ${SEED}): only lost answers cost a sign-in`,
  async () => {
    const rig = await start({ forgives: false });
    const gone = await run(rig);
    const { proxy, server } = rig;
    expect(proxy.violations).toEqual([]);
    expect(proxy.mostInFlight()).toBeLessThanOrEqual(4);
    expect(proxy.lostAnswers()).toBeGreaterThan(0);
    expect(gone).toBe(proxy.lostAnswers());
    // The server ends a grant for reuse; each of those is the one replay of an answer that was lost.
    expect(server.revokedGrants()).toBe(proxy.lostAnswers());
  },
  LIMIT_MS,
);

test(
  `a server with a reuse window, 30 % faults (seed ${SEED}): no connection is lost`,
  async () => {
    const rig = await start({ forgives: true });
    expect(await run(rig)).toBe(0);
    const { proxy, server } = rig;
    expect(proxy.violations).toEqual([]);
    expect(proxy.lostAnswers()).toBeGreaterThan(0);
    expect(server.revokedGrants()).toBe(0);
  },
  LIMIT_MS,
);
