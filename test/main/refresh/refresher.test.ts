import { describe, expect, it } from 'vitest';
import { fail } from '../../../main/lib/result.ts';
import { withDisk } from './full-disk.ts';
import { settle } from '../../fakes/fake-clock.ts';
import { definition, Rig } from './rig.ts';

const MINUTE = 60_000;

describe('refresh', () => {
  it('stores the new token set and tells begin and end', async () => {
    const rig = new Rig();
    const id = rig.connect();
    const before = rig.tokens(id);
    rig.clock.advance(55 * MINUTE);
    const outcome = await rig.refresher.refresh(id);
    expect(outcome).toEqual({
      ok: true,
      value: { kind: 'refreshed', expiresAt: rig.clock.now() + 60 * MINUTE },
    });
    const after = rig.tokens(id);
    expect(after.accessToken).not.toBe(before.accessToken);
    expect(after.refreshToken).not.toBe(before.refreshToken);
    expect(rig.record(id)).toMatchObject({ condition: { kind: 'ok' }, lastRefreshAt: rig.clock.now() });
    expect(rig.store.connections.attempt(id)).toBeNull();
    expect(rig.told).toEqual(['begin', 'refreshed']);
    expect(Object.fromEntries(rig.server.requests[0]!)).toEqual({
      grant_type: 'refresh_token',
      refresh_token: before.refreshToken,
      client_id: 'app',
      client_secret: 'client-secret',
    });
  });

  it('serves 50 callers with one request', async () => {
    const rig = new Rig();
    const id = rig.connect();
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => rig.refresher.refresh(id)));
    expect(new Set(outcomes).size).toBe(1);
    expect(rig.server.requests).toHaveLength(1);
  });

  it('says since when it refreshes, and journals before it sends', async () => {
    const rig = new Rig();
    const id = rig.connect();
    const release = rig.hold();
    const refreshing = rig.refresher.refresh(id);
    await settle();
    expect(rig.refresher.refreshingSince(id)).toBe(rig.clock.now());
    expect(rig.store.connections.attempt(id)).toMatchObject({ startedAt: rig.clock.now(), generation: 1 });
    expect(JSON.stringify(rig.store.connections.attempt(id))).not.toContain(rig.tokens(id).refreshToken);
    release();
    await refreshing;
    expect(rig.refresher.refreshingSince(id)).toBeNull();
  });

  it('has at most four requests under way at a token endpoint', async () => {
    const rig = new Rig();
    const ids = Array.from({ length: 20 }, (_, index) => rig.connect(`acme ${index}`));
    const release = rig.hold();
    const all = Promise.all(ids.map((id) => rig.refresher.refresh(id)));
    await settle();
    expect(rig.server.inFlight).toBe(4);
    expect(ids.filter((id) => rig.refresher.refreshingSince(id) !== null)).toHaveLength(4);
    release();
    expect((await all).every((result) => result.ok && result.value.kind === 'refreshed')).toBe(true);
    expect(rig.server.mostInFlight).toBe(4);
  });

  it('keeps the refresh token and the scopes when the answer has none', async () => {
    const rig = new Rig();
    const id = rig.connect();
    const before = rig.tokens(id);
    rig.server.faults.push({ kind: 'members', members: { refresh_token: undefined, scope: undefined } });
    await rig.refresher.refresh(id);
    expect(rig.tokens(id)).toMatchObject({ refreshToken: before.refreshToken, scopes: before.scopes });
    expect(rig.tokens(id).accessToken).not.toBe(before.accessToken);
  });

  it('repeats the redirect URI where the provider wants it', async () => {
    const rig = new Rig();
    rig.definition = definition({ repeatRedirectUri: true });
    await rig.refresher.refresh(rig.connect());
    expect(rig.server.requests[0]?.get('redirect_uri')).toBe(rig.client.redirectUri);
  });

  it('refreshes a paused connection when told to', async () => {
    const rig = new Rig();
    const id = rig.connect();
    rig.store.connections.update(id, { pausedAt: rig.clock.now() });
    expect(await rig.refresher.refresh(id)).toMatchObject({ value: { kind: 'refreshed' } });
  });

  it('refuses what cannot be refreshed', async () => {
    const rig = new Rig();
    const id = rig.connect('acme', (tokens) => ({ ...tokens, refreshToken: null }));
    expect(await rig.refresher.refresh(id)).toMatchObject({ error: { code: 'unsupported' } });
    rig.store.connections.remove(id);
    expect(await rig.refresher.refresh(id)).toMatchObject({ error: { code: 'not-found' } });
    expect(rig.server.requests).toHaveLength(0);
  });
});

