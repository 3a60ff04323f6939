import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ConnectionView } from '../../../contract/connection.ts';
import type { ConnectionId, ProviderId, SignInId } from '../../../contract/ids.ts';
import type { KeychainStatus } from '../../../contract/status.ts';
import { createConnections } from '../../../main/connections/connections.ts';
import type { Fetch } from '../../../main/lib/bounded-fetch.ts';
import { disposable } from '../../../main/lib/disposable.ts';
import { Emitter } from '../../../main/lib/emitter.ts';
import { fail, ok } from '../../../main/lib/result.ts';
import type { ProviderDefinition } from '../../../main/providers/definition.ts';
import { readBundled } from './bundled.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { memoryStore } from '../../fakes/memory-store.ts';
import { acme, beta, signedIn } from './sample.ts';
import type { SignInView } from '../../../contract/sign-in.ts';
import type { SignedIn } from '../../../main/signin/ports.ts';

const DAY = 86_400_000;
const ATLASSIAN = 'atlassian' as ProviderId;

/** The real service over the real store in memory. */
function rig({ answer = () => Response.json({}) }: { answer?: (url: string) => Response } = {}) {
  const clock = new FakeClock();
  const store = memoryStore({ clock });
  const definitions = new Map<string, ProviderDefinition>([
    [ATLASSIAN, readBundled()],
    ['other', { ...readBundled(), id: 'other' as ProviderId, name: 'Other' }],
  ]);
  const refreshes = new Emitter<{ id: ConnectionId; outcome: null }>();
  const keychain = new Emitter<KeychainStatus>();
  const definitionsChanged = new Emitter<void>();
  const clientsChanged = new Emitter<void>();
  const requests: { url: string; body: string }[] = [];
  const rescheduled: ConnectionId[] = [];
  const fetch: Fetch = (url, init) => {
    requests.push({
      url: String(url),
      body: init?.body === undefined ? '' : String(init.body),
    });
    return Promise.resolve(answer(String(url)));
  };
  const connections = createConnections({
    boundTo: () => ok(null),
    store: {
      connections: store.connections,
      activity: store.activity,
      settings: store.settings,
      grants: store.grants,
      vault: {
        ...store.vault,
        status: { state: 'ready' },
        onStatus: keychain.event,
        open: () => Promise.resolve(ok(undefined)),
        encrypt: () => fail('internal', ''),
        decrypt: () => fail('internal', ''),
      },
    },
    network: { isUnverified: () => false, onChange: () => disposable(() => undefined), pinned: () => fetch },
    registry: {
      folder: '/nowhere',
      onChange: definitionsChanged.event,
      list: () => [],
      problems: () => [],
      reload: () => undefined,
      parse: () => ({ ok: false, faults: [] }),
      origin: () => ({ bundled: true, file: null }),
      get: (id) => {
        const definition = definitions.get(id);
        return definition ? ok(definition) : fail('not-found', `There is no provider ${id}.`);
      },
    },
    clients: {
      get: (id) => ({
        id,
        provider: ATLASSIAN,
        name: 'My app',
        clientId: 'app',
        hasSecret: true,
        redirectUri: 'http://127.0.0.1:7979/callback',
        origin: 'user',
        createdAt: 0,
      }),
      secret: () => ok('client-secret'),
      onChange: clientsChanged.event,
    },
    refresher: {
      freshTokens: (id) => Promise.resolve(store.connections.tokens(id)),
      refresh: () => Promise.resolve(ok({ kind: 'gone', reason: 'x' })),
      refreshingSince: () => null,
      trouble: () => null,
      onChange: refreshes.event,
    },
    scheduler: { nextRefreshAt: () => clock.now() + 1000, changed: (id) => void rescheduled.push(id) },
    clock,
    fetch,
    newId: () => randomUUID() as ConnectionId,
  });
  const told: string[] = [];
  const nameOf = (id: ConnectionId): string => store.connections.get(id)?.name ?? 'removed';
  connections.onChange((id) => told.push(`changed ${nameOf(id)}`));
  connections.onRemoved((id) => told.push(`removed ${nameOf(id)}`));
  connections.onActiveChanged((provider) => told.push(`active ${provider}`));
  const adopt = async (change: Partial<SignedIn> = {}): Promise<ConnectionId> => {
    const adopted = await connections.saveSignedIn(signedIn(clock.now(), change));
    if (!adopted.ok) throw new Error(adopted.error.message);
    return adopted.value;
  };
  return {
    clock,
    store,
    connections,
    told,
    adopt,
    requests,
    refreshes,
    keychain,
    definitions,
    definitionsChanged,
    clientsChanged,
    rescheduled,
  };
}

