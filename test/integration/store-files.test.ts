import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  lchownSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../main/lib/clock.ts';
import { silentLogger } from '../../main/lib/log.ts';
import type { Result } from '../../main/lib/result.ts';
import { openStore } from '../../main/store/open-store.ts';
import type { Store } from '../../main/store/ports.ts';
import { sqliteFailure } from '../../main/store/sqlite-failure.ts';
import { acquireWriterLock } from '../../main/store/writer-lock.ts';
import { MemoryKeychain } from '../fakes/memory-keychain.ts';
import { StoreProcess } from './support/store-process.ts';
import { sampleConnection, sampleTokens } from '../fakes/sample-connection.ts';

const keychain = new MemoryKeychain();
let home: string;

const value = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};

const tryOpen = (folder = home): Result<Store> =>
  openStore({ home: folder, clock: systemClock, keychain, sessionOnly: false, logger: silentLogger });

async function open(folder = home): Promise<Store> {
  const store = value(tryOpen(folder));
  value(await store.vault.open());
  return store;
}

const database = (): string => path.join(home, 'tokentray.db');

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'tokentray-store-'));
});

afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

describe('the files of a store', () => {
  it('are their owner’s alone from the start, whatever the umask', async () => {
    const folder = path.join(home, 'new', 'data');
    const before = process.umask(0);
    try {
      const store = await open(folder);
      store.connections.insert(sampleConnection(), sampleTokens());
      expect(statSync(folder).mode & 0o777).toBe(0o700);
      const names = readdirSync(folder);
      expect(names).toEqual(expect.arrayContaining(['tokentray.db', 'tokentray.db-wal']));
      for (const name of names) expect(statSync(path.join(folder, name)).mode & 0o777, name).toBe(0o600);
      store.close();
    } finally {
      process.umask(before);
    }
  });

  it('are made the owner’s alone when they were not', async () => {
    (await open()).close();
    chmodSync(home, 0o755);
    chmodSync(database(), 0o644);
    (await open()).close();
    expect([statSync(home).mode & 0o777, statSync(database()).mode & 0o777]).toEqual([0o700, 0o600]);
  });

  it('are not used when another user owns the folder or a thing in it', async () => {
    (await open()).close();
    const us = process.getuid!();
    const refused = { ok: false, error: { code: 'refused' } };
    vi.spyOn(process, 'getuid').mockReturnValue(us + 1);
    expect([tryOpen(), acquireWriterLock(home)]).toMatchObject([refused, refused]);
    vi.mocked(process.getuid!).mockRestore();
    const planted = path.join(home, 'providers');
    mkdirSync(planted);
    if (us === 0) {
      chownSync(planted, us + 1, -1);
      expect(tryOpen()).toMatchObject(refused);
      chownSync(planted, us, -1);
    }
    (await open()).close();
  });

  it.runIf(process.getuid?.() === 0)('are not used by way of what another user owns', async () => {
    const refused = { ok: false, error: { code: 'refused' } };
    const theirs = path.join(home, 'theirs');
    mkdirSync(theirs);
    const ours = path.join(theirs, 'data');
    (await open(ours)).close();
    chownSync(theirs, 54_321, -1);
    expect([tryOpen(ours), acquireWriterLock(ours)]).toMatchObject([refused, refused]);
    // Nothing is made there either.
    expect(tryOpen(path.join(theirs, 'new'))).toMatchObject(refused);
    expect(readdirSync(theirs)).toEqual(['data']);
    const link = path.join(home, 'link');
    symlinkSync(path.join('theirs', 'data'), link);
    expect(tryOpen(link)).toMatchObject(refused);
    chownSync(theirs, 0, -1);
    (await open(link)).close();
    lchownSync(link, 54_321, -1);
    expect(tryOpen(link)).toMatchObject(refused);
  });

  it.runIf(process.getuid?.() === 0)(
    'do not lead elsewhere by a link to what another user owns',
    async () => {
      const data = path.join(home, 'data');
      (await open(data)).close();
      const theirs = path.join(home, 'theirs');
      mkdirSync(theirs);
      symlinkSync('../theirs', path.join(data, 'logs'));
      (await open(data)).close();
      chownSync(theirs, 54_321, -1);
      expect(tryOpen(data)).toMatchObject({
        ok: false,
        error: { code: 'refused', message: expect.stringContaining(theirs) as string },
      });
    },
  );

  it('move with their folder and find their key again', async () => {
    const store = await open();
    const { id } = value(store.connections.insert(sampleConnection(), sampleTokens()));
    store.close();
    const elsewhere = path.join(home, 'elsewhere');
    mkdirSync(elsewhere);
    writeFileSync(path.join(elsewhere, 'tokentray.db'), readFileSync(database()));
    const moved = await open(elsewhere);
    expect(value(moved.connections.tokens(id)).accessToken).toBe('access-1');
    moved.close();
  });

  it('are not made at all for a session', async () => {
    const folder = path.join(home, 'none');
    const options = { home: folder, clock: systemClock, keychain, logger: silentLogger };
    const store = value(openStore({ ...options, sessionOnly: true }));
    const writes = keychain.writes;
    value(await store.vault.open());
    value(store.connections.insert(sampleConnection(), sampleTokens()));
    store.close();
    expect([readdirSync(home), keychain.writes]).toEqual([[], writes]);
  });
});