describe('an answer that came after a new sign-in', () => {
  it.each([
    ['tokens', null],
    ['“gone”', { kind: 'answer', status: 403, body: '{"error":"unauthorized_client"}' }],
    ['a failure', { kind: 'answer', status: 503, body: 'x' }],
  ] as const)('changes nothing: %s', async (_, fault) => {
    const rig = new Rig();
    const id = rig.connect();
    const release = rig.hold();
    const refreshing = rig.refresher.refresh(id);
    await settle();
    const signedIn = rig.reconnect(id);
    const after = rig.record(id);
    if (fault) rig.server.faults.push(fault);
    release();
    expect(await refreshing).toEqual({
      ok: true,
      value: { kind: 'refreshed', expiresAt: signedIn.expiresAt },
    });
    expect(rig.tokens(id)).toEqual(signedIn);
    expect(rig.record(id)).toEqual(after);
    expect(rig.events(id)).toEqual([]);
  });

  it('also when it waited in line: nothing is spent', async () => {
    const rig = new Rig();
    const release = rig.hold();
    const first = Array.from({ length: 4 }, (_, index) =>
      rig.refresher.refresh(rig.connect(`acme ${index}`)),
    );
    const id = rig.connect('late');
    const waiting = rig.refresher.refresh(id);
    await settle();
    const signedIn = rig.reconnect(id);
    release();
    await Promise.all(first);
    expect(await waiting).toMatchObject({ value: { kind: 'refreshed', expiresAt: signedIn.expiresAt } });
    expect(rig.server.requests).toHaveLength(4);
  });

  it('is dropped when the connection was removed', async () => {
    const rig = new Rig();
    const id = rig.connect();
    const release = rig.hold();
    const refreshing = rig.refresher.refresh(id);
    await settle();
    rig.store.connections.remove(id);
    release();
    expect(await refreshing).toMatchObject({ error: { code: 'not-found' } });
    expect(rig.logged).toEqual([]);
  });

  it('is kept for a connection that was removed meanwhile and may be put back', async () => {
    const rig = new Rig();
    const id = rig.connect();
    const release = rig.hold();
    const refreshing = rig.refresher.refresh(id);
    await settle();
    const before = rig.tokens(id);
    rig.store.connections.setAside(id, rig.clock.now());
    release();
    expect(await refreshing).toMatchObject({ error: { code: 'not-found' } });
    expect(await rig.refresher.refresh(id)).toMatchObject({ error: { code: 'not-found' } });
    expect(rig.server.requests).toHaveLength(1);
    rig.store.connections.putBack(id, 'acme');
    expect(rig.tokens(id).refreshToken).not.toBe(before.refreshToken);
    expect(await rig.refresher.refresh(id)).toMatchObject({ value: { kind: 'refreshed' } });
    expect(rig.events(id)).toEqual(['refresh.refreshed']);
  });
});