const nameOf = (result: {
  ok: boolean;
  value?: { name: string };
  error?: { code: string };
}): string | undefined => result.value?.name ?? result.error?.code;

it('tells nothing any more once it is disposed', async () => {
  const { store, connections, adopt, told, refreshes, keychain, definitionsChanged, clientsChanged } = rig();
  const id = await adopt();
  await connections.dispose();
  told.length = 0;
  refreshes.emit({ id, outcome: null });
  keychain.emit({ state: 'unavailable', error: { code: 'keychain-key-lost', message: 'Gone.' } });
  definitionsChanged.emit();
  clientsChanged.emit();
  store.settings.set({ refreshingPaused: true });
  expect(told).toEqual([]);
});

describe('adopt', () => {
  it('stores a new connection, active when it is the provider’s first, named after its site', async () => {
    const { connections, adopt, told, store, rescheduled } = rig();
    const id = await adopt();
    const view = connections.view(id);
    expect(view).toMatchObject({ value: { name: 'acme', active: true, status: { state: 'connected' } } });
    expect(view.ok && ConnectionView.parse(view.value)).toBeTruthy();
    expect(JSON.stringify(view)).not.toMatch(/access-1|refresh-1/);
    expect(told).toEqual(['changed acme', 'active atlassian']);
    expect(rescheduled).toEqual([id]);
    expect(store.activity.list({ limit: 1 })).toMatchObject([{ event: 'connection.added', connection: id }]);
  });

  it.each([
    [['read', 'openid', 'offline_access'], { state: 'connected' }, []],
    [['read', 'openid', 'write'], { state: 'missing-scope', scopes: ['write'] }, ['write']],
  ])(
    'tells of %j, with “read” granted, the same in its state and beside it',
    async (requestedScopes, status, missing) => {
      const { connections, adopt } = rig();
      const id = await adopt({ requestedScopes, grantedScopes: ['read'] });
      expect(connections.view(id)).toMatchObject({ value: { status, missingScopes: missing } });
    },
  );

  it.each([
    ['classic scopes alone', ['read:confluence-content.all', 'read:confluence-space.summary'], 2],
    ['one that has a successor', ['read:confluence-content.all', 'read:page:confluence'], 0],
    ['the other one without', ['read:confluence-space.summary', 'read:page:confluence'], 1],
    ['scopes that still work', ['read:jira-work', 'read:confluence-user'], 0],
    ['nothing known', [], 0],
  ])('says that permissions open nothing any more: %s', async (_, grantedScopes, count) => {
    const { connections, adopt } = rig();
    const id = await adopt({ grantedScopes, requestedScopes: grantedScopes });
    const view = connections.view(id);
    const notice = view.ok ? view.value.notice : undefined;
    expect(view.ok && ConnectionView.parse(view.value).notice).toEqual(notice);
    const named = grantedScopes.filter((scope) => notice?.message.includes(scope));
    expect(named).toHaveLength(count);
    if (count > 0)
      expect(notice?.hint).toMatch(
        /Allow .* under “Confluence API › Granular scopes”.*reconnect .*acme.* --scopes "/,
      );
    else expect(notice).toBeUndefined();
  });

  it('makes names unique, whatever their case, and takes the name that was wished for', async () => {
    const { connections, adopt } = rig();
    await adopt();
    await adopt({ name: 'ACME' });
    await adopt({ site: { ...acme, name: 'Ácme\n\u202e' } });
    await adopt({ site: null, name: null });
    await adopt({ name: ' work ' });
    expect(connections.list().map(({ name }) => name)).toEqual(['acme', 'ACME 2', 'Ácme', 'Ana', 'work']);
  });

  it('falls back to the provider where names lack, and refuses a bad one that was typed', async () => {
    const { connections, adopt, clock } = rig();
    await adopt({ site: null, account: { id: '1', name: '', email: null, pictureUrl: null } });
    expect(connections.list().map(({ name }) => name)).toEqual(['Atlassian Cloud']);
    expect(await connections.saveSignedIn(signedIn(clock.now(), { name: 'a\nb' }))).toMatchObject({
      error: { code: 'invalid-input' },
    });
  });

  it('keeps name, id and place of what it reconnects, and its site when it is still covered', async () => {
    const { connections, adopt, store, told } = rig();
    await adopt({ name: 'first' });
    const id = await adopt({ name: 'mine', site: beta });
    connections.use(id);
    store.connections.update(id, { condition: { kind: 'gone', since: 0, reason: '' } });
    told.length = 0;
    expect(await adopt({ reconnects: id, name: 'other', site: null, grantedScopes: ['read', 'write'] })).toBe(
      id,
    );
    expect(connections.view(id)).toMatchObject({
      value: {
        name: 'mine',
        active: true,
        site: beta,
        scopes: ['read', 'write'],
        status: { state: 'connected' },
      },
    });
    expect(store.connections.get(id)?.generation).toBe(2);
    expect(told).toEqual(['changed mine']);
  });

  it('becomes a new connection when the one to reconnect was removed meanwhile', async () => {
    const { connections, adopt } = rig();
    const id = await adopt();
    await connections.remove(id, false);
    const again = await adopt({ reconnects: id });
    expect(again).not.toBe(id);
    expect(connections.list()).toHaveLength(1);
  });
});

