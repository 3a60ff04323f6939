import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConnectionId, ProviderId } from '../../../contract/ids.ts';
import { systemClock, type Clock } from '../../../main/lib/clock.ts';
import type { LogFields } from '../../../main/lib/log.ts';
import { silentLogger } from '../../../main/lib/log.ts';
import type { Result } from '../../../main/lib/result.ts';
import { openStore } from '../../../main/store/open-store.ts';
import type { Store } from '../../../main/store/ports.ts';
import type { ConnectionRecord } from '../../../main/store/records.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { MemoryKeychain } from '../../fakes/memory-keychain.ts';
import { sampleConnection, sampleTokens } from '../../fakes/sample-connection.ts';

const atlassian = ProviderId.parse('atlassian');
const keychain = new MemoryKeychain();
let home: string;
let store: Store;
let logged: [string, LogFields?][];

const value = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};

async function reopen(): Promise<void> {
  store.close();
  await open();
}

async function open(clock: Clock = systemClock): Promise<void> {
  logged = [];
  const logger = { ...silentLogger, error: (...line: [string, LogFields?]) => void logged.push(line) };
  store = value(openStore({ home, clock, memoryClock: clock, keychain, sessionOnly: false, logger }));
  value(await store.vault.open());
}

/** What another program would do to the file while Tokentray is not running. */
function tamper(sql: string): void {
  store.close();
  const database = new DatabaseSync(path.join(home, 'tokentray.db'));
  database.exec(sql);
  database.close();
}

const insert = (name: string, provider = atlassian): ConnectionRecord =>
  value(store.connections.insert(sampleConnection({ name, provider }), sampleTokens()));

beforeEach(async () => {
  home = mkdtempSync(path.join(tmpdir(), 'tokentray-store-'));
  await open();
});

afterEach(() => {
  store.close();
  rmSync(home, { recursive: true });
});

describe('connections', () => {
  it('are there again after a restart, whatever their text', async () => {
    const name = 'a\0b\u{1f600}\u202e "\\';
    const made = value(
      store.connections.insert(sampleConnection({ name }), sampleTokens({ accessToken: 'ä\0"\\' })),
    );
    expect(made).toMatchObject({ name, generation: 1, condition: { kind: 'ok' }, renewal: 'refresh-token' });
    await reopen();
    expect(store.connections.list()).toEqual([made]);
    expect(store.connections.get(made.id)).toEqual(made);
    expect(value(store.connections.tokens(made.id)).accessToken).toBe('ä\0"\\');
  });

  it('have names that differ in more than case', () => {
    insert('Straße');
    const other = insert('Other');
    const taken = { error: { code: 'conflict' } };
    expect(store.connections.insert(sampleConnection({ name: 'STRASSE' }), sampleTokens())).toMatchObject(
      taken,
    );
    expect(store.connections.update(other.id, { name: 'strasse' })).toMatchObject(taken);
    const again = { ...sampleConnection(), name: 'strasse' };
    expect(store.connections.replace(other.id, again, sampleTokens())).toMatchObject(taken);
    expect(value(store.connections.update(other.id, { name: 'OTHER' })).name).toBe('OTHER');
    expect(store.connections.list().map(({ name }) => name)).toEqual(['Straße', 'OTHER']);
  });

  it('keep nothing but what a record has in the readable column', async () => {
    const stray = { ...sampleConnection(), accessToken: 'CANARY' };
    const { id } = value(store.connections.insert(stray, sampleTokens()));
    expect(store.connections.get(id)).not.toHaveProperty('accessToken');
    await reopen();
    expect(store.connections.get(id)).not.toHaveProperty('accessToken');
  });

  it('do not change when the caller changes what it gave or got', () => {
    const given = sampleConnection();
    const record = value(store.connections.insert(given, sampleTokens()));
    given.requestedScopes.push('more');
    expect(() => (record.name = 'changed')).toThrow(TypeError);
    expect(store.connections.get(record.id)).toMatchObject({
      requestedScopes: ['read:jira-work', 'offline_access'],
    });
  });

  it('that are not there are not found', async () => {
    const id = ConnectionId.parse(crypto.randomUUID());
    const missing = { error: { code: 'not-found' } };
    const attempt = { startedAt: 1, refreshTokenHash: 'x', generation: 1, replayedAt: null };
    expect(store.connections.get(id)).toBeNull();
    expect(store.connections.attempt(id)).toBeNull();
    expect(store.connections.tokens(id)).toMatchObject(missing);
    expect(store.connections.update(id, {})).toMatchObject(missing);
    expect(store.connections.remove(id)).toMatchObject(missing);
    expect(store.connections.setActive(id)).toMatchObject(missing);
    expect(await store.connections.beginAttempt(id, attempt)).toMatchObject(missing);
    expect(await store.connections.saveRefreshed(id, 1, sampleTokens(), 1)).toMatchObject(missing);
    expect(store.connections.replace(id, sampleConnection(), sampleTokens())).toMatchObject(missing);
  });
});