describe('failures', () => {
  it('stay quiet: one line when it goes offline, one when it returns', async () => {
    const rig = new Rig();
    const id = rig.connect();
    rig.server.always = { kind: 'refused' };
    for (let hour = 0; hour < 24; hour += 1) {
      await rig.refresher.refresh(id);
      rig.clock.advance(60 * MINUTE);
    }
    expect(rig.record(id).condition).toMatchObject({ kind: 'transient', failures: 24, answered: false });
    rig.server.always = { kind: 'answer', status: 500, body: '' };
    await rig.refresher.refresh(id);
    expect(rig.record(id).condition).toMatchObject({ kind: 'transient', answered: true });
    rig.clock.advance(60 * MINUTE);
    rig.server.always = null;
    await rig.refresher.refresh(id);
    expect(rig.events(id)).toEqual(['refresh.offline', 'refresh.recovered']);
    expect(rig.logged).toEqual([
      { level: 'warn', event: 'refresh.offline' },
      { level: 'info', event: 'refresh.recovered' },
    ]);
    expect(rig.record(id).condition).toEqual({ kind: 'ok' });
  });

  it('end the connection only on the provider’s own word, and then nothing is sent any more', async () => {
    const rig = new Rig();
    const id = rig.connect();
    const before = rig.tokens(id);
    rig.server.revoke(rig.grantOf(id));
    expect(await rig.refresher.refresh(id)).toMatchObject({ value: { kind: 'gone' } });
    expect(rig.record(id).condition).toMatchObject({ kind: 'gone', since: rig.clock.now() });
    expect(rig.tokens(id)).toEqual(before);
    expect(rig.store.connections.attempt(id)).toBeNull();
    await rig.refresher.refresh(id);
    expect(rig.server.requests).toHaveLength(1);
    expect(rig.events(id)).toEqual(['refresh.gone']);
  });

  it('of the app registration are said once, and mended by trying again', async () => {
    const rig = new Rig();
    const id = rig.connect();
    rig.server.always = { kind: 'answer', status: 401, body: '{"error":"access_denied"}' };
    await rig.refresher.refresh(id);
    rig.clock.advance(MINUTE);
    expect(await rig.refresher.refresh(id)).toMatchObject({ value: { kind: 'misconfigured' } });
    expect(rig.record(id).condition).toMatchObject({
      kind: 'misconfigured',
      since: rig.clock.now() - MINUTE,
    });
    expect(rig.events(id)).toEqual(['refresh.misconfigured']);
    rig.server.always = null;
    expect(await rig.refresher.refresh(id)).toMatchObject({ value: { kind: 'refreshed' } });
  });

  it('name a client or a provider that is not there any more', async () => {
    const rig = new Rig();
    const id = rig.connect();
    rig.clientIsThere = false;
    expect(await rig.refresher.refresh(id)).toMatchObject({
      value: { kind: 'misconfigured', reason: 'its OAuth client no longer exists.' },
    });
    expect(rig.server.requests).toHaveLength(0);
    expect(rig.store.connections.attempt(id)).toBeNull();
  });

  it('honour Retry-After', async () => {
    const rig = new Rig();
    const id = rig.connect();
    rig.server.faults.push({ kind: 'answer', status: 429, body: '{}', headers: { 'retry-after': '1200' } });
    expect(await rig.refresher.refresh(id)).toMatchObject({
      value: { kind: 'transient', retryAt: rig.clock.now() + 20 * MINUTE, askedToWait: true },
    });
  });

  it('say nothing secret', async () => {
    const rig = new Rig();
    const id = rig.connect();
    const { refreshToken } = rig.tokens(id);
    const body = JSON.stringify({
      error: 'server_error',
      error_description: `no ${refreshToken} client-secret`,
    });
    rig.server.faults.push({ kind: 'answer', status: 500, body });
    const outcome = JSON.stringify(await rig.refresher.refresh(id));
    const kept = JSON.stringify([rig.record(id), rig.store.activity.list({ limit: 10 })]);
    for (const text of [outcome, kept]) {
      expect(text).not.toContain(refreshToken);
      expect(text).not.toContain('client-secret');
    }
  });
});