describe('resolve', () => {
  it('finds by id, and by name without case', async () => {
    const { connections, adopt } = rig();
    const id = await adopt({ name: 'Straße' });
    for (const reference of [id, 'Straße', 'STRASSE', ' straße '])
      expect(connections.resolve(reference)).toMatchObject({ value: { id } });
  });

  it('says which there are when there is none', async () => {
    const { connections, adopt } = rig();
    expect(connections.resolve('x')).toMatchObject({
      error: { code: 'not-found', hint: 'Connect an account: `tokentray connect atlassian`.' },
    });
    await adopt();
    const refused = connections.resolve(`nope\n${'x'.repeat(20_000)}`);
    expect(refused).toMatchObject({ error: { code: 'not-found', hint: 'There is “acme”.' } });
    expect(JSON.stringify(refused).length).toBeLessThan(300);
  });

  it('without a reference gives the active one, if one provider has one', async () => {
    const { connections, adopt } = rig();
    expect(connections.resolve(undefined)).toMatchObject({ error: { code: 'not-found' } });
    await adopt();
    await adopt({ name: 'second' });
    expect(nameOf(connections.resolve(undefined))).toBe('acme');
    await adopt({ provider: 'other' as ProviderId, name: 'third' });
    expect(connections.resolve(undefined)).toMatchObject({
      error: { code: 'ambiguous', hint: 'Name one: “acme”, “third”.' },
    });
  });
});