describe('a store that cannot be used', () => {
  it.each([
    ['no database', Buffer.from('my shopping list '.repeat(500))],
    ['a database with a damaged start', null],
  ])('(%s) is reported and left as it is', async (_, content) => {
    const store = await open();
    for (let index = 0; index < 20; index += 1) {
      value(store.connections.insert(sampleConnection(), sampleTokens()));
    }
    store.close();
    const bytes = content ?? readFileSync(database()).fill(0xa5, 100, 12_000);
    writeFileSync(database(), bytes);
    expect(tryOpen()).toMatchObject({ ok: false, error: { code: 'store-corrupt' } });
    expect(readFileSync(database()).equals(bytes)).toBe(true);
  });

  it('(written by a newer Tokentray) is reported and left as it is', async () => {
    (await open()).close();
    const raw = new DatabaseSync(database());
    // Another journal, so that a change to it would show.
    raw.exec('PRAGMA journal_mode = DELETE; PRAGMA user_version = 99');
    raw.close();
    const bytes = readFileSync(database());
    expect(tryOpen()).toMatchObject({ ok: false, error: { code: 'store-newer' } });
    expect(readFileSync(database()).equals(bytes)).toBe(true);
    expect(readdirSync(home)).toEqual(['tokentray.db']);
  });

  it('(its folder is a file) is an error of the folder', () => {
    const file = path.join(home, 'file');
    writeFileSync(file, '');
    expect(tryOpen(file)).toMatchObject({ ok: false, error: { code: 'io' } });
    expect(tryOpen(path.join(file, 'below'))).toMatchObject({ ok: false, error: { code: 'io' } });
  });

  it('says so when damage is met later, and what is whole stays readable', async () => {
    const store = await open();
    const tokens = sampleTokens({ accessToken: 'x'.repeat(20_000) });
    const ids = Array.from(
      { length: 10 },
      () => value(store.connections.insert(sampleConnection(), tokens)).id,
    );
    store.close();
    const raw = new DatabaseSync(database());
    const pageSize = Number(raw.prepare('PRAGMA page_size').get()?.['page_size']);
    const root = Number(
      raw.prepare(`SELECT rootpage FROM sqlite_schema WHERE name = 'connections'`).get()?.['rootpage'],
    );
    raw.close();
    expect(root).toBeGreaterThan(1);
    // The last page belongs to the tokens of the last connection: cut the chain in front of it.
    const bytes = readFileSync(database());
    const pages = bytes.length / pageSize;
    const link = Buffer.alloc(4);
    link.writeUInt32BE(pages);
    const before = Array.from({ length: pages }, (_, page) => page * pageSize).find((offset) =>
      bytes.subarray(offset, offset + 4).equals(link),
    );
    bytes.writeUInt32BE(0x7fffffff, before);
    writeFileSync(database(), bytes);
    const again = await open();
    const results = ids.map((id) => again.connections.tokens(id));
    expect(results.filter((result) => !result.ok)).toMatchObject([{ error: { code: 'store-corrupt' } }]);
    again.close();
    expect(readFileSync(database()).equals(bytes)).toBe(true);
  });
});