describe('a lost answer', () => {
  it('is asked for again at once, with the same refresh token, within the reuse window', async () => {
    const rig = new Rig();
    const id = rig.connect();
    const { refreshToken } = rig.tokens(id);
    rig.server.faults.push({ kind: 'lost' });
    const lost = await rig.refresher.refresh(id);
    expect(lost).toMatchObject({ value: { kind: 'transient', retryAt: rig.clock.now() + 1500 } });
    const startedAt = rig.clock.now();
    rig.clock.advance(1500);
    rig.server.faults.push({ kind: 'refused' });
    await rig.refresher.refresh(id);
    expect(rig.store.connections.attempt(id)).toMatchObject({ startedAt });
    expect(await rig.refresher.refresh(id)).toMatchObject({ value: { kind: 'refreshed' } });
    expect(rig.server.requests.map((request) => request.get('refresh_token'))).toEqual([
      refreshToken,
      refreshToken,
      refreshToken,
    ]);
    expect(rig.server.violations).toEqual([]);
    expect(rig.store.connections.attempt(id)).toBeNull();
  });

  it.each([
    ['lost', { kind: 'lost' }],
    ['cut', { kind: 'garbled', status: 200, body: '{"access_token":"a' }],
    ['without an access token', { kind: 'garbled', status: 200, body: '{"token_type":"Bearer"}' }],
    ['a page of a gateway', { kind: 'garbled', status: 502, body: '<html>' }],
  ] as const)('is asked for again once in the window, and once after it: %s', async (_, fault) => {
    const rig = new Rig();
    const id = rig.connect();
    const { refreshToken } = rig.tokens(id);
    rig.server.always = fault;
    const sentAt: number[] = [];
    const start = rig.clock.now();
    // However often anybody asks, and though the app ends and starts meanwhile.
    for (let second = 0; second < 35 * 60; second += 2) {
      const before = rig.server.requests.length;
      if (second % 100 === 50) rig.start();
      await rig.refresher.refresh(id);
      if (rig.server.requests.length > before) sentAt.push((rig.clock.now() - start) / 1000);
      rig.clock.advance(2000);
    }
    expect(sentAt).toEqual([0, 2, 600]);
    rig.clock.advance(30 * MINUTE);
    rig.server.always = null;
    await rig.refresher.refresh(id);
    expect(rig.server.requests.map((request) => request.get('refresh_token'))).toEqual(
      Array.from({ length: 4 }, () => refreshToken),
    );
    // The provider's word; it is used up by now.
    expect(rig.record(id).condition.kind).toBe('gone');
  });

  it('says why it waits, and since when, to who asks meanwhile', async () => {
    const rig = new Rig();
    const id = rig.connect();
    rig.clock.advance(61 * MINUTE);
    rig.server.always = { kind: 'garbled', status: 200, body: '{' };
    await rig.refresher.refresh(id);
    const replayed = await rig.refresher.refresh(id);
    const windowEnd = rig.clock.now() + 10 * MINUTE;
    expect(replayed).toMatchObject({
      value: { kind: 'transient', retryAt: windowEnd, askedToWait: true },
    });
    rig.clock.advance(MINUTE);
    rig.start();
    const { reason } = rig.record(id).condition as { reason: string };
    expect(await rig.refresher.refresh(id)).toEqual({
      ok: true,
      value: {
        kind: 'transient',
        code: 'temporary',
        reason: `${reason}; asking again too soon could end the sign-in`,
        retryAt: windowEnd,
        askedToWait: true,
      },
    });
    expect(await rig.refresher.freshTokens(id, 0)).toMatchObject({ error: { code: 'temporary' } });
    expect(rig.server.requests).toHaveLength(2);
  });

  it('is not sent once more because the clock was set back', async () => {
    const rig = new Rig();
    const id = rig.connect();
    rig.server.always = { kind: 'garbled', status: 200, body: '{' };
    await rig.refresher.refresh(id);
    await rig.refresher.refresh(id);
    rig.clock.setNow(rig.clock.now() - 60 * MINUTE);
    const windowEnd = rig.clock.now() + 10 * MINUTE;
    for (let look = 0; look < 3; look += 1) {
      expect(await rig.refresher.refresh(id)).toMatchObject({ value: { retryAt: windowEnd } });
      rig.clock.advance(MINUTE);
      rig.start();
    }
    expect(rig.server.requests).toHaveLength(2);
    rig.clock.advance(7 * MINUTE);
    await rig.refresher.refresh(id);
    expect(rig.server.requests).toHaveLength(3);
  });

  it('is asked for again by a replay that arrives; one that does not arrive does not count', async () => {
    const rig = new Rig();
    const id = rig.connect();
    rig.server.faults.push(
      { kind: 'lost' },
      { kind: 'refused' },
      { kind: 'answer', status: 429, body: '{}' },
      { kind: 'answer', status: 401, body: '{"error":"access_denied"}' },
    );
    for (let attempt = 0; attempt < 4; attempt += 1) await rig.refresher.refresh(id);
    expect(await rig.refresher.refresh(id)).toMatchObject({ value: { kind: 'refreshed' } });
    expect(rig.server.requests).toHaveLength(5);
  });

  it('is not waited for beyond the end of the reuse window', async () => {
    const rig = new Rig();
    const id = rig.connect();
    const startedAt = rig.clock.now();
    rig.server.faults.push({ kind: 'lost' });
    rig.server.always = { kind: 'refused' };
    const tries: number[] = [];
    while (rig.clock.now() < startedAt + 12 * MINUTE) {
      tries.push((rig.clock.now() - startedAt) / 1000);
      const result = await rig.refresher.refresh(id);
      if (!result.ok || result.value.kind !== 'transient') throw new Error('not transient');
      rig.clock.advance(result.value.retryAt - rig.clock.now());
    }
    expect(tries.some((second) => second >= 560 && second < 600)).toBe(true);
    expect(tries.length).toBeLessThan(10);
  });

  it('stays known through failures that say nothing of it', async () => {
    const rig = new Rig();
    const id = rig.connect();
    rig.server.faults.push(
      { kind: 'lost' },
      { kind: 'answer', status: 401, body: '{"error":"access_denied"}' },
      { kind: 'answer', status: 503, body: '{"error":"server_error"}' },
      { kind: 'refused' },
    );
    const startedAt = rig.clock.now();
    for (let attempt = 0; attempt < 4; attempt += 1) {
      await rig.refresher.refresh(id);
      rig.clock.advance(MINUTE);
      expect(rig.store.connections.attempt(id)).toMatchObject({ startedAt });
    }
  });

  it('after the window is tried for once and then known to be gone', async () => {
    const rig = new Rig();
    const id = rig.connect();
    rig.server.faults.push({ kind: 'lost' });
    await rig.refresher.refresh(id);
    rig.clock.advance(11 * MINUTE);
    const outcome = await rig.refresher.refresh(id);
    expect(outcome).toMatchObject({ value: { kind: 'gone' } });
    expect(JSON.stringify(outcome)).toContain('An earlier answer was lost');
    await rig.refresher.refresh(id);
    expect(rig.server.requests).toHaveLength(2);
  });

  it('is noticed after a crash', async () => {
    const rig = new Rig();
    const id = rig.connect();
    const { refreshToken } = rig.tokens(id);
    rig.hold();
    void rig.refresher.refresh(id);
    await settle();
    const journal = rig.store.connections.attempt(id);
    // The process ends here; the server has answered.
    rig.server.barrier = null;
    rig.clock.advance(9 * MINUTE);
    rig.start();
    expect(rig.store.connections.attempt(id)).toEqual(journal);
    expect(await rig.refresher.refresh(id)).toMatchObject({ value: { kind: 'refreshed' } });
    expect(rig.server.requests.at(-1)?.get('refresh_token')).toBe(refreshToken);
  });

  it('is ended by the wall clock when the machine slept', async () => {
    const rig = new Rig();
    const id = rig.connect();
    rig.hold();
    const refreshing = rig.refresher.refresh(id);
    await settle();
    rig.clock.setNow(rig.clock.now() + 60 * MINUTE);
    rig.clock.advance(1000);
    expect(await refreshing).toMatchObject({
      value: { kind: 'transient', code: 'offline', retryAt: rig.clock.now() + 1500 },
    });
    expect(rig.store.connections.attempt(id)).not.toBeNull();
  });
});

