import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { ConnectionId } from '../../../contract/ids.ts';
import { silentLogger } from '../../../main/lib/log.ts';
import { openStore } from '../../../main/store/open-store.ts';
import type { Store } from '../../../main/store/ports.ts';
import type { ConnectionRecord } from '../../../main/store/records.ts';
import { KEEP_REMOVED_MS } from '../../../main/store/removed-connections.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { MemoryKeychain } from '../../fakes/memory-keychain.ts';
import { sampleConnection, sampleTokens } from '../../fakes/sample-connection.ts';
import { value } from '../../fakes/store-in-folder.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

let home: string;
let clock: FakeClock;
let keychain: MemoryKeychain;
let store: Store;

async function open(): Promise<void> {
  store = value(
    openStore({ home, clock, memoryClock: clock, keychain, sessionOnly: false, logger: silentLogger }),
  );
  value(await store.vault.open());
}

beforeEach(async () => {
  home = temporaryFolder();
  clock = new FakeClock();
  keychain = new MemoryKeychain();
  await open();
  onTestFinished(() => {
    store.close();
  });
});

const insert = (name: string, secret = 'access-1'): ConnectionRecord =>
  value(store.connections.insert(sampleConnection({ name }), sampleTokens({ accessToken: secret })));
const names = (): string[] => store.connections.list().map(({ name }) => name);
const aside = (id: ConnectionId): void => {
  value(store.connections.setAside(id, clock.now()));
};

/** The bytes of an encrypted token set, and whether they are anywhere in the files of the store. */
function sealedOf(id: ConnectionId): Buffer {
  const file = path.join(home, 'tokentray.db');
  store.close();
  const database = new DatabaseSync(file, { readOnly: true });
  const row = database.prepare('SELECT tokens FROM connections WHERE id = ?').get(id);
  database.close();
  return Buffer.from(row?.['tokens'] as Uint8Array);
}
const isOnDisk = (sealed: Buffer): boolean =>
  ['tokentray.db', 'tokentray.db-wal']
    .map((name) => path.join(home, name))
    .some((file) => existsSync(file) && readFileSync(file).includes(sealed.subarray(20, 60)));

describe('a connection that was set aside', () => {
  it('is like removed, and comes back as it was: in its place, active, with tokens and network settings', async () => {
    const [first, second, third] = ['one', 'two', 'three'].map((name) => insert(name));
    const settings = { verify: false } as const;
    value(store.network.set(second!.id, settings, { proxyPassword: 'secret' }));
    value(store.connections.setActive(second!.id));
    const before = store.connections.get(second!.id);
    aside(second!.id);
    expect(names()).toEqual(['one', 'three']);
    expect(store.connections.get(second!.id)).toBeNull();
    expect(store.connections.tokens(second!.id)).toMatchObject({ error: { code: 'not-found' } });
    expect(store.connections.active(second!.provider)).toBe(first!.id);
    expect(
      await store.connections.beginAttempt(second!.id, {
        startedAt: 1,
        refreshTokenHash: 'x'.repeat(64),
        generation: 1,
        replayedAt: null,
      }),
    ).toMatchObject({ error: { code: 'not-found' } });
    expect(value(store.connections.putBack(second!.id, 'two'))).toEqual(before);
    expect(names()).toEqual(['one', 'two', 'three']);
    expect(store.connections.active(second!.provider)).toBe(second!.id);
    expect(value(store.connections.tokens(second!.id))).toEqual(sampleTokens());
    store.close();
    await open();
    expect(names()).toEqual(['one', 'two', 'three']);
    expect(value(store.network.secrets(second!.id))).toEqual({ proxyPassword: 'secret' });
    expect(store.connections.active(third!.provider)).toBe(second!.id);
  });

  it('stays behind whichever was made active meanwhile', () => {
    const [first, second] = ['one', 'two', 'three'].map((name) => insert(name));
    aside(first!.id);
    value(store.connections.setActive(second!.id));
    value(store.connections.putBack(first!.id, 'one'));
    expect(store.connections.active(first!.provider)).toBe(second!.id);
  });

  it('gives its name and its place free', () => {
    const old = insert('acme');
    aside(old.id);
    insert('acme');
    expect(store.connections.putBack(old.id, 'acme')).toMatchObject({ error: { code: 'conflict' } });
    expect(value(store.connections.putBack(old.id, 'acme 2'))).toMatchObject({ id: old.id, name: 'acme 2' });
    expect(names()).toEqual(['acme', 'acme 2']);
  });

  it('keeps the answer to a refresh that was under way', async () => {
    const { id } = insert('acme');
    const attempt = { startedAt: 5, refreshTokenHash: 'a'.repeat(64), generation: 1, replayedAt: null };
    value(await store.connections.beginAttempt(id, attempt));
    aside(id);
    expect(
      value(await store.connections.saveRefreshed(id, 1, sampleTokens({ refreshToken: 'refresh-2' }), 9)),
    ).toBe(true);
    expect(value(await store.connections.saveRefreshed(id, 2, sampleTokens(), 9))).toBe(false);
    value(store.connections.putBack(id, 'acme'));
    expect(value(store.connections.tokens(id))).toMatchObject({ refreshToken: 'refresh-2' });
    expect(store.connections.get(id)).toMatchObject({ lastRefreshAt: 9 });
    expect(store.connections.attempt(id)).toBeNull();
  });

  it('keeps the journal of a refresh whose answer never came, over a crash too', async () => {
    const { id } = insert('acme');
    const attempt = { startedAt: 5, refreshTokenHash: 'a'.repeat(64), generation: 1, replayedAt: null };
    value(await store.connections.beginAttempt(id, attempt));
    aside(id);
    store.close();
    await open();
    value(store.connections.putBack(id, 'acme'));
    expect(store.connections.attempt(id)).toEqual(attempt);
  });

  it('gets a new key with the others', async () => {
    const { id } = insert('acme');
    aside(id);
    expect(value(await store.rotateKey('keychain'))).toMatchObject({ secrets: 1 });
    value(store.connections.putBack(id, 'acme'));
    expect(value(store.connections.tokens(id))).toEqual(sampleTokens());
  });

  it('is not in a backup, nor anything that belongs to it', () => {
    const { id } = insert('acme', 'access-of-acme');
    value(store.network.set(id, { verify: false }, { proxyPassword: 'proxy-of-acme' }));
    value(store.grants.setAsks(id, true));
    const copy = (): string => JSON.stringify(value(store.copies.read()).document.tables);
    expect(copy()).toMatch(/access-of-acme.*proxy-of-acme/);
    aside(id);
    expect(copy()).not.toMatch(new RegExp(`of-acme|${id}`));
  });
});