describe('tokens', () => {
  it('are decrypted once in ten milliseconds, and kept no longer', async () => {
    store.close();
    const clock = new FakeClock();
    await open(clock);
    const { id } = insert('Work');
    const decrypt = vi.spyOn(store.vault, 'decrypt');
    const read = (): string => value(store.connections.tokens(id)).accessToken;
    for (let index = 0; index < 3; index += 1) expect(read()).toBe('access-1');
    expect(decrypt).toHaveBeenCalledTimes(1);
    clock.advance(9);
    expect(read()).toBe('access-1');
    expect(decrypt).toHaveBeenCalledTimes(1);
    clock.advance(1);
    expect(read()).toBe('access-1');
    expect(decrypt).toHaveBeenCalledTimes(2);
    value(store.connections.replace(id, sampleConnection(), sampleTokens({ accessToken: 'access-2' })));
    expect(read()).toBe('access-2');
    value(store.connections.remove(id));
    expect(store.connections.tokens(id)).toMatchObject({ error: { code: 'not-found' } });
  });
});

describe('a refresh', () => {
  const refreshTokenHash = createHash('sha256').update('refresh-1').digest('hex');
  const attempt = { startedAt: 1, refreshTokenHash, generation: 1, replayedAt: null };

  it('is journalled, and its tokens, condition and journal change together', async () => {
    const { id } = insert('Work');
    const failing = {
      kind: 'transient',
      since: 1,
      reason: 'no network',
      failures: 2,
      retryAt: 9,
      answered: false,
    } as const;
    value(store.connections.update(id, { condition: failing }));
    const attempt = { startedAt: 2000, refreshTokenHash, generation: 1, replayedAt: null };
    expect(value(await store.connections.beginAttempt(id, attempt))).toBe(true);
    await reopen();
    expect(store.connections.attempt(id)).toEqual(attempt);
    expect(store.connections.get(id)?.condition).toEqual(failing);

    const tokens = sampleTokens({
      accessToken: 'access-2',
      refreshToken: null,
      expiresAt: 9000,
      obtainedAt: 2500,
      scopes: ['read:jira-work'],
    });
    expect(value(await store.connections.saveRefreshed(id, 1, tokens, 2600))).toBe(true);
    const check = (): void => {
      expect(store.connections.attempt(id)).toBeNull();
      expect(value(store.connections.tokens(id))).toEqual(tokens);
      expect(store.connections.get(id)).toMatchObject({
        generation: 1,
        condition: { kind: 'ok' },
        expiresAt: 9000,
        obtainedAt: 2500,
        lastRefreshAt: 2600,
        renewal: 'none',
        grantedScopes: ['read:jira-work'],
      });
    };
    check();
    await reopen();
    check();
  });

  it('keeps the granted scopes when the answer names none', async () => {
    const { id } = insert('Work');
    value(await store.connections.saveRefreshed(id, 1, sampleTokens({ scopes: null }), 1));
    expect(store.connections.get(id)?.grantedScopes).toEqual(['read:jira-work', 'offline_access']);
  });

  it('never overwrites a newer sign-in', async () => {
    const { id, createdAt } = insert('Work');
    value(store.connections.update(id, { pausedAt: 5 }));
    value(await store.connections.beginAttempt(id, attempt));
    const signIn = sampleConnection({
      name: 'Work',
      createdAt: 99,
      account: { id: 'b', name: 'B', email: null, pictureUrl: null },
    });
    const signedIn = value(store.connections.replace(id, signIn, sampleTokens({ accessToken: 'new' })));
    expect(signedIn).toMatchObject({ id, createdAt, generation: 2, account: { id: 'b' }, pausedAt: 5 });
    expect(store.connections.attempt(id)).toBeNull();
    const late = sampleTokens({ accessToken: 'late' });
    expect(value(await store.connections.saveRefreshed(id, 1, late, 3))).toBe(false);
    expect(value(await store.connections.beginAttempt(id, attempt))).toBe(false);
    expect(store.connections.attempt(id)).toBeNull();
    await reopen();
    expect(store.connections.get(id)).toEqual(signedIn);
    expect(value(store.connections.tokens(id)).accessToken).toBe('new');
  });

  it('is refused by a sign-in of the same turn, which comes before its commit', async () => {
    const { id } = insert('Work');
    const begun = store.connections.beginAttempt(id, attempt);
    const saved = store.connections.saveRefreshed(id, 1, sampleTokens({ accessToken: 'late' }), 3);
    value(store.connections.replace(id, sampleConnection(), sampleTokens({ accessToken: 'new' })));
    expect([value(await begun), value(await saved)]).toEqual([false, false]);
    expect(store.connections.attempt(id)).toBeNull();
    expect(value(store.connections.tokens(id)).accessToken).toBe('new');
  });

  it('keeps what was changed in the same turn, and is not seen before its commit', async () => {
    const { id } = insert('Work');
    const saved = store.connections.saveRefreshed(id, 1, sampleTokens({ accessToken: 'next' }), 3);
    value(store.connections.update(id, { name: 'Renamed', pausedAt: 7 }));
    expect(value(store.connections.tokens(id)).accessToken).not.toBe('next');
    expect(store.connections.get(id)?.lastRefreshAt).toBeNull();
    expect(value(await saved)).toBe(true);
    expect(store.connections.get(id)).toMatchObject({ name: 'Renamed', pausedAt: 7, lastRefreshAt: 3 });
    expect(value(store.connections.tokens(id)).accessToken).toBe('next');
  });

  it('that is given up clears its journal, and only when it is asked to', async () => {
    const { id } = insert('Work');
    value(await store.connections.beginAttempt(id, attempt));
    value(store.connections.update(id, { pausedAt: 4 }));
    expect(store.connections.attempt(id)).not.toBeNull();
    value(store.connections.update(id, { pausedAt: null, clearAttempt: true }));
    expect(store.connections.attempt(id)).toBeNull();
    await reopen();
    expect(store.connections.attempt(id)).toBeNull();
    expect(store.connections.get(id)?.pausedAt).toBeNull();
    expect(store.connections.get(id)).not.toHaveProperty('clearAttempt');
  });
});