describe('a save that fails', () => {
  const fullDisk = (rig: Rig): (() => void) => {
    const disk = withDisk(rig.store, ['saveRefreshed', 'update']);
    disk.full(true);
    rig.start(disk.store);
    return () => {
      disk.full(false);
    };
  };

  it('is repeated without the request, and nobody gets the new token before', async () => {
    const rig = new Rig();
    const id = rig.connect();
    const before = rig.tokens(id);
    const heal = fullDisk(rig);
    rig.clock.advance(50 * MINUTE);
    expect(await rig.refresher.refresh(id)).toMatchObject({
      value: { kind: 'transient', code: 'temporary', retryAt: rig.clock.now() + 5000 },
    });
    expect(await rig.refresher.freshTokens(id, 30 * MINUTE)).toMatchObject({
      value: { accessToken: before.accessToken },
    });
    rig.clock.advance(11 * MINUTE);
    expect(await rig.refresher.freshTokens(id, 0)).toMatchObject({ error: { code: 'temporary' } });
    heal();
    expect(await rig.refresher.freshTokens(id, 0)).toMatchObject({ ok: true });
    expect(rig.tokens(id).accessToken).not.toBe(before.accessToken);
    expect(rig.server.requests).toHaveLength(1);
    expect(rig.events(id)).toHaveLength(2);
  });

  it('is repeated for a connection that was removed meanwhile, once it is put back', async () => {
    const rig = new Rig();
    const id = rig.connect();
    const before = rig.tokens(id);
    const heal = fullDisk(rig);
    await rig.refresher.refresh(id);
    rig.store.connections.setAside(id, rig.clock.now());
    heal();
    rig.store.connections.putBack(id, 'acme');
    await rig.refresher.idle();
    expect(rig.tokens(id).accessToken).not.toBe(before.accessToken);
    expect(rig.server.requests).toHaveLength(1);
  });

  it('is repeated when the app ends, for one that can still be put back', async () => {
    const rig = new Rig();
    const id = rig.connect();
    const before = rig.tokens(id);
    const heal = fullDisk(rig);
    const release = rig.hold();
    const refreshing = rig.refresher.refresh(id);
    await settle();
    rig.store.connections.setAside(id, rig.clock.now());
    release();
    await refreshing;
    heal();
    await rig.refresher.drain();
    rig.store.connections.putBack(id, 'acme');
    expect(rig.tokens(id).accessToken).not.toBe(before.accessToken);
  });

  it('is trouble that is shown, though nothing of it can be stored, until it is over', async () => {
    const rig = new Rig();
    const id = rig.connect();
    const heal = fullDisk(rig);
    let emitted = 0;
    rig.refresher.onChange(() => (emitted += 1));
    await rig.refresher.refresh(id);
    const trouble = {
      since: rig.clock.now(),
      failure: {
        code: 'io',
        message: 'The new token could not be stored: The disk is full.',
        hint: expect.stringContaining('space') as string,
      },
    };
    expect(rig.refresher.trouble(id)).toMatchObject(trouble);
    // It began, it ended, and what is shown changed.
    expect(emitted).toBe(3);
    expect(rig.store.activity.list({ limit: 1 })).toMatchObject([
      { message: expect.stringContaining('The disk is full. Tokentray keeps trying') as string },
    ]);
    rig.clock.advance(MINUTE);
    await rig.refresher.refresh(id);
    expect(rig.refresher.trouble(id)).toMatchObject(trouble);
    heal();
    await rig.refresher.refresh(id);
    expect(rig.refresher.trouble(id)).toBeNull();
  });

  it('is no trouble of a sign-in that came after it', async () => {
    const rig = new Rig();
    const id = rig.connect();
    const heal = fullDisk(rig);
    await rig.refresher.refresh(id);
    heal();
    rig.reconnect(id);
    expect(rig.refresher.trouble(id)).toBeNull();
  });

  it('is tried a last time when the app ends', async () => {
    const rig = new Rig();
    const id = rig.connect();
    const before = rig.tokens(id);
    const heal = fullDisk(rig);
    await rig.refresher.refresh(id);
    heal();
    await rig.refresher.drain();
    expect(rig.tokens(id).refreshToken).not.toBe(before.refreshToken);
  });

  it('never overwrites a sign-in that came meanwhile', async () => {
    const rig = new Rig();
    const id = rig.connect();
    const heal = fullDisk(rig);
    await rig.refresher.refresh(id);
    const signedIn = rig.reconnect(id);
    heal();
    await rig.refresher.refresh(id);
    expect(rig.tokens(id)).toEqual(signedIn);
  });

  it('leaves a sign-in alone that came while it waited for the disk', async () => {
    const rig = new Rig();
    const id = rig.connect();
    let signedIn = rig.tokens(id);
    rig.store.connections.saveRefreshed = () => {
      signedIn = rig.reconnect(id);
      return Promise.resolve(fail('io', 'The disk is full.'));
    };
    expect(await rig.refresher.refresh(id)).toMatchObject({ value: { kind: 'refreshed' } });
    expect(rig.record(id).condition).toEqual({ kind: 'ok' });
    await rig.refresher.drain();
    expect(rig.tokens(id)).toEqual(signedIn);
  });

  it('of the journal line sends nothing', async () => {
    const rig = new Rig();
    const id = rig.connect();
    rig.store.connections.beginAttempt = () => Promise.resolve(fail('io', 'The disk is full.'));
    expect(await rig.refresher.refresh(id)).toMatchObject({ error: { code: 'io' } });
    await rig.refresher.refresh(id);
    expect(rig.server.requests).toHaveLength(0);
    expect(rig.logged).toEqual([{ level: 'warn', event: 'refresh.not-possible' }]);
    expect(rig.refresher.trouble(id)).toMatchObject({
      failure: { code: 'io', message: 'The disk is full.' },
    });
  });
});