describe('a connection', () => {
  it('is made active', async () => {
    const { connections, adopt, told } = rig();
    await adopt();
    await adopt({ name: 'second' });
    told.length = 0;
    expect(connections.use('second')).toMatchObject({ value: { name: 'second', active: true } });
    expect(told).toEqual(['changed acme', 'changed second', 'active atlassian']);
    connections.use('second');
    expect(told).toHaveLength(3);
  });

  it('leaves a line in the activity of each change', async () => {
    const { connections, adopt, store } = rig();
    await adopt();
    await adopt({ name: 'second' });
    connections.use('second');
    connections.rename('second', 'Zweite');
    connections.pause('Zweite', true);
    connections.pause('Zweite', false);
    expect(store.activity.list({ limit: 4 }).map(({ message }) => message)).toEqual([
      'Refreshing “Zweite” was resumed.',
      'Refreshing “Zweite” was paused.',
      '“second” was renamed to “Zweite”.',
      '“second” is now the active connection.',
    ]);
  });

  it('is renamed, but not to a name that is taken or misleading', async () => {
    const { connections, adopt } = rig();
    await adopt();
    await adopt({ name: 'second' });
    expect(connections.rename('second', ' Zweite ')).toMatchObject({ value: { name: 'Zweite' } });
    expect(nameOf(connections.rename('Zweite', 'ACME'))).toBe('conflict');
    expect(nameOf(connections.rename('Zweite', 'a\u202eb'))).toBe('invalid-input');
    expect(nameOf(connections.rename('nobody', 'x'))).toBe('not-found');
    expect(connections.rename('zweite', 'zweite')).toMatchObject({ value: { name: 'zweite' } });
  });

  it('moves to another of its sites only', async () => {
    const { connections, adopt } = rig();
    await adopt();
    expect(connections.setSite('acme', 'https://beta.atlassian.net')).toMatchObject({
      value: { site: beta },
    });
    expect(nameOf(connections.setSite('acme', 'gamma'))).toBe('not-found');
  });

  it('shows the addresses at which its token works, of the site that is chosen', async () => {
    const { connections, adopt } = rig();
    const id = await adopt();
    const addressesOf = (cloudId: string) => [
      { id: 'jira', name: 'Jira', url: `https://api.atlassian.com/ex/jira/${cloudId}` },
      { id: 'confluence', name: 'Confluence', url: `https://api.atlassian.com/ex/confluence/${cloudId}` },
    ];
    expect(connections.view(id)).toMatchObject({ value: { apis: addressesOf(acme.cloudId) } });
    expect(connections.setSite('acme', 'beta')).toMatchObject({
      value: { apis: addressesOf(beta.cloudId) },
    });
  });

  it('says what the keychain says when its token has ended and cannot be read', async () => {
    const { connections, adopt, clock, keychain } = rig();
    const id = await adopt();
    const locked = {
      state: 'unavailable',
      error: { code: 'keychain-locked', message: 'locked', hint: 'unlock' },
    };
    keychain.emit(locked as KeychainStatus);
    expect(connections.view(id)).toMatchObject({ value: { status: { state: 'connected' } } });
    clock.advance(24 * 3_600_000);
    expect(connections.view(id)).toMatchObject({
      value: { status: { state: 'needs-reconnect', fault: 'storage', reason: 'locked', hint: 'unlock' } },
    });
  });

  it('has no addresses without a site', async () => {
    const { connections, adopt } = rig();
    const id = await adopt({ site: null });
    expect(connections.view(id)).toMatchObject({ value: { apis: [] } });
  });

  it('is paused and resumed', async () => {
    const { connections, adopt, clock, rescheduled } = rig();
    const id = await adopt();
    const since = new Date(clock.now()).toISOString();
    connections.pause('acme', true);
    clock.advance(1000);
    expect(connections.pause('acme', true)).toMatchObject({ value: { status: { state: 'paused', since } } });
    expect(connections.pause('acme', false)).toMatchObject({ value: { status: { state: 'connected' } } });
    expect(rescheduled).toEqual([id, id, id, id]);
  });

  it('shows a sign-in that reconnects it, until that ends', async () => {
    const { connections, adopt, told } = rig();
    const id = await adopt();
    const changes = new Emitter<SignInView>();
    const signIn: SignInView = {
      id: randomUUID() as SignInId,
      provider: ATLASSIAN,
      providerName: 'Atlassian Cloud',
      reconnects: id,
      startedAt: new Date(0).toISOString(),
      stage: { stage: 'exchanging', notice: null },
    };
    let current = signIn;
    connections.attachSignIns({ list: () => [current], onChange: changes.event });
    told.length = 0;
    changes.emit(signIn);
    expect(told).toEqual(['changed acme']);
    expect(connections.view(id)).toMatchObject({
      value: { status: { state: 'connecting', signIn: signIn.id } },
    });
    current = { ...signIn, stage: { stage: 'failed', error: { code: 'cancelled', message: '' } } };
    expect(connections.view(id)).toMatchObject({ value: { status: { state: 'connected' } } });
  });

  it('is paused and told of with all the others', async () => {
    const { connections, adopt, told, store } = rig();
    await adopt();
    await adopt({ name: 'fixed', tokens: { ...signedIn(0).tokens, expiresAt: null, refreshToken: null } });
    told.length = 0;
    store.settings.set({ theme: 'dark' });
    expect(told).toEqual([]);
    store.settings.set({ refreshingPaused: true });
    expect(told.sort()).toEqual(['changed acme', 'changed fixed']);
    const states = () => connections.list().map(({ name, status }) => `${name} ${status.state}`);
    expect(states().sort()).toEqual(['acme paused', 'fixed connected']);
    store.settings.set({ refreshingPaused: false });
    expect(told).toHaveLength(4);
    expect(states().sort()).toEqual(['acme connected', 'fixed connected']);
  });

  it('is told of when provider definitions or OAuth clients change', async () => {
    const { connections, adopt, told, definitions, definitionsChanged, clientsChanged } = rig();
    const id = await adopt();
    told.length = 0;
    definitions.set(ATLASSIAN, { ...readBundled(), name: 'Our Atlassian' });
    definitionsChanged.emit();
    clientsChanged.emit();
    expect(told).toEqual(['changed acme', 'changed acme']);
    expect(connections.view(id)).toMatchObject({ value: { providerName: 'Our Atlassian' } });
  });

  it('is told of when time alone changes its state, by one timer', async () => {
    const { connections, adopt, told, clock } = rig();
    const days = (count: number): number => clock.now() + count * DAY;
    const fixed = (name: string, expiresAt: number) => ({
      name,
      tokens: { ...signedIn(clock.now()).tokens, expiresAt, refreshToken: null },
    });
    await adopt(fixed('before', days(8)));
    await adopt({ name: 'renewed' });
    const following = connections.attachSignIns({
      list: () => [],
      onChange: new Emitter<SignInView>().event,
    });
    await adopt(fixed('after', days(9)));
    const removed = await adopt(fixed('removed', days(8)));
    await connections.remove(removed, false);
    told.length = 0;
    expect(clock.pendingTimers).toBe(1);

    const stateOf = (name: string) => connections.list().find((view) => view.name === name)?.status.state;
    const after = (ms: number): string[] => {
      clock.advance(ms);
      return told.splice(0);
    };
    expect(after(DAY - 1)).toEqual([]);
    expect(after(1)).toEqual(['changed before']);
    expect(stateOf('before')).toBe('expiring');
    expect(after(DAY)).toEqual(['changed after']);
    // A sleep: the wall clock goes on, and timers do not.
    clock.setNow(clock.now() + 6 * DAY + DAY / 2);
    expect(after(30_000)).toEqual(['changed before']);
    expect(stateOf('before')).toBe('needs-reconnect');
    expect(after(DAY)).toEqual(['changed after']);
    expect(clock.pendingTimers).toBe(0);
    await following.dispose();
  });

  it('is told of when it is refreshed, and when the key is lost', async () => {
    const { connections, adopt, told, refreshes, keychain } = rig();
    const id = await adopt();
    told.length = 0;
    refreshes.emit({ id, outcome: null });
    keychain.emit({ state: 'unavailable', error: { code: 'keychain-key-lost', message: '' } });
    expect(connections.view(id)).toMatchObject({
      value: { status: { state: 'needs-reconnect', fault: 'key-lost' } },
    });
    keychain.emit({ state: 'ready' });
    expect(connections.view(id)).toMatchObject({ value: { status: { state: 'connected' } } });
    expect(told).toEqual(['changed acme', 'changed acme', 'changed acme']);
  });
});

