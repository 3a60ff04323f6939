import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ActivityEntry } from '../../../contract/activity.ts';
import type { ExportView } from '../../../contract/export.ts';
import { ExportId, type ConnectionId } from '../../../contract/ids.ts';
import type { Credentials } from '../../../main/credentials/access.ts';
import { createExports } from '../../../main/exports/exports.ts';
import type { BoundTo } from '../../../main/connections/folders/ports.ts';
import type { ExportFiles } from '../../../main/exports/export-files.ts';
import type { ExportRequest, Exports } from '../../../main/exports/ports.ts';
import { silentLogger } from '../../../main/lib/log.ts';
import { fail, ok, type Result } from '../../../main/lib/result.ts';
import type { Store } from '../../../main/store/ports.ts';
import type { ConnectionRecord } from '../../../main/store/records.ts';
import { bundledPresets } from '../../fakes/bundled-presets.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { MemoryExportFiles } from '../../fakes/memory-export-files.ts';
import { memoryStore } from '../../fakes/memory-store.ts';
import { ATLASSIAN, CONNECTION, OTHER_CONNECTION, connection, credentials } from './sample.ts';

const FILE = '/home/ana/x/.env';

let clock: FakeClock;
let store: Store;
let files: MemoryExportFiles;
let exports: Exports;
let known: Map<ConnectionId, ConnectionRecord>;
let tokens: Map<ConnectionId, Result<string>>;
let active: ConnectionId | null;
/** What the folder of the exports is bound to. */
let bound: ReturnType<BoundTo>;
let activity: string[];
let seen: ExportView[];
let nextId: number;
/** How often a secret was read. */
let reads: number;

const bearer = (record: ConnectionRecord, token: string): Credentials =>
  credentials({ connection: record, accessToken: token, expiresAt: record.expiresAt });

interface Through {
  store: Store['exports'];
  files: ExportFiles;
  /** What is read of a connection with its token; by default, that of a connection by OAuth. */
  read?: ((record: ConnectionRecord, token: string) => Credentials) | undefined;
}

const make = ({ read = bearer, ...through }: Through = { store: store.exports, files }): Exports =>
  createExports({
    home: '/data',
    presets: bundledPresets(),
    store: through.store,
    connections: {
      get: (id) => known.get(id) ?? null,
      active: () => active,
      list: () => [...known.values()],
      boundTo: () => bound,
    },
    readCredentials: (id) => {
      reads += 1;
      const token = tokens.get(id) ?? fail('not-found', 'no tokens');
      return Promise.resolve(token.ok ? ok(read(known.get(id)!, token.value)) : token);
    },
    maskedCredentials: (record, mask) =>
      credentials({ connection: record, accessToken: mask, expiresAt: record.expiresAt }),
    clock,
    logger: silentLogger,
    activity: {
      append: (entry): ActivityEntry => {
        activity.push(entry.event);
        return { ...entry, id: activity.length };
      },
    },
    files: through.files,
    newId: () => ExportId.parse(`export${String((nextId += 1))}`),
  });

beforeEach(() => {
  clock = new FakeClock();
  store = memoryStore({ clock });
  files = new MemoryExportFiles();
  known = new Map([
    [CONNECTION, connection()],
    [OTHER_CONNECTION, connection({ id: OTHER_CONNECTION, name: 'beta – ana' })],
  ]);
  tokens = new Map([
    [CONNECTION, ok('token-1')],
    [OTHER_CONNECTION, ok('token-other')],
  ]);
  active = CONNECTION;
  bound = ok(null);
  activity = [];
  seen = [];
  nextId = 0;
  reads = 0;
  exports = make();
  exports.onChange((view) => seen.push(view));
});

afterEach(async () => {
  await exports.dispose();
  expect(clock.pendingTimers).toBe(0);
  store.close();
});

const request = (change: Partial<ExportRequest> = {}): ExportRequest => ({
  file: FILE,
  target: { follows: 'connection', connection: CONNECTION },
  preset: 'atlassian',
  format: 'dotenv',
  mode: undefined,
  inPlace: false,
  allowDuplicateKeys: false,
  allowSharedFolder: false,
  ...change,
});

async function add(change: Partial<ExportRequest> = {}): Promise<ExportView> {
  const added = await exports.add(request(change));
  if (!added.ok) throw new Error(added.error.message);
  return added.value;
}

/** A refresh ended, well or not. */
function renew(token: Result<string>, id = CONNECTION): void {
  tokens.set(id, token);
  const record = known.get(id)!;
  const condition = { kind: 'gone', since: 0, reason: 'gone' } as const;
  known.set(id, token.ok ? { ...record, obtainedAt: record.obtainedAt + 1 } : { ...record, condition });
  exports.connectionChanged(id);
}

const only = (): ExportView => {
  const [view, ...others] = exports.list();
  if (view === undefined || others.length > 0) throw new Error('not one export');
  return view;
};