describe('freshTokens', () => {
  it('gives the stored token without a request while it lives long enough', async () => {
    const rig = new Rig();
    const id = rig.connect();
    rig.clock.advance(40 * MINUTE);
    expect(await rig.refresher.freshTokens(id, 10 * MINUTE)).toEqual({ ok: true, value: rig.tokens(id) });
    expect(rig.server.requests).toHaveLength(0);
  });

  it('refreshes once for 50 callers when the token would end too soon', async () => {
    const rig = new Rig();
    const id = rig.connect();
    rig.clock.advance(55 * MINUTE);
    const all = await Promise.all(
      Array.from({ length: 50 }, async () => rig.refresher.freshTokens(id, 10 * MINUTE)),
    );
    expect(rig.server.requests).toHaveLength(1);
    for (const given of all) expect(given).toEqual({ ok: true, value: rig.tokens(id) });
  });

  it('does not refresh at every call for somebody who asks for more than a token lives', async () => {
    const rig = new Rig();
    const id = rig.connect();
    for (let call = 0; call < 5; call += 1) await rig.refresher.freshTokens(id, 24 * 60 * MINUTE);
    expect(rig.server.requests).toHaveLength(0);
    rig.clock.advance(13 * MINUTE);
    for (let call = 0; call < 5; call += 1) await rig.refresher.freshTokens(id, 24 * 60 * MINUTE);
    expect(rig.server.requests).toHaveLength(1);
  });

  it('gives a valid token although the refresh fails for the moment', async () => {
    for (const fault of [
      { kind: 'refused' },
      { kind: 'answer', status: 401, body: '{"error":"access_denied"}' },
    ] as const) {
      const rig = new Rig();
      const id = rig.connect();
      rig.clock.advance(55 * MINUTE);
      rig.server.always = fault;
      expect(await rig.refresher.freshTokens(id, 10 * MINUTE)).toEqual({ ok: true, value: rig.tokens(id) });
    }
  });

  it('gives no token any more once the provider has said that the grant is gone', async () => {
    const rig = new Rig();
    const id = rig.connect();
    rig.clock.advance(55 * MINUTE);
    rig.server.always = { kind: 'answer', status: 400, body: '{"error":"invalid_grant"}' };
    for (const minTtlMs of [10 * MINUTE, 0]) {
      expect(await rig.refresher.freshTokens(id, minTtlMs)).toMatchObject({
        ok: false,
        error: { code: 'needs-reconnect' },
      });
    }
  });

  it.each([
    [{ kind: 'refused' }, 'offline'],
    [{ kind: 'answer', status: 502, body: '<html>' }, 'temporary'],
    [{ kind: 'answer', status: 400, body: '{"error":"invalid_grant"}' }, 'needs-reconnect'],
    [{ kind: 'answer', status: 401, body: '{"error":"access_denied"}' }, 'misconfigured'],
  ] as const)('says why there is no token: %o', async (fault, code) => {
    const rig = new Rig();
    const id = rig.connect();
    rig.clock.advance(61 * MINUTE);
    rig.server.always = fault;
    const refused = await rig.refresher.freshTokens(id, 0);
    expect(refused).toMatchObject({ error: { code, hint: expect.any(String) as string } });
  });

  it('does not ask an unreachable provider at every call', async () => {
    const rig = new Rig();
    const id = rig.connect();
    rig.clock.advance(61 * MINUTE);
    rig.server.always = { kind: 'refused' };
    for (let call = 0; call < 10; call += 1)
      expect(await rig.refresher.freshTokens(id, 0)).toMatchObject({ error: { code: 'offline' } });
    expect(rig.server.requests).toHaveLength(1);
    rig.server.always = null;
    rig.clock.advance(5000);
    expect(await rig.refresher.freshTokens(id, 0)).toMatchObject({ ok: true });
  });

  it('leaves a provider alone that asked for it, until a person insists', async () => {
    const rig = new Rig();
    const id = rig.connect();
    rig.clock.advance(61 * MINUTE);
    rig.server.faults.push({ kind: 'answer', status: 429, body: '{}', headers: { 'retry-after': '600' } });
    await rig.refresher.freshTokens(id, 0);
    rig.clock.advance(9 * MINUTE);
    expect(await rig.refresher.freshTokens(id, 0)).toMatchObject({ error: { code: 'temporary' } });
    expect(rig.server.requests).toHaveLength(1);
    expect(await rig.refresher.refresh(id)).toMatchObject({ value: { kind: 'refreshed' } });
  });

  it('forgets that wish after a refresh that worked', async () => {
    const rig = new Rig();
    rig.server.lifeSeconds = 60;
    const id = rig.connect();
    rig.server.faults.push({ kind: 'answer', status: 429, body: '{}', headers: { 'retry-after': '600' } });
    await rig.refresher.refresh(id);
    await rig.refresher.refresh(id);
    rig.clock.advance(2 * MINUTE);
    expect(await rig.refresher.freshTokens(id, 0)).toMatchObject({ ok: true });
    expect(rig.server.requests).toHaveLength(3);
  });

  it('of a paused connection gives what is valid and refreshes nothing', async () => {
    const rig = new Rig();
    const id = rig.connect();
    rig.store.connections.update(id, { pausedAt: rig.clock.now() });
    rig.clock.advance(55 * MINUTE);
    expect(await rig.refresher.freshTokens(id, 10 * MINUTE)).toMatchObject({ ok: true });
    rig.clock.advance(6 * MINUTE);
    expect(await rig.refresher.freshTokens(id, 0)).toMatchObject({
      error: { code: 'temporary', message: expect.stringContaining('paused') as string },
    });
    expect(rig.server.requests).toHaveLength(0);
  });

  it('while all refreshing is paused gives what is valid and refreshes nothing', async () => {
    const rig = new Rig();
    const id = rig.connect();
    rig.store.settings.set({ refreshingPaused: true });
    rig.clock.advance(55 * MINUTE);
    expect(await rig.refresher.freshTokens(id, 10 * MINUTE)).toMatchObject({ ok: true });
    rig.clock.advance(6 * MINUTE);
    expect(await rig.refresher.freshTokens(id, 0)).toMatchObject({
      error: {
        code: 'temporary',
        message: expect.stringContaining('all refreshing is paused') as string,
        hint: expect.stringContaining('`tokentray resume`') as string,
      },
    });
    expect(rig.server.requests).toHaveLength(0);
    rig.store.settings.set({ refreshingPaused: false });
    expect(await rig.refresher.freshTokens(id, 0)).toMatchObject({ ok: true });
  });

  it('asks again at once for what was forgotten', async () => {
    const rig = new Rig();
    const id = rig.connect();
    rig.clock.advance(61 * MINUTE);
    rig.server.faults.push({ kind: 'refused' });
    await rig.refresher.freshTokens(id, 0);
    await rig.refresher.freshTokens(id, 0);
    expect(rig.server.requests).toHaveLength(1);
    rig.refresher.forget(id);
    expect(await rig.refresher.freshTokens(id, 0)).toMatchObject({ ok: true });
  });

  it('without a refresh token gives what is valid, then asks to reconnect', async () => {
    const rig = new Rig();
    const id = rig.connect('acme', (tokens) => ({ ...tokens, refreshToken: null }));
    expect(await rig.refresher.freshTokens(id, 59 * MINUTE)).toMatchObject({ ok: true });
    rig.clock.advance(61 * MINUTE);
    expect(await rig.refresher.freshTokens(id, 0)).toMatchObject({ error: { code: 'needs-reconnect' } });
  });

  it('of a token without an end that nothing can renew gives it as it is', async () => {
    const rig = new Rig();
    const id = rig.connect('acme', (tokens) => ({ ...tokens, expiresAt: null, refreshToken: null }));
    rig.clock.advance(1000 * 60 * MINUTE);
    expect(await rig.refresher.freshTokens(id, 60 * MINUTE)).toMatchObject({ ok: true });
    expect(rig.server.requests).toHaveLength(0);
  });

  it('of a token without an end gives it for an hour, then a newer one or none', async () => {
    const rig = new Rig();
    const id = rig.connect('acme', (tokens) => ({ ...tokens, expiresAt: null }));
    const old = rig.tokens(id).accessToken;
    rig.clock.advance(40 * MINUTE);
    expect(await rig.refresher.freshTokens(id, 0)).toMatchObject({ value: { accessToken: old } });
    expect(rig.server.requests).toHaveLength(0);
    // Neither timer nor wake came before the question.
    rig.clock.setNow(rig.clock.now() + 12 * 60 * MINUTE);
    rig.server.always = { kind: 'refused' };
    expect(await rig.refresher.freshTokens(id, 0)).toMatchObject({ error: { code: 'offline' } });
    rig.server.always = null;
    rig.clock.advance(MINUTE);
    const given = await rig.refresher.freshTokens(id, 0);
    expect(given).toMatchObject({ ok: true, value: rig.tokens(id) });
    expect(rig.tokens(id).accessToken).not.toBe(old);
  });

  it('judges by the wall clock when it is set an hour ahead or back', async () => {
    const rig = new Rig();
    const id = rig.connect();
    rig.clock.setNow(rig.clock.now() + 60 * MINUTE);
    expect(await rig.refresher.freshTokens(id, 0)).toEqual({ ok: true, value: rig.tokens(id) });
    expect(rig.server.requests).toHaveLength(1);
    rig.clock.setNow(rig.clock.now() - 60 * MINUTE);
    expect(await rig.refresher.freshTokens(id, 0)).toMatchObject({ ok: true });
    expect(rig.server.requests).toHaveLength(1);
  });
});

describe('drain', () => {
  it('waits for requests under way, stores their answers, and turns the waiting away', async () => {
    const rig = new Rig();
    const ids = Array.from({ length: 6 }, (_, index) => rig.connect(`acme ${index}`));
    const release = rig.hold();
    const flights = ids.map((id) => rig.refresher.refresh(id));
    await settle();
    const drained = rig.refresher.drain();
    release();
    await drained;
    const results = await Promise.all(flights);
    expect(results.map((result) => (result.ok ? result.value.kind : result.error.code))).toEqual([
      ...Array.from({ length: 4 }, () => 'refreshed'),
      ...Array.from({ length: 2 }, () => 'cancelled'),
    ]);
    expect(await rig.refresher.refresh(ids[0]!)).toMatchObject({ error: { code: 'cancelled' } });
    expect(rig.server.requests).toHaveLength(4);
  });
});