describe('what a start does with one', () => {
  it.each([
    ['in time', KEEP_REMOVED_MS - 1, true],
    ['too late', KEEP_REMOVED_MS, false],
    ['much too late', 86_400_000, false],
    ['with the clock set back', -3_600_000, false],
  ])('%s', async (_, later, kept) => {
    const { id } = insert('acme');
    value(store.network.set(id, { verify: false }, {}));
    aside(id);
    store.close();
    clock.setNow(clock.now() + later);
    await open();
    expect(store.connections.removed().map(({ record }) => record.id)).toEqual(kept ? [id] : []);
    expect(store.network.get(id)).toEqual(kept ? { verify: false } : {});
    expect(store.connections.putBack(id, 'acme').ok).toBe(kept);
  });

  it('deletes what is there again, such as from a backup, but not what belongs to it', async () => {
    const { id } = insert('acme');
    value(store.network.set(id, { verify: false }, {}));
    store.close();
    const database = new DatabaseSync(path.join(home, 'tokentray.db'));
    database.exec(
      `INSERT INTO removed_connections SELECT id, rowid, generation, record, attempt, tokens, 1, NULL, ${clock.now()} FROM connections`,
    );
    database.close();
    await open();
    expect(store.connections.removed()).toEqual([]);
    expect(names()).toEqual(['acme']);
    expect(store.network.get(id)).toEqual({ verify: false });
  });
});

it.each<[string, (id: ConnectionId) => void]>([
  [
    'removed for good',
    (id) => {
      value(store.connections.remove(id));
    },
  ],
  [
    'set aside and purged',
    (id) => {
      aside(id);
      value(store.connections.purge(id));
    },
  ],
])('leaves nothing of its tokens in the files when it is %s', async (_, gone) => {
  // One that fits into a page, and one that goes on in others.
  for (const length of [200, 20_000]) {
    const { id } = insert(`acme ${length}`, 'x'.repeat(length));
    const sealed = sealedOf(id);
    expect(isOnDisk(sealed)).toBe(true);
    await open();
    insert(`after ${length}`, 'y'.repeat(length));
    gone(id);
    expect(isOnDisk(sealed)).toBe(false);
  }
});

it('keeps what belongs to connections in mind, whatever table that is in', () => {
  store.close();
  const database = new DatabaseSync(path.join(home, 'tokentray.db'), { readOnly: true });
  const triggers = database.prepare("SELECT tbl_name, sql FROM sqlite_schema WHERE type = 'trigger'").all();
  database.close();
  const deleted = (table: string): string[] =>
    triggers
      .filter(({ tbl_name }) => tbl_name === table)
      .flatMap(({ sql }) => [...String(sql).matchAll(/DELETE FROM (\w+)/g)].map(([, name]) => name!))
      .toSorted();
  expect(deleted('connections')).toEqual(deleted('removed_connections'));
  expect(triggers.filter(({ sql }) => !String(sql).includes('WHEN NOT EXISTS'))).toEqual([]);
});