describe('the active connection', () => {
  it('is the first of its provider, then the chosen one, then the next by name', async () => {
    const beta = insert('beta');
    const alpha = insert('Alpha');
    const gamma = insert('gamma');
    const other = insert('other', ProviderId.parse('jira-dc'));
    expect(store.connections.active(atlassian)).toBe(beta.id);
    expect(store.connections.active(other.provider)).toBe(other.id);
    value(store.connections.remove(beta.id));
    expect(store.connections.active(atlassian)).toBe(gamma.id);
    value(store.connections.remove(gamma.id));
    expect(store.connections.active(atlassian)).toBe(alpha.id);
    const delta = insert('delta');
    value(store.connections.setActive(delta.id));
    await reopen();
    expect(store.connections.active(atlassian)).toBe(delta.id);
    value(store.connections.remove(alpha.id));
    expect(store.connections.active(atlassian)).toBe(delta.id);
    value(store.connections.remove(delta.id));
    expect(store.connections.active(atlassian)).toBeNull();
    await reopen();
    expect(store.connections.active(atlassian)).toBeNull();
    expect(store.connections.active(other.provider)).toBe(other.id);
    expect(insert('delta').id).toBe(store.connections.active(atlassian));
  });
});

describe('a row that somebody damaged', () => {
  it.each([
    ['no JSON', `'{'`],
    ['of another shape', `'{"id":1}'`],
    ['the record of another connection', `(SELECT record FROM connections WHERE name_key = 'whole')`],
  ])('(%s) is skipped, reported and kept; the others work', async (_, record) => {
    const broken = insert('Broken');
    const whole = insert('Whole');
    tamper(`UPDATE connections SET record = ${record} WHERE id = '${broken.id}'`);
    await open();
    expect(store.connections.list()).toEqual([whole]);
    expect(logged).toEqual([['store.row-unreadable', { table: 'connections', id: broken.id }]]);
    expect(value(store.connections.tokens(whole.id)).accessToken).toBe('access-1');
    expect(store.connections.insert(sampleConnection({ name: 'broken' }), sampleTokens())).toMatchObject({
      error: { code: 'conflict' },
    });
    expect(store.damaged.list()).toEqual([
      { kind: 'connection', id: broken.id, name: expect.stringMatching(/^broken$/i) as string },
    ]);
    value(store.connections.setActive(whole.id));
    tamper(`UPDATE connections SET record = '${JSON.stringify(broken)}' WHERE id = '${broken.id}'`);
    await open();
    expect(store.connections.list()).toEqual([broken, whole]);
    expect(store.damaged.list()).toEqual([]);
  });

  it.each(['id', 'name'] as const)('can be removed by its %s, and its name is free again', async (by) => {
    const broken = insert('Broken');
    const whole = insert('Whole');
    tamper(`UPDATE connections SET record = '{' WHERE id = '${broken.id}'`);
    await open();
    let changes = 0;
    store.damaged.onChange(() => (changes += 1));
    expect(store.damaged.remove('connection', whole.id)).toMatchObject({ error: { code: 'not-found' } });
    expect(store.damaged.remove('client', broken.id)).toMatchObject({ error: { code: 'not-found' } });
    expect(changes).toBe(0);
    // It was the active one, too.
    value(store.damaged.remove('connection', by === 'id' ? broken.id : 'BROKEN'));
    expect([store.damaged.list(), changes]).toEqual([[], 1]);
    await reopen();
    expect([store.damaged.list(), store.connections.list()]).toEqual([[], [whole]]);
    expect(insert('broken').name).toBe('broken');
  });

  it('can be one without an id, and an OAuth client or export', async () => {
    insert('Work');
    tamper(`DELETE FROM active_connections; UPDATE connections SET id = '' WHERE name_key = 'work'`);
    tamper(`INSERT INTO clients VALUES ('c1', '{"name":"Acme\u202e"}', NULL)`);
    tamper(`INSERT INTO exports VALUES ('e1', '{"file":"/x/.env"}')`);
    await open();
    expect(store.damaged.list()).toEqual([
      { kind: 'connection', id: 'row-1', name: 'work' },
      { kind: 'client', id: 'c1', name: 'Acme' },
      { kind: 'export', id: 'e1', name: '/x/.env' },
    ]);
    for (const { kind, id } of store.damaged.list()) value(store.damaged.remove(kind, id));
    await reopen();
    expect(store.damaged.list()).toEqual([]);
  });

  it.each([
    ['another connection’s tokens', `(SELECT tokens FROM connections WHERE name_key = 'whole')`],
    ['altered tokens', `zeroblob(100)`],
    ['no tokens', `x''`],
  ])('(%s) has tokens that cannot be read, and says so', async (_, tokens) => {
    const broken = insert('Broken');
    const whole = insert('Whole');
    tamper(`UPDATE connections SET tokens = ${tokens} WHERE id = '${broken.id}'`);
    await open();
    expect(store.connections.tokens(broken.id)).toMatchObject({ error: { code: 'store-corrupt' } });
    expect(store.connections.tokens(whole.id).ok).toBe(true);
  });

  it('(an older sign-in’s tokens put back) is noticed', async () => {
    const { id } = insert('Work');
    tamper(`CREATE TABLE old AS SELECT tokens FROM connections`);
    await open();
    value(store.connections.replace(id, sampleConnection({ name: 'Work' }), sampleTokens()));
    tamper(`UPDATE connections SET tokens = (SELECT tokens FROM old)`);
    await open();
    expect(store.connections.tokens(id)).toMatchObject({ error: { code: 'store-corrupt' } });
  });

  it('(a journal that is no journal) loses the journal alone', async () => {
    const { id } = insert('Work');
    tamper(`UPDATE connections SET attempt = '[]'`);
    await open();
    expect(store.connections.attempt(id)).toBeNull();
    expect(logged).toEqual([['store.attempt-unreadable', { id }]]);
  });
});