describe('a database that goes while it is in use', () => {
  const lost = {
    ok: false,
    error: { code: 'io', message: expect.stringContaining('removed or replaced') as string },
  };
  const elsewhere = (): string => path.join(home, 'elsewhere.db');

  it.each<[string, () => void, () => void]>([
    [
      'was moved away',
      () => {
        renameSync(database(), elsewhere());
      },
      () => {
        renameSync(elsewhere(), database());
      },
    ],
    [
      'was replaced by a copy',
      () => {
        renameSync(database(), elsewhere());
        copyFileSync(elsewhere(), database());
      },
      () => {
        renameSync(elsewhere(), database());
      },
    ],
  ])('acknowledges nothing once it %s, and goes on when it is back', async (_, take, giveBack) => {
    const store = await open();
    const kept = value(store.connections.insert(sampleConnection(), sampleTokens()));
    const changes: (string | null)[] = [];
    store.onFault(() => changes.push(store.fault?.code ?? null));
    take();
    expect(store.connections.insert(sampleConnection(), sampleTokens())).toMatchObject(lost);
    expect(store.connections.update(kept.id, { name: 'other' })).toMatchObject(lost);
    expect(store.settings.set({ refreshingPaused: true })).toMatchObject(lost);
    expect(store.fault).toMatchObject({ code: 'io' });
    // What is known is still handed out.
    expect(value(store.connections.tokens(kept.id))).toEqual(sampleTokens());
    expect(store.connections.list()).toEqual([kept]);
    await Promise.resolve();
    giveBack();
    expect(store.fault).toBeNull();
    value(store.connections.update(kept.id, { name: 'later' }));
    await Promise.resolve();
    expect(changes).toEqual(['io', null]);
    store.close();
    const again = await open();
    expect(again.connections.list()).toMatchObject([{ id: kept.id, name: 'later' }]);
    // Refused is refused.
    expect(again.settings.get().refreshingPaused).toBe(false);
    again.close();
  });

  it('says so without a write, and nothing when all is well', async () => {
    const store = await open();
    expect(store.fault).toBeNull();
    rmSync(database());
    expect(store.fault).toMatchObject({
      code: 'io',
      hint: expect.stringContaining('tokentray stop') as string,
    });
    store.close();
  });

  it('saves what was in its write-ahead log when only that is removed', async () => {
    const store = new StoreProcess(home, process.env, { keychain: 'fixed' });
    const [first, second] = [crypto.randomUUID(), crypto.randomUUID()];
    await store.do({ do: 'open' });
    expect(await store.do({ do: 'insert', id: first, token: 'first' })).toMatchObject({ ok: true });
    rmSync(`${database()}-wal`);
    expect(await store.do({ do: 'insert', id: second, token: 'second' })).toMatchObject({ ok: true });
    await store.kill();
    const again = new StoreProcess(home, process.env, { keychain: 'fixed' });
    await again.do({ do: 'open' });
    expect(await again.do({ do: 'tokens', id: first })).toMatchObject({ value: { accessToken: 'first' } });
    expect(await again.do({ do: 'tokens', id: second })).toMatchObject({ value: { accessToken: 'second' } });
    await again.kill();
  });
});

const asRoot = process.platform === 'linux' && process.getuid?.() === 0;