describe('remove', () => {
  it('forgets it, makes the next one active, and asks nobody unless told to', async () => {
    const { connections, adopt, told, requests } = rig();
    const id = await adopt();
    await adopt({ name: 'second' });
    told.length = 0;
    expect(await connections.remove('acme', false)).toEqual(
      ok({ id, revocation: 'not-asked', manageUrl: 'https://id.atlassian.com/manage-profile/apps' }),
    );
    expect(nameOf(connections.resolve(undefined))).toBe('second');
    expect(told).toEqual(['removed removed', 'changed second', 'active atlassian']);
    expect(requests).toEqual([]);
  });

  it('asks once to revoke the refresh token, after it is forgotten', async () => {
    let leftThen = -1;
    const { connections, adopt, requests, store } = rig({
      answer: () => {
        leftThen = store.connections.list().length;
        return new Response('', { status: 200 });
      },
    });
    await adopt();
    expect(await connections.remove('acme', true)).toMatchObject({ value: { revocation: 'accepted' } });
    expect(leftThen).toBe(0);
    expect(requests).toHaveLength(1);
    expect(requests[0]?.url).toBe('https://auth.atlassian.com/oauth/revoke');
    expect(requests[0]?.body).toContain('token=refresh-1');
  });

  it('is done although the provider fails', async () => {
    const { connections, adopt } = rig({ answer: () => new Response('', { status: 503 }) });
    await adopt();
    expect(await connections.remove('acme', true)).toMatchObject({ value: { revocation: 'failed' } });
    expect(connections.list()).toEqual([]);
  });
});