describe('adding', () => {
  it('writes at once and says so', async () => {
    const view = await add();
    expect(files.content.get(FILE)).toContain('ATLASSIAN_ACCESS_TOKEN=token-1\n');
    expect(view.status).toEqual({ state: 'written', at: '2026-11-22T09:30:00.000Z' });
    expect(view.connection).toEqual({ id: CONNECTION, name: 'acme – ana' });
    expect(view.mode).toBe('block');
    expect(seen.at(-1)).toEqual(view);
    expect(activity).toEqual(['export.added']);
  });

  it('leaves the data folder alone, whatever leads there', async () => {
    files.links.set('/work/link', '/data/sandbox/lock.db');
    for (const file of ['/data/lock.db', '/work/../data/tokentray.db-wal', '/work/link']) {
      expect(await exports.add(request({ file }))).toMatchObject({ error: { code: 'refused' } });
    }
    expect(files.writes).toBe(0);
    expect((await exports.add(request({ file: '/database/.env' }))).ok).toBe(true);
  });

  it('keeps what a person has in the file', async () => {
    files.content.set(FILE, 'MINE=1\n');
    await add();
    expect(files.content.get(FILE)?.startsWith('MINE=1\n# >>> tokentray (export1) >>>\n')).toBe(true);
  });

  it.each<[string, () => void, Partial<ExportRequest>, string]>([
    ['the disk is full', () => (files.fault = { code: 'io', message: 'full' }), {}, 'io'],
    [
      'the connection needs a reconnect',
      () => tokens.set(CONNECTION, fail('needs-reconnect', 'gone')),
      {},
      'needs-reconnect',
    ],
    [
      'the preset does not serve it',
      () => known.set(CONNECTION, connection({ site: null })),
      {},
      'unsupported',
    ],
    [
      'no connection is active',
      () => (active = null),
      { target: { follows: 'active', provider: ATLASSIAN } },
      'not-found',
    ],
    ['the path is relative', () => undefined, { file: 'x/.env' }, 'invalid-input'],
    ['a JSON file should hold a block', () => undefined, { format: 'json', mode: 'block' }, 'invalid-input'],
    [
      'a JSON file is somebody else’s',
      () => files.content.set(FILE, '{"a":1}'),
      { format: 'json' },
      'conflict',
    ],
    [
      'a file that should be ours is not',
      () => files.content.set(FILE, 'A=1\n'),
      { mode: 'whole' },
      'conflict',
    ],
    ['the file is UTF-16', () => files.content.set(FILE, 'A\0=\0'), {}, 'unsupported'],
    ['markers are broken', () => files.content.set(FILE, '# <<< tokentray (export1) <<<\n'), {}, 'conflict'],
  ])('keeps nothing when %s', async (_, arrange, change, code) => {
    arrange();
    const before = files.content.get(FILE);
    expect(await exports.add(request(change))).toMatchObject({ ok: false, error: { code } });
    expect(exports.list()).toEqual([]);
    expect(files.content.get(FILE)).toBe(before);
    expect(seen).toEqual([]);
  });

  it('asks when a key is set elsewhere in the file, and goes on when told so', async () => {
    files.content.set(FILE, 'X=1\nATLASSIAN_CLOUD_ID=mine\n');
    const refused = await exports.add(request());
    expect(refused).toMatchObject({ ok: false, error: { code: 'duplicate-key' } });
    expect(JSON.stringify(refused)).toContain('ATLASSIAN_CLOUD_ID is already set on line 2');
    const view = await add({ allowDuplicateKeys: true });
    expect(view.warnings).toEqual([expect.stringContaining('ATLASSIAN_CLOUD_ID is also set on line 2')]);
  });

  it('takes the place of lines that an ended Tokentray left behind', async () => {
    files.content.set(
      FILE,
      'X=1\n# >>> tokentray (export99) >>>\nATLASSIAN_ACCESS_TOKEN=old\n# <<< tokentray (export99) <<<\n',
    );
    expect((await add({})).warnings).toEqual([]);
    expect(files.content.get(FILE)).toMatch(/^X=1\n# >>> tokentray \(export1\) >>>\n/);
    expect(files.content.get(FILE)).not.toContain('export99');
  });

  it('refuses a second export of the same preset to the same place, also by way of a link', async () => {
    await add();
    files.links.set('/home/ana/link.env', FILE);
    const second = await exports.add(request({ file: '/home/ana/link.env' }));
    expect(second).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(await exports.add(request({ format: 'json', preset: 'mcp-atlassian' }))).toMatchObject({
      error: { code: 'conflict' },
    });
    expect(exports.list()).toHaveLength(1);
  });

  it('lets two presets share a file, each with its own lines', async () => {
    await Promise.all([add(), add({ preset: 'mcp-atlassian' })]);
    const text = files.content.get(FILE);
    expect(text).toContain('# >>> tokentray (export1) >>>');
    expect(text).toContain('# >>> tokentray (export2) >>>');
    await exports.write(null);
    expect(files.overlap).toBe(1);
  });

  it('warns of what the place means', async () => {
    files.places.set(FILE, ['Git tracks .env']);
    expect((await add()).warnings).toEqual(['Git tracks .env']);
  });

  it('says once, and not for ever, that others could read the file', async () => {
    files.narrowedFrom = 0o644;
    expect((await add()).warnings).toEqual([]);
    await exports.write(null);
    expect(activity.filter((event) => event === 'export.narrowed')).toHaveLength(1);
  });
});

describe('keeping up to date', () => {
  it('writes shortly after the connection changed, once for several changes', async () => {
    await add();
    renew(ok('token-2'));
    exports.connectionChanged(CONNECTION);
    expect(only().status).toEqual({ state: 'pending' });
    await clock.advanceAsync(50);
    expect(files.content.get(FILE)).toContain('ATLASSIAN_ACCESS_TOKEN=token-2\n');
    expect(files.writes).toBe(2);
    expect(only().status).toEqual({ state: 'written', at: '2026-11-22T09:30:00.050Z' });
  });

  it('leaves a file alone that holds the same already', async () => {
    const { status } = await add();
    exports.connectionChanged(CONNECTION);
    await clock.advanceAsync(1000);
    await exports.write(null);
    expect(files.writes).toBe(1);
    expect(only().status).toEqual(status);
  });

  it('tells the new name of its connection although the file stays as it is', async () => {
    await add();
    seen.length = 0;
    known.set(CONNECTION, connection({ name: 'renamed' }));
    exports.connectionChanged(CONNECTION);
    await clock.advanceAsync(50);
    expect(files.writes).toBe(1);
    expect(seen.map((view) => view.connection?.name)).toEqual(['renamed']);
  });

  it('keeps no failure that only the end of the app caused', async () => {
    const { status } = await add();
    renew(fail('cancelled', 'Tokentray is shutting down.'));
    await exports.drain();
    expect(only().status).toEqual(status);
    expect(activity).toEqual(['export.added']);
  });

  it('reads no secret and no file for what changes nothing in it', async () => {
    await add();
    const before = [reads, files.updates];
    const transient = {
      kind: 'transient',
      since: 0,
      reason: 'timed out',
      failures: 1,
      retryAt: 1,
      answered: false,
    } as const;
    for (const change of [
      { condition: transient },
      { pausedAt: 1 },
      { lastRefreshAt: 1 },
      { name: 'other' },
    ]) {
      known.set(CONNECTION, connection(change));
      exports.connectionChanged(CONNECTION);
      exports.activeChanged();
      await clock.advanceAsync(1000);
    }
    expect([reads, files.updates]).toEqual(before);
    expect(clock.pendingTimers).toBe(0);
    known.set(CONNECTION, connection({ expiresAt: 7 }));
    exports.connectionChanged(CONNECTION);
    await clock.advanceAsync(50);
    expect([reads, files.updates]).toEqual(before.map((count) => count + 1));
  });

  it('reads nothing a second time for a change that the write under way has seen', async () => {
    await add();
    tokens.set(CONNECTION, ok('token-2'));
    renew(ok('token-2'));
    const writing = exports.write(null);
    exports.connectionChanged(CONNECTION);
    await writing;
    const before = reads;
    await clock.advanceAsync(1000);
    expect(reads).toBe(before);
    expect(only().status.state).toBe('written');
  });

  it('does not write for another connection', async () => {
    await add();
    exports.connectionChanged(OTHER_CONNECTION);
    expect(clock.pendingTimers).toBe(0);
  });

  it('follows the active connection', async () => {
    await add({ target: { follows: 'active', provider: ATLASSIAN } });
    active = OTHER_CONNECTION;
    exports.activeChanged();
    await clock.advanceAsync(50);
    expect(files.content.get(FILE)).toContain('token-other');
    renew(ok('token-other-2'), OTHER_CONNECTION);
    await clock.advanceAsync(50);
    expect(files.content.get(FILE)).toContain('token-other-2');
    expect(only().connection?.name).toBe('beta – ana');
  });

  it('follows another connection when it is added again after its own was removed', async () => {
    const { id } = await add();
    known.delete(CONNECTION);
    exports.connectionChanged(CONNECTION);
    await clock.advanceAsync(50);
    const again = await add({ target: { follows: 'connection', connection: OTHER_CONNECTION } });
    expect(again.id).toBe(id);
    expect(only()).toMatchObject({ connection: { id: OTHER_CONNECTION }, status: { state: 'written' } });
    expect(files.content.get(FILE)).toContain('token-other');
  });

  it('keeps the last content when its connection was removed, and says so', async () => {
    await add();
    const before = files.content.get(FILE);
    known.delete(CONNECTION);
    exports.connectionChanged(CONNECTION);
    await clock.advanceAsync(50);
    expect(files.content.get(FILE)).toBe(before);
    expect(only()).toMatchObject({
      connection: null,
      status: { state: 'failed', error: { code: 'not-found' } },
    });
    expect(clock.pendingTimers).toBe(0);
  });

  it('does not ask for a dead credential again by itself', async () => {
    await add();
    renew(fail('needs-reconnect', 'gone'));
    await clock.advanceAsync(50);
    expect(only().status).toMatchObject({ state: 'failed', error: { code: 'needs-reconnect' } });
    expect(clock.pendingTimers).toBe(0);
  });

  it('says when the token that the file holds ends, not the one that could not be written', async () => {
    await add();
    const held = '2026-11-22T10:30:00.000Z';
    expect(only().tokenEndsAt).toBe(held);
    const later = Date.UTC(2026, 10, 22, 11, 30);
    known.set(CONNECTION, connection({ expiresAt: later }));
    files.fault = { code: 'io', message: 'The disk is full.' };
    renew(ok('token-2'));
    await clock.advanceAsync(50);
    expect(only()).toMatchObject({ status: { state: 'failed' }, tokenEndsAt: held });
    files.fault = null;
    await exports.write(null);
    expect(only().tokenEndsAt).toBe('2026-11-22T11:30:00.000Z');
    // Read again after a restart.
    const [record] = store.exports.list();
    expect(record?.from?.expiresAt).toBe(later);
  });

  it('knows when a token ends that the provider prolonged without another one', async () => {
    await add();
    known.set(CONNECTION, connection({ expiresAt: Date.UTC(2026, 10, 22, 11, 30) }));
    renew(ok('token-1'));
    await clock.advanceAsync(50);
    expect(only().tokenEndsAt).toBe('2026-11-22T11:30:00.000Z');
  });

  it('tells a failing write once, tries again more and more slowly, and tells when it went well', async () => {
    await add();
    files.fault = { code: 'io', message: 'The disk is full.' };
    renew(ok('token-2'));
    await clock.advanceAsync(50);
    const { status } = only();
    expect(status).toMatchObject({ state: 'failed', since: '2026-11-22T09:30:00.050Z' });
    await clock.advanceAsync(5000 + 10_000 + 20_000);
    expect(only().status).toEqual(status);
    expect(activity.filter((event) => event === 'export.failed')).toHaveLength(1);
    files.fault = null;
    await clock.advanceAsync(39_999);
    expect(only().status).toEqual(status);
    await clock.advanceAsync(1);
    expect(files.content.get(FILE)).toContain('token-2');
    expect(activity.at(-1)).toBe('export.recovered');
    expect(clock.pendingTimers).toBe(0);
  });

  it('waits at most five minutes between tries', async () => {
    await add();
    files.fault = { code: 'io', message: 'The disk is full.' };
    await exports.write(null);
    await clock.advanceAsync(3_600_000);
    files.fault = null;
    tokens.set(CONNECTION, ok('token-2'));
    await clock.advanceAsync(300_000);
    expect(files.content.get(FILE)).toContain('token-2');
  });

  it('writes at start what changed while the app was not running', async () => {
    await add();
    await exports.dispose();
    tokens.set(CONNECTION, ok('token-2'));
    exports = make();
    exports.start();
    await clock.advanceAsync(0);
    expect(files.content.get(FILE)).toContain('token-2');
  });

  it('writes what is due before the app ends', async () => {
    await add();
    renew(ok('token-2'));
    await exports.drain();
    expect(files.content.get(FILE)).toContain('token-2');
    expect(clock.pendingTimers).toBe(0);
  });

  it('does not overwrite a JSON file that somebody changed', async () => {
    await add({ format: 'json' });
    expect(JSON.parse(files.content.get(FILE)!)).toMatchObject({ ATLASSIAN_ACCESS_TOKEN: 'token-1' });
    tokens.set(CONNECTION, ok('token-2'));
    await exports.write(null);
    expect(JSON.parse(files.content.get(FILE)!)).toMatchObject({ ATLASSIAN_ACCESS_TOKEN: 'token-2' });
    files.content.set(FILE, '{"ATLASSIAN_ACCESS_TOKEN":"x","mine":1}');
    await exports.write(null);
    expect(files.content.get(FILE)).toBe('{"ATLASSIAN_ACCESS_TOKEN":"x","mine":1}');
    expect(only().status).toMatchObject({ state: 'failed', error: { code: 'conflict' } });
  });
});

describe('writing when asked', () => {
  it('takes an id or a path, and gives the state of each', async () => {
    const { id } = await add();
    await add({ file: '/home/ana/y/.env' });
    files.content.clear();
    expect(await exports.write(id)).toMatchObject({
      ok: true,
      value: [{ id, status: { state: 'written' } }],
    });
    expect(await exports.write('/home/ana/x/../x/.env')).toMatchObject({ ok: true, value: [{ id }] });
    expect([...files.content.keys()]).toEqual([FILE]);
    expect(await exports.write(null)).toMatchObject({ ok: true, value: [{}, {}] });
  });

  it('knows no export of that name', async () => {
    expect(await exports.write('/nowhere')).toMatchObject({ ok: false, error: { code: 'not-found' } });
  });

  it('forgets a key that is no longer set twice, also when nobody asked', async () => {
    files.content.set(FILE, 'ATLASSIAN_CLOUD_ID=mine\n');
    await add({ allowDuplicateKeys: true });
    files.content.set(FILE, `\n${files.content.get(FILE)!}`);
    await exports.write(null);
    expect(only().warnings).toEqual([expect.stringContaining('line 2')]);
    files.content.set(FILE, files.content.get(FILE)!.replace('ATLASSIAN_CLOUD_ID=mine\n', ''));
    renew(ok('token-2'));
    await clock.advanceAsync(50);
    expect(only().warnings).toEqual([]);
  });

  it('warns of the place after a restart too, until the person has mended it', async () => {
    files.places.set(FILE, ['Git tracks .env']);
    await add();
    await exports.dispose();
    exports = make();
    exports.start();
    await clock.advanceAsync(0);
    expect(only().warnings).toEqual(['Git tracks .env']);
    files.places.clear();
    renew(ok('token-2'));
    await clock.advanceAsync(50);
    expect(only().warnings).toEqual([]);
    const { looks } = files;
    renew(ok('token-3'));
    await clock.advanceAsync(50);
    expect(files.looks).toBe(looks);
  });

  it('looks at the place again', async () => {
    await add();
    files.places.set(FILE, ['Git tracks .env']);
    exports.connectionChanged(CONNECTION);
    await clock.advanceAsync(50);
    expect(only().warnings).toEqual([]);
    await exports.write(null);
    expect(only().warnings).toEqual(['Git tracks .env']);
    files.places.clear();
    await exports.write(null);
    expect(only().warnings).toEqual([]);
  });
});

describe('changing', () => {
  const ELSEWHERE = '/home/ana/y/.env';
  const wanted = {
    file: ELSEWHERE,
    target: { follows: 'connection', connection: OTHER_CONNECTION },
  } as const;

  it('keeps the id and the place in the list, writes at once, and takes our lines out of the old file', async () => {
    files.content.set(FILE, 'MINE=1\n');
    const { id } = await add();
    const { id: other } = await add({ file: '/home/ana/z/.env' });
    const changed = await exports.change(FILE, request(wanted));
    expect(changed).toMatchObject({
      ok: true,
      value: { id, file: ELSEWHERE, connection: { id: OTHER_CONNECTION }, status: { state: 'written' } },
    });
    expect(files.content.get(ELSEWHERE)).toContain('ATLASSIAN_ACCESS_TOKEN=token-other\n');
    expect(files.content.get(FILE)).toBe('MINE=1\n');
    expect(exports.list().map((view) => view.id)).toEqual([id, other]);
    expect(activity.at(-1)).toBe('export.changed');
    exports.connectionChanged(CONNECTION);
    await exports.drain();
    expect(files.content.get(FILE)).toBe('MINE=1\n');
  });

  it('puts other lines in the same place of the same file', async () => {
    files.content.set(FILE, 'A=1\n');
    const { id } = await add();
    files.content.set(FILE, `${files.content.get(FILE) ?? ''}B=2\n`);
    expect((await exports.change(id, request({ preset: 'mcp-atlassian' }))).ok).toBe(true);
    const text = files.content.get(FILE);
    expect(text).toMatch(/^A=1\n# >>> tokentray \(export1\) >>>\n[^>]*JIRA_URL=[^>]*<<<\nB=2\n$/);
    expect(text).not.toContain('ATLASSIAN_ACCESS_TOKEN');
    expect(files.writes).toBe(2);
  });

  it.each([
    ['dotenv', 'json', '{'],
    ['json', 'bash', '# >>>'],
    ['json', 'bare', 'ATLASSIAN_ACCESS_TOKEN='],
    ['bare', 'yaml', '# >>>'],
    ['toml', 'cmd', ':: >>>'],
    ['cmd', 'dotenv', '# >>>'],
  ] as const)('turns a file of ours from %s to %s in one step', async (from, to, start) => {
    const { id } = await add({ format: from });
    expect(await exports.change(id, request({ format: to }))).toMatchObject({ value: { id, format: to } });
    const text = files.content.get(FILE);
    expect(text?.startsWith(start)).toBe(true);
    expect(text?.match(/>>> tokentray/g) ?? []).toHaveLength(start.includes('>>>') ? 1 : 0);
    expect(files.writes).toBe(2);
  });

  it.each<[string, () => void, Partial<ExportRequest>, string]>([
    ['the path is relative', () => undefined, { file: 'y/.env' }, 'invalid-input'],
    ['another export writes there', () => undefined, { file: '/home/ana/z/.env' }, 'conflict'],
    ['the place is the data folder', () => undefined, { file: '/data/lock.db' }, 'refused'],
    [
      'a key is set there already',
      () => files.content.set(ELSEWHERE, 'ATLASSIAN_CLOUD_ID=mine\n'),
      {},
      'duplicate-key',
    ],
    [
      'the new file is somebody else’s',
      () => files.content.set(ELSEWHERE, 'A=1\n'),
      { mode: 'whole' },
      'conflict',
    ],
    [
      'there is no token',
      () => tokens.set(OTHER_CONNECTION, fail('needs-reconnect', 'gone')),
      {},
      'needs-reconnect',
    ],
    ['the disk is full', () => (files.fault = { code: 'io', message: 'full' }), {}, 'io'],
    [
      'our lines cannot be told from the rest of the old file',
      () => files.content.set(FILE, '# <<< tokentray (export1) <<<\n'),
      {},
      'conflict',
    ],
  ])('leaves the export as it was, and written still, when %s', async (_, arrange, change, code) => {
    const { id } = await add();
    await add({ file: '/home/ana/z/.env' });
    const content = files.content.get(FILE) ?? '';
    const before = exports.list()[0];
    arrange();
    expect(await exports.change(id, request({ ...wanted, ...change }))).toMatchObject({ error: { code } });
    files.fault = null;
    files.content.set(FILE, content);
    await clock.advanceAsync(0);
    expect(files.content.get(ELSEWHERE) ?? '').not.toContain('tokentray');
    renew(ok('token-2'));
    await clock.advanceAsync(50);
    expect(exports.list()[0]).toEqual({
      ...before,
      status: expect.objectContaining({ state: 'written' }) as unknown,
    });
    expect(files.content.get(FILE)).toContain('token-2');
  });

  it('goes on although a key is set elsewhere when told so', async () => {
    const { id } = await add();
    files.content.set(ELSEWHERE, 'ATLASSIAN_CLOUD_ID=mine\n');
    expect((await exports.change(id, request({ ...wanted, allowDuplicateKeys: true }))).ok).toBe(true);
  });

  it('knows no export of that name, and asks which of several', async () => {
    expect(await exports.change('/nowhere', request())).toMatchObject({ error: { code: 'not-found' } });
    await add();
    await add({ preset: 'mcp-atlassian' });
    expect(await exports.change(FILE, request())).toMatchObject({ error: { code: 'ambiguous' } });
  });

  /** Kills a change at its nth step, restarts, and gives the file that is kept up to date then. */
  async function fileAfterKill(id: ExportId, steps: number): Promise<{ file: string; killed: boolean }> {
    let left = steps;
    const step = <T>(work: () => T): T => {
      if (left === 0) throw new Error('killed');
      left -= 1;
      return work();
    };
    const dying = make({
      store: {
        list: () => store.exports.list(),
        get: (wantedId) => store.exports.get(wantedId),
        remove: (gone) => step(() => store.exports.remove(gone)),
        save: (record) => step(() => store.exports.save(record)),
      },
      files: {
        target: files.target,
        warnings: files.warnings,
        update: async (file, decide) => step(() => files.update(file, decide, { allowShared: false })),
      },
    });
    const killed = await dying.change(id, request(wanted)).then(
      () => false,
      () => true,
    );
    await dying.dispose();
    exports = make();
    exports.start();
    await clock.advanceAsync(0);
    const view = only();
    expect(view).toMatchObject({ id, status: { state: 'written' } });
    expect(files.content.get(view.file)).toContain(view.file === FILE ? 'token-1' : 'token-other');
    const other = view.file === FILE ? ELSEWHERE : FILE;
    expect(files.content.get(other) ?? '').not.toContain('tokentray');
    return { file: view.file, killed };
  }

  it('survives an end of the app at any step, as it was or as it is wanted', async () => {
    const ends: string[] = [];
    for (let steps = 0, killed = true; killed; steps += 1) {
      const { id } = await add();
      const end = await fileAfterKill(id, steps);
      ends.push(end.file);
      killed = end.killed;
      await exports.remove(id, { keepFile: false });
      expect([...files.content.keys()]).toEqual([]);
    }
    expect(ends).toEqual([FILE, FILE, ELSEWHERE, ELSEWHERE, ELSEWHERE, ELSEWHERE]);
  });

  it('is as it was after an end of the app at any step when what is wanted is refused', async () => {
    files.content.set(ELSEWHERE, 'ATLASSIAN_CLOUD_ID=mine\n');
    for (let steps = 0, killed = true; killed; steps += 1) {
      const { id } = await add();
      const end = await fileAfterKill(id, steps);
      expect(end.file).toBe(FILE);
      killed = end.killed;
      await exports.remove(id, { keepFile: false });
    }
  });

  it('takes both out when it is removed before a cut-short change was finished', async () => {
    const { id } = await add();
    const record = store.exports.get(id)!;
    const { file, preset, format, mode } = record;
    store.exports.save({ ...record, file: ELSEWHERE, former: { file, preset, format, mode } });
    await exports.remove(id, { keepFile: false });
    expect([...files.content.keys()]).toEqual([]);
  });
});

describe('removing', () => {
  it('takes our lines out and leaves the rest', async () => {
    files.content.set(FILE, 'MINE=1');
    const { id } = await add();
    const removed: ExportId[] = [];
    exports.onRemoved((gone) => removed.push(gone));
    expect(await exports.remove(FILE, { keepFile: false })).toEqual({ ok: true, value: { id, file: FILE } });
    expect(files.content.get(FILE)).toBe('MINE=1');
    expect(exports.list()).toEqual([]);
    expect(removed).toEqual([id]);
  });

  it.each(['dotenv', 'json'] as const)('deletes a %s file with nothing else in it', async (format) => {
    const { id } = await add({ format });
    await exports.remove(id, { keepFile: false });
    expect(files.content.has(FILE)).toBe(false);
  });

  it('leaves a JSON file that is not ours any more', async () => {
    const { id } = await add({ format: 'json' });
    files.content.set(FILE, '{"mine":1}');
    expect((await exports.remove(id, { keepFile: false })).ok).toBe(true);
    expect(files.content.get(FILE)).toBe('{"mine":1}');
  });

  it('keeps the file when asked', async () => {
    const { id } = await add();
    const before = files.content.get(FILE);
    await exports.remove(id, { keepFile: true });
    expect(files.content.get(FILE)).toBe(before);
  });

  it('keeps the export when our lines cannot be taken out', async () => {
    const { id } = await add();
    files.fault = { code: 'io', message: 'read-only' };
    expect(await exports.remove(id, { keepFile: false })).toMatchObject({ ok: false, error: { code: 'io' } });
    expect(exports.list()).toHaveLength(1);
  });

  it('asks which when several write one file', async () => {
    await add();
    await add({ preset: 'mcp-atlassian' });
    const result = await exports.remove(FILE, { keepFile: false });
    expect(result).toMatchObject({ ok: false, error: { code: 'ambiguous' } });
    expect(JSON.stringify(result)).toContain('export2 (mcp-atlassian)');
  });

  it('drops the write that was due', async () => {
    const { id } = await add();
    exports.connectionChanged(CONNECTION);
    await exports.remove(id, { keepFile: false });
    await clock.advanceAsync(1000);
    expect(files.content.has(FILE)).toBe(false);
  });
});

describe('formats', () => {
  const basic = (apis = [{ id: 'jira', name: 'Jira', url: 'https://acme.atlassian.net' }]) => {
    const record = connection({ method: 'api-token', sent: { as: 'basic', username: 'ana@acme.example' } });
    known.set(CONNECTION, record);
    return credentials({ connection: record, apis });
  };

  it.each(['yaml', 'toml', 'ini', 'bare', 'json'] as const)(
    'writes %s into a file of its own only, and deletes that',
    async (format) => {
      files.content.set(FILE, 'mine = 1\n');
      expect(await exports.add(request({ format }))).toMatchObject({ error: { code: 'conflict' } });
      expect(await exports.add(request({ format, mode: 'block' }))).toMatchObject({
        error: { code: 'invalid-input', message: expect.stringContaining(format) as string },
      });
      const { id, mode } = await add({ file: '/home/ana/x/own', format });
      expect(mode).toBe('whole');
      tokens.set(CONNECTION, ok('token-2'));
      await exports.write(null);
      expect(files.content.get('/home/ana/x/own')).toContain('token-2');
      await exports.remove(id, { keepFile: false });
      expect(files.content.has('/home/ana/x/own')).toBe(false);
      expect(files.content.get(FILE)).toBe('mine = 1\n');
    },
  );

  it.each([
    ['/home/ana/x/.env', undefined, 'dotenv'],
    ['/home/ana/x/tokens.yml', undefined, 'yaml'],
    ['/home/ana/x/tokens.yml', 'bash', 'bash'],
  ] as const)('writes %s, asked for in %s, in %s', async (file, format, written) => {
    expect(await add({ file, format })).toMatchObject({ format: written });
  });

  it('keeps no file for GitHub Actions, and says what to write instead', async () => {
    expect(await exports.add(request({ format: 'github-actions' }))).toMatchObject({
      error: { code: 'invalid-input', hint: expect.stringContaining('>> "$GITHUB_ENV"') as string },
    });
  });

  it('leaves an .envrc alone, also by way of a link, and says what to put in it', async () => {
    files.links.set('/home/ana/x/link', '/home/ana/x/.envrc');
    for (const file of ['/home/ana/x/.envrc', '/home/ana/x/link']) {
      expect(await exports.add(request({ file, format: 'bash' }))).toMatchObject({
        error: { code: 'refused', hint: expect.stringContaining('dotenv .env.tokentray') as string },
      });
    }
    expect(files.content.size).toBe(0);
  });

  it.each([
    ['dotenv', "X='1\nY=2\n", 1],
    ['bash', 'export X=1\ncat <<EOF\n', 2],
    ['fish', 'set -gx X "a\n', 1],
    ['cmd', 'set X=a^\n', 1],
  ] as const)('writes no %s lines that %j would swallow', async (format, text, line) => {
    files.content.set(FILE, text);
    expect(await exports.add(request({ format }))).toMatchObject({
      error: { code: 'conflict', message: expect.stringContaining(`Line ${String(line)}: `) as string },
    });
    expect(files.content.get(FILE)).toBe(text);
  });

  it('keeps lines up to date that a quote opened since swallows, and warns', async () => {
    await add();
    files.content.set(FILE, `X='1\n${files.content.get(FILE)!}`);
    tokens.set(CONNECTION, ok('token-2'));
    await exports.write(null);
    expect(files.content.get(FILE)).toContain('ATLASSIAN_ACCESS_TOKEN=token-2\n');
    expect(only().warnings).toEqual([expect.stringContaining('Line 1: a quote is opened')]);
    files.content.set(FILE, files.content.get(FILE)!.replace("X='1", 'X=1'));
    await exports.write(null);
    expect(only().warnings).toEqual([]);
  });

  it('keeps a .netrc up to date, and asks when it has an entry for the host already', async () => {
    exports = make({
      store: store.exports,
      files,
      read: (record, token) => credentials({ ...basic(), connection: record, accessToken: token }),
    });
    basic();
    files.content.set('/home/ana/.netrc', 'machine other.example login a password b\n');
    await add({ file: '/home/ana/.netrc', format: 'netrc' });
    const line = (token: string) => `machine acme.atlassian.net login ana@acme.example password ${token}\n`;
    expect(files.content.get('/home/ana/.netrc')).toContain(line('token-1'));
    renew(ok('token-2'));
    clock.advance(50);
    await exports.drain();
    expect(files.content.get('/home/ana/.netrc')).toContain(line('token-2'));
    files.content.set('/home/ana/b', 'machine acme.atlassian.net login a password b\n');
    expect(await exports.add(request({ file: '/home/ana/b', format: 'netrc' }))).toMatchObject({
      error: { code: 'duplicate-key', message: expect.stringContaining('acme.atlassian.net') as string },
    });
  });

  it('has entries of several connections in one .netrc, each once', async () => {
    exports = make({
      store: store.exports,
      files,
      read: (_, token) =>
        credentials({
          ...basic([{ id: 'a', name: 'A', url: `https://${token}.example` }]),
          accessToken: token,
        }),
    });
    const netrc = { file: '/home/ana/.netrc', format: 'netrc' } as const;
    const other = { follows: 'connection', connection: OTHER_CONNECTION } as const;
    await add(netrc);
    await add({ ...netrc, target: other });
    expect(files.content.get('/home/ana/.netrc')?.match(/^machine \S+/gm)).toEqual([
      'machine token-1.example',
      'machine token-other.example',
    ]);
    expect(await exports.add(request({ ...netrc, target: other, preset: 'mcp-atlassian' }))).toMatchObject({
      error: { code: 'conflict' },
    });
  });

  it('makes no .netrc of a Bearer token', async () => {
    expect(await exports.add(request({ format: 'netrc' }))).toMatchObject({
      error: { code: 'unsupported', message: expect.stringContaining('Bearer') as string },
    });
  });

  it('has no lines with other marks in one file', async () => {
    await add({ format: 'cmd' });
    expect(await exports.add(request({ preset: 'mcp-atlassian' }))).toMatchObject({
      error: { code: 'conflict' },
    });
  });

  it('writes again when something changed that a format could not hold empty', async () => {
    await add({ format: 'powershell' });
    const record = known.get(CONNECTION)!;
    known.set(CONNECTION, connection({ site: { ...record.site!, url: 'https://new.atlassian.net' } }));
    exports.connectionChanged(CONNECTION);
    await exports.drain();
    expect(files.content.get(FILE)).toContain('https://new.atlassian.net');
  });
});

it('lists what follows a connection by its id', async () => {
  const { id } = await add();
  await add({ file: '/home/ana/y/.env', target: { follows: 'active', provider: ATLASSIAN } });
  expect(exports.following(CONNECTION).map((view) => view.id)).toEqual([id]);
});

it('renders without a file', () => {
  const rendered = exports.render(credentials(), 'mcp-atlassian', 'bash');
  expect(rendered).toMatchObject({ ok: true });
  if (rendered.ok) expect(rendered.value.text).toContain("export JIRA_URL='https://acme.atlassian.net'\n");
});