describe('a full disk', () => {
  const MEBIBYTE = 1024 * 1024;

  it('(here: the largest size that a file may have) fails the write alone', async () => {
    const store = new StoreProcess(home, process.env, {
      keychain: 'fixed',
      prefix: ['sh', '-c', 'ulimit -f 1000; exec "$0" "$@"'],
    });
    const id = crypto.randomUUID();
    expect(await store.do({ do: 'open' })).toMatchObject({ ok: true });
    expect(await store.do({ do: 'insert', id, token: 'first' })).toMatchObject({ ok: true });
    const large = { id, token: 'y'.repeat(1_000_000) };
    const failed = { ok: false, error: { code: 'io' } };
    expect(await store.do({ do: 'save', ...large })).toMatchObject(failed);
    expect(await store.do({ do: 'insert', token: large.token })).toMatchObject(failed);
    expect(await store.do({ do: 'tokens', id })).toMatchObject({ ok: true, value: { accessToken: 'first' } });
    expect(await store.do({ do: 'save', id, token: 'second' })).toEqual({ ok: true, value: true });
    expect(await store.do({ do: 'tokens', id })).toMatchObject({ value: { accessToken: 'second' } });
    expect(await store.exit()).toBe(0);
  });

  it.runIf(asRoot)('fails the write alone: the old record stays readable, also after a restart', async () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m,mode=0700', 'tmpfs', home]);
    try {
      let store = await open();
      const { id } = value(store.connections.insert(sampleConnection(), sampleTokens()));
      const filler = path.join(home, 'filler');
      expect(() => {
        writeFileSync(filler, Buffer.alloc(2 * MEBIBYTE));
      }).toThrow('ENOSPC');
      const large = sampleTokens({ accessToken: 'y'.repeat(30_000) });
      const full = { ok: false, error: { code: 'io', message: expect.stringContaining('full') as string } };
      expect(await store.connections.saveRefreshed(id, 1, large, 5)).toMatchObject(full);
      expect(store.connections.insert(sampleConnection(), large)).toMatchObject(full);
      expect(store.connections.list()).toMatchObject([{ id, lastRefreshAt: null }]);
      expect(value(store.connections.tokens(id))).toEqual(sampleTokens());
      store.close();
      store = await open();
      expect(value(store.connections.tokens(id))).toEqual(sampleTokens());
      rmSync(filler);
      expect(await store.connections.saveRefreshed(id, 1, large, 5)).toEqual({ ok: true, value: true });
      expect(value(store.connections.tokens(id))).toEqual(large);
      store.close();
    } finally {
      // Lazily: a failed test may have left the store open.
      execFileSync('umount', ['-l', home]);
    }
  });

  it.runIf(asRoot)('or one that became read-only, is reported too', async () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m,mode=0700', 'tmpfs', home]);
    try {
      const store = await open();
      const { id } = value(store.connections.insert(sampleConnection(), sampleTokens()));
      store.close();
      execFileSync('mount', ['-o', 'remount,ro', home]);
      const message = expect.stringContaining('mounted read-only') as string;
      const readOnly = { ok: false, error: { code: 'io', message } };
      expect([tryOpen(), acquireWriterLock(home)]).toMatchObject([readOnly, readOnly]);
      // One that becomes so while it is in use, as Linux does it with a disk that fails.
      const fault = Object.assign(new Error('disk I/O error'), { errcode: 778 });
      expect(sqliteFailure(fault, database())).toMatchObject(readOnly);
      execFileSync('mount', ['-o', 'remount,rw', home]);
      expect(sqliteFailure(fault, database())?.error.message).toContain('The disk failed');
      const again = await open();
      expect(value(again.connections.tokens(id))).toEqual(sampleTokens());
      again.close();
    } finally {
      // Lazily: a failed test may have left the store open.
      execFileSync('umount', ['-l', home]);
    }
  });
});

describe('a process that is killed', () => {
  it('loses no save that it acknowledged, tears none, and leaves no stray file', async () => {
    const id = crypto.randomUUID();
    let store = new StoreProcess(home, process.env, { keychain: 'fixed' });
    await store.do({ do: 'open' });
    expect(await store.do({ do: 'insert', id, token: '0-' })).toMatchObject({ ok: true });
    for (let round = 1; round <= 12; round += 1) {
      let acknowledged = await store.do<number>({ do: 'hammer', id });
      while (acknowledged < round * 7) acknowledged = await store.next<number>();
      // Somewhere in the writes that go on meanwhile.
      const deadline = performance.now() + round * 0.3;
      while (performance.now() < deadline);
      await store.kill();
      for await (const late of store.rest()) acknowledged = Number(late);

      store = new StoreProcess(home, process.env, { keychain: 'fixed' });
      await store.do({ do: 'open' });
      const tokens = await store.do<{ value: { accessToken: string } }>({ do: 'tokens', id });
      const [count, filling] = tokens.value.accessToken.split('-');
      expect(Number(count)).toBeGreaterThanOrEqual(acknowledged);
      expect(filling).toBe('x'.repeat(8000));
    }
    await store.exit();
    expect(readdirSync(home)).toEqual(['tokentray.db']);
  });

  it('has a connection that is removed, or put back, in one place, with its tokens', async () => {
    const id = crypto.randomUUID();
    const seen = { there: 0, removed: 0 };
    let store = new StoreProcess(home, process.env, { keychain: 'fixed' });
    await store.do({ do: 'open' });
    await store.do({ do: 'insert', id, token: 'kept' });
    for (let round = 1; round <= 10; round += 1) {
      let steps = await store.do<number>({ do: 'flip', id });
      while (steps < round * 3) steps = await store.next<number>();
      const deadline = performance.now() + round * 0.4;
      while (performance.now() < deadline);
      await store.kill();
      store = new StoreProcess(home, process.env, { keychain: 'fixed' });
      await store.do({ do: 'open' });
      const found = await store.do<{ there: number; removed: number }>({ do: 'find', id });
      expect(found).toMatchObject({ tokens: { value: { accessToken: 'kept' } } });
      expect(found.there + found.removed).toBe(1);
      seen.there += found.there;
      seen.removed += found.removed;
    }
    await store.exit();
    expect(seen.there + seen.removed).toBe(10);
  });
});