describe('test', () => {
  it('tries the credential and tells each result', async () => {
    const { connections, adopt } = rig({
      answer: (url) =>
        url.endsWith('/me')
          ? Response.json({ account_id: 'ana', name: 'Ana' })
          : new Response('', { status: 403 }),
    });
    const scopes = ['read:me', 'read:jira-user'];
    await adopt({ grantedScopes: scopes, requestedScopes: scopes });
    expect(await connections.test(undefined)).toMatchObject({
      value: {
        ok: false,
        connection: { name: 'acme' },
        results: [
          { check: 'Profile', ok: true },
          { check: 'Jira', ok: false },
        ],
      },
    });
  });
});

describe('credentials', () => {
  it('are the token and the addresses at which it works', async () => {
    const { connections, adopt, store } = rig();
    const id = await adopt();
    expect(await connections.readCredentials(id, 0)).toMatchObject({
      value: {
        accessToken: 'access-1',
        header: { name: 'authorization', value: 'Bearer access-1' },
        apis: [
          { id: 'jira', url: `https://api.atlassian.com/ex/jira/${acme.cloudId}` },
          { id: 'confluence', url: `https://api.atlassian.com/ex/confluence/${acme.cloudId}` },
        ],
      },
    });
    expect(connections.maskedCredentials(store.connections.get(id)!, '••••')).toMatchObject({
      accessToken: '••••',
      header: { name: 'authorization', value: 'Bearer ••••' },
      apis: [{ id: 'jira' }, { url: `https://api.atlassian.com/ex/confluence/${acme.cloudId}` }],
    });
  });
});
