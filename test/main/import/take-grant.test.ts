import { expect, it } from 'vitest';
import type { ConnectionId } from '../../../contract/ids.ts';
import type { Connections } from '../../../main/connections/ports.ts';
import { storeSignIn } from '../../../main/connections/store-sign-in.ts';
import { candidate } from '../../../main/import/candidate.ts';
import { createNameTaken } from '../../../main/import/name-taken.ts';
import { takeGrant, type TakeGrantParts } from '../../../main/import/take-grant.ts';
import { mcpAtlassian } from '../../../main/import/sources/mcp-atlassian.ts';
import { Emitter } from '../../../main/lib/emitter.ts';
import { ok } from '../../../main/lib/result.ts';
import type { RefreshOutcome } from '../../../main/refresh/ports.ts';
import type { ConnectionRecord } from '../../../main/store/records.ts';
import { FakeClock, settle } from '../../fakes/fake-clock.ts';
import { memoryStore } from '../../fakes/memory-store.ts';
import { readBundled } from '../connections/bundled.ts';
import { acme, beta } from '../connections/sample.ts';

const GRANT = {
  clientId: 'app-1',
  clientSecret: 'app-secret',
  redirectUri: null,
  refreshToken: 'rt',
  scopes: ['read:me'],
  cloudId: beta.cloudId,
};
const ANA = { id: 'ana', name: 'Ana', email: null, pictureUrl: null };
const REFRESHED: RefreshOutcome = { kind: 'refreshed', expiresAt: null };
const LATER: RefreshOutcome = {
  kind: 'transient',
  code: 'offline',
  reason: 'no network',
  retryAt: 0,
  askedToWait: false,
};

async function rig(first: RefreshOutcome) {
  const clock = new FakeClock();
  const store = memoryStore({ clock });
  await store.vault.open();
  const changes = new Emitter<{ id: ConnectionId; outcome: RefreshOutcome | null }>();
  const written: (number | null)[] = [];
  const world = { asked: 0, isReachable: true };
  const connections = {
    saveSignedIn: (signedIn) => {
      const saved = storeSignIn(
        {
          connections: store.connections,
          clock,
          newId: () => crypto.randomUUID() as ConnectionId,
          providerName: 'Atlassian Cloud',
        },
        signedIn,
      );
      if (saved.ok) written.push(saved.value.pausedAt);
      return Promise.resolve(saved.ok ? ok(saved.value.id) : saved);
    },
    rename: (reference, name) => store.connections.update(reference as ConnectionId, { name }) as never,
  } satisfies Partial<Connections>;
  const outcomes = [first];
  const refresh = (id: ConnectionId) => {
    const outcome = outcomes.shift() ?? REFRESHED;
    changes.emit({ id, outcome });
    return Promise.resolve(ok(outcome));
  };
  const parts = {
    store,
    registry: { get: () => ok(readBundled()) },
    clients: { list: () => [{ id: crypto.randomUUID(), clientId: 'app-1' }] },
    connections,
    refresher: { refresh, onChange: changes.event },
    identify: () => {
      world.asked += 1;
      return Promise.resolve(ok({ account: ANA, sites: [acme, beta] }));
    },
    fetch: () => Promise.reject(new Error('not to be asked')),
    clock,
  } as unknown as Omit<TakeGrantParts, 'naming'> & Parameters<typeof createNameTaken>[0];
  const naming = createNameTaken(parts);
  const take = async (takeOver: boolean, expiresAt: number): Promise<ConnectionRecord> => {
    const found = {
      source: mcpAtlassian,
      candidate: candidate({
        place: { kind: 'file', path: '/x' },
        provider: 'atlassian',
        methods: ['oauth2'],
        secret: 'at',
        expiresAt,
        grant: GRANT,
      }),
      alsoAt: [],
    };
    const taken = await takeGrant(found, GRANT, takeOver, { ...parts, naming });
    if (!taken.ok) throw new Error(taken.error.message);
    return current();
  };
  const current = (): ConnectionRecord => store.connections.list()[0]!;
  return { take, current, refresh, world, written, clock, naming };
}

it('a grant that is not taken over is paused from the first write on', async () => {
  const { take, written, clock } = await rig(REFRESHED);
  const record = await take(false, clock.now() + 3_600_000);
  expect(record).toMatchObject({ account: ANA, pausedAt: clock.now() });
  expect(written).toEqual([clock.now()]);
});

it('a grant whose token had ended is named as soon as it is renewed, once', async () => {
  const { take, world } = await rig(REFRESHED);
  expect(await take(true, 0)).toMatchObject({ name: 'beta', account: ANA, site: beta, pausedAt: null });
  expect(world.asked).toBe(1);
});

it('a grant that could not be renewed at once is named when it is, however late', async () => {
  const { take, current, refresh, world, naming } = await rig(LATER);
  expect(await take(true, 0)).toMatchObject({ account: { id: '' }, site: null });
  expect(world.asked).toBe(0);
  await refresh(current().id);
  await settle();
  expect(current()).toMatchObject({ name: 'beta', account: ANA, site: beta });
  await refresh(current().id);
  await settle();
  expect(world.asked).toBe(1);
  await naming.dispose();
});