describe('the writer lock', () => {
  const conflict = { ok: false, error: { code: 'conflict' } };

  it('is one process’s until it ends, also by a kill', async () => {
    const first = new StoreProcess(path.join(home, 'a'), process.env, { keychain: 'fixed' });
    expect(await first.do({ do: 'lock' })).toEqual({ ok: true });
    expect(acquireWriterLock(path.join(home, 'a'))).toMatchObject(conflict);
    // Asking must not free the lock of the one that has it.
    expect(acquireWriterLock(path.join(home, 'a'))).toMatchObject(conflict);
    const other = value(acquireWriterLock(path.join(home, 'b')));
    await first.kill();
    const lock = value(acquireWriterLock(path.join(home, 'a')));
    expect(statSync(path.join(home, 'a', 'lock.db')).mode & 0o777).toBe(0o600);
    await lock.dispose();
    await lock.dispose();
    await other.dispose();
  });

  it('holds against the same process too, and against others after that', async () => {
    const lock = value(acquireWriterLock(home));
    expect(acquireWriterLock(home)).toMatchObject(conflict);
    const other = new StoreProcess(home, process.env, { keychain: 'fixed' });
    expect(await other.do({ do: 'lock' })).toMatchObject(conflict);
    await lock.dispose();
    expect(await other.do({ do: 'lock' })).toEqual({ ok: true });
    await other.kill();
  });

  it('is one process’s though its file was made read-only', async () => {
    const lockFile = path.join(home, 'lock.db');
    // Root writes what is read-only, too.
    const user = { prefix: asRoot ? ['setpriv', '--reuid=65534', '--clear-groups'] : [] };
    const first = new StoreProcess(home, process.env, { keychain: 'fixed', session: true, ...user });
    if (asRoot) chownSync(home, 65534, -1);
    for (const mode of [0o400, 0o000]) {
      writeFileSync(lockFile, '');
      if (asRoot) chownSync(lockFile, 65534, -1);
      chmodSync(lockFile, mode);
    }
    expect(await first.do({ do: 'lock' })).toEqual({ ok: true });
    const second = new StoreProcess(home, process.env, { keychain: 'fixed', session: true, ...user });
    chmodSync(lockFile, 0o400);
    expect(await second.do({ do: 'lock' })).toMatchObject(conflict);
    await first.kill();
    expect(await second.do({ do: 'lock' })).toEqual({ ok: true });
    await second.kill();
  });

  it.runIf(process.platform === 'linux')('is one process’s though its file was removed', async () => {
    const first = new StoreProcess(path.join(home, 'a'), process.env, { keychain: 'fixed' });
    expect(await first.do({ do: 'lock' })).toEqual({ ok: true });
    rmSync(path.join(home, 'a', 'lock.db'));
    expect(acquireWriterLock(path.join(home, 'a'))).toMatchObject(conflict);
    await first.kill();
    await value(acquireWriterLock(path.join(home, 'a'))).dispose();
    expect(readdirSync(path.join(home, 'a'))).not.toContain('lock.json');
  });

  it('says so when its file cannot be used', () => {
    writeFileSync(path.join(home, 'lock.db'), 'my shopping list '.repeat(500));
    expect(acquireWriterLock(home)).toMatchObject({ ok: false, error: { code: 'io' } });
    expect(acquireWriterLock(path.join(home, 'lock.db'))).toMatchObject({ ok: false, error: { code: 'io' } });
  });
});
