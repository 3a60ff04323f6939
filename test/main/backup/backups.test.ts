import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { armor } from 'age-encryption';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RestoreView } from '../../../contract/backup.ts';
import { ExportId, HookId, OAuthClientId, ProviderId } from '../../../contract/ids.ts';
import { processAge } from '../../../main/backup/age-format.ts';
import { createAge } from '../../../main/backup/age.ts';
import { createBackups, type Backups } from '../../../main/backup/backups.ts';
import { systemClock } from '../../../main/lib/clock.ts';
import type { Store } from '../../../main/store/ports.ts';
import type { ExportRecord } from '../../../main/store/records.ts';
import { sampleClient } from '../../fakes/sample-client.ts';
import { sampleConnection, sampleTokens } from '../../fakes/sample-connection.ts';
import { StoreInFolder, value } from '../../fakes/store-in-folder.ts';

/** In this thread and with little work, because starting one takes a while. */
const age = createAge(processAge, 10);
const PASSPHRASE = 'four words and a space';
const clientId = OAuthClientId.parse(crypto.randomUUID());
const atlassian = ProviderId.parse('atlassian');
const work = sampleConnection({ name: 'Work', client: clientId });
const home = sampleConnection({ name: 'Home', client: clientId });
const folders: StoreInFolder[] = [];
let file: string;

interface Place {
  folder: StoreInFolder;
  store: Store;
  backups: Backups;
  providers: string;
  presets: string;
}

async function place(folder = new StoreInFolder()): Promise<Place> {
  if (!folders.includes(folder)) folders.push(folder);
  const store = await folder.ready();
  const providers = path.join(folder.home, 'providers');
  const presets = path.join(folder.home, 'presets');
  const backups = createBackups({
    store,
    providers,
    presets,
    version: '0.1.0',
    clock: systemClock,
    age,
  });
  return { folder, store, backups, providers, presets };
}

const exported = (file: string): ExportRecord => ({
  id: ExportId.parse(crypto.randomUUID().slice(0, 8)),
  file,
  preset: 'atlassian',
  format: 'dotenv',
  mode: 'block',
  target: { follows: 'connection', connection: work.id },
  createdAt: 1,
  writtenAt: null,
  error: null,
  sharedFolder: false,
  former: null,
  inPlace: false,
  pipe: null,
  readAt: null,
  from: null,
  writes: [],
});

/** Two connections, a client with a secret, an export, a setting, provider files and presets. */
async function filled(): Promise<Place> {
  const filled = await place();
  const { store, providers, presets } = filled;
  mkdirSync(presets, { mode: 0o700 });
  for (const name of ['tool.json', 'settings.tmpl', 'notes.txt'])
    writeFileSync(path.join(presets, name), `of ${name}`, { mode: 0o600 });
  value(store.clients.save(sampleClient(clientId), 'client-secret-1'));
  value(store.connections.insert(work, sampleTokens({ refreshToken: 'refresh-work' })));
  value(store.connections.insert(home, sampleTokens({ refreshToken: 'refresh-home' })));
  value(store.connections.setActive(home.id));
  value(store.exports.save(exported('/home/ada/project/.env')));
  value(store.settings.set({ theme: 'dark' }));
  mkdirSync(providers, { mode: 0o700 });
  writeFileSync(path.join(providers, 'acme.json'), '{"id":"acme"}', { mode: 0o600 });
  for (const name of ['added.jsonc', '.hidden.JSON', 'back\\slash.json'])
    writeFileSync(path.join(providers, name), '{"id":"other"} // kept', { mode: 0o600 });
  return filled;
}

/** Restores, and starts again. */
async function restored(into: Place, confirmed = true): Promise<Place & { view: RestoreView }> {
  const view = value(await into.backups.restore({ file, passphrase: PASSPHRASE, confirmed }));
  return { ...(await place(into.folder)), view };
}

beforeEach(async () => {
  const source = await filled();
  file = path.join(source.folder.home, 'copy.age');
  value(await source.backups.create({ file, passphrase: PASSPHRASE, overwrite: false }));
});
afterEach(() => {
  for (const folder of folders.splice(0)) folder.dispose();
});

const refusal = async (into: Place, passphrase = PASSPHRASE) => {
  const checked = await into.backups.check({ file, passphrase });
  const restored = await into.backups.restore({ file, passphrase, confirmed: true });
  expect(restored).toEqual(checked);
  expect(into.folder.open().connections.list()).toEqual([]);
  expect(existsSync(into.providers)).toBe(false);
  return checked.ok ? null : checked.error;
};

describe('a backup', () => {
  it('is one file of its owner in the age format, without a secret in the clear', () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const bytes = readFileSync(file);
    expect(bytes.toString('latin1')).toMatch(/^age-encryption\.org\/v1\n-> scrypt /);
    for (const secret of ['refresh-work', 'client-secret-1', 'Work', PASSPHRASE])
      expect(bytes.includes(secret)).toBe(false);
    expect(readdirSync(path.dirname(file)).filter((name) => name.includes('.tmp'))).toEqual([]);
  });

  it('brings everything back to an empty data folder', async () => {
    const { store, providers, presets, view } = await restored(await place(), false);
    expect(view).toMatchObject({ unused: true, clients: 1, exports: 1, version: '0.1.0' });
    expect(view.connections.map(({ name, change }) => [name, change])).toEqual([
      ['Work', 'added'],
      ['Home', 'added'],
    ]);
    expect(store.connections.tokens(work.id)).toMatchObject({ value: { refreshToken: 'refresh-work' } });
    expect(store.connections.tokens(home.id)).toMatchObject({ value: { refreshToken: 'refresh-home' } });
    expect(store.connections.active(atlassian)).toBe(home.id);
    expect(store.clients.secret(clientId)).toEqual({ ok: true, value: 'client-secret-1' });
    expect(store.exports.list().map((each) => each.file)).toEqual(['/home/ada/project/.env']);
    expect(store.settings.get().theme).toBe('dark');
    expect(readFileSync(path.join(providers, 'acme.json'), 'utf8')).toBe('{"id":"acme"}');
    expect(statSync(path.join(providers, 'acme.json')).mode & 0o777).toBe(0o600);
    expect(readFileSync(path.join(providers, 'added.jsonc'), 'utf8')).toBe('{"id":"other"} // kept');
    expect(readdirSync(providers).sort()).toEqual(['.hidden.JSON', 'acme.json', 'added.jsonc']);
    expect(readdirSync(presets).sort()).toEqual(['settings.tmpl', 'tool.json']);
    expect(readFileSync(path.join(presets, 'settings.tmpl'), 'utf8')).toBe('of settings.tmpl');
    expect(statSync(path.join(presets, 'settings.tmpl')).mode & 0o777).toBe(0o600);
    expect(store.activity.list({ limit: 1 })[0]?.message).toBe(
      'A backup was restored: 2 of 2 connections come from it.',
    );
    expect(store.damaged.list()).toEqual([]);
  });

  it('is not written over a file, unless that is asked for', async () => {
    const source = await place();
    writeFileSync(file, 'mine');
    const request = { file, passphrase: PASSPHRASE };
    expect(await source.backups.create({ ...request, overwrite: false })).toMatchObject({
      error: { code: 'conflict' },
    });
    expect(readFileSync(file, 'utf8')).toBe('mine');
    expect(await source.backups.create({ ...request, overwrite: true })).toMatchObject({ ok: true });
    expect((await source.backups.check(request)).ok).toBe(true);
  });

  it.each(['', 'short', 'elevenchars'])('is not made with the passphrase “%s”', async (passphrase) => {
    const made = await (await place()).backups.create({ file: `${file}2`, passphrase, overwrite: false });
    expect(made).toMatchObject({ error: { code: 'invalid-input' } });
    expect(existsSync(`${file}2`)).toBe(false);
  });

  it('leaves out what cannot be decrypted, and says so', async () => {
    const source = await filled();
    source.folder.close();
    const database = new DatabaseSync(path.join(source.folder.home, 'tokentray.db'));
    database.prepare("UPDATE connections SET tokens = x'00' WHERE id = ?").run(home.id);
    database.close();
    const again = await place(source.folder);
    const request = { file: `${file}2`, passphrase: PASSPHRASE };
    expect(await again.backups.create({ ...request, overwrite: false })).toMatchObject({
      value: { connections: 1, unreadable: 1 },
    });
    const plan = value(await (await place()).backups.check(request));
    expect(plan.connections.map(({ name }) => name)).toEqual(['Work']);
  });
});

describe('a file that is no good', () => {
  it('is refused with the wrong passphrase', async () => {
    expect(await refusal(await place(), 'another passphrase')).toMatchObject({
      code: 'denied',
      message: 'The passphrase is wrong.',
    });
  });

  it('is refused wherever one byte was changed or the end is missing', async () => {
    const good = readFileSync(file);
    const into = await place();
    const header = good.indexOf('\n---');
    for (const at of [header + 8, header + 60, header + 100, Math.floor(good.length / 2), good.length - 1]) {
      const bad = Buffer.from(good);
      bad[at] = (bad[at] ?? 0) ^ 1;
      writeFileSync(file, bad);
      expect((await into.backups.check({ file, passphrase: PASSPHRASE })).ok, `byte ${at}`).toBe(false);
    }
    for (const length of [good.length - 1, good.length - 16, header + 70, header - 3, 30, 22]) {
      writeFileSync(file, good.subarray(0, length));
      const checked = await into.backups.check({ file, passphrase: PASSPHRASE });
      expect(checked, `${length} bytes`).toMatchObject({ error: { code: 'invalid-input' } });
    }
    expect(await refusal(into)).toMatchObject({ code: 'invalid-input' });
  });

  it.each([
    ['empty', ''],
    ['text', 'hello\n'],
    ['a database', 'SQLite format 3\0'],
    ['of a newer age', 'age-encryption.org/v2\n-> x\n'],
  ])('is refused when it is %s', async (_, text) => {
    writeFileSync(file, text);
    const error = await refusal(await place());
    expect(error).toMatchObject({ code: 'invalid-input' });
    expect(error?.message).toContain('This is not a backup');
  });

  it.each([
    ['another document', { hello: 1 }, 'invalid-input'],
    ['no JSON', null, 'invalid-input'],
    ['a newer document', { format: 'tokentray-backup', version: 2 }, 'store-newer'],
  ])('is refused when it is %s', async (_, document, code) => {
    const text = document === null ? 'x' : JSON.stringify(document);
    writeFileSync(file, value(await age.encrypt(Buffer.from(text), PASSPHRASE)));
    expect(await refusal(await place())).toMatchObject({ code });
  });

  type Document = { store: { storeVersion: number; tables: Record<string, Record<string, unknown>[]> } };
  const changed = async (change: (document: Document) => void): Promise<void> => {
    const plain = value(await age.decrypt(new Uint8Array(readFileSync(file)), PASSPHRASE));
    const document = JSON.parse(Buffer.from(plain).toString()) as Document;
    change(document);
    const text = Buffer.from(JSON.stringify(document));
    writeFileSync(file, value(await age.encrypt(text, PASSPHRASE)));
  };

  it.each<[string, (document: Document) => void, string]>([
    ['of a newer store', ({ store }) => (store.storeVersion = 999), 'store-newer'],
    [
      'with a table of its own',
      ({ store }) => (store.tables['meta'] = [{ key: 'x', value: 'y' }]),
      'invalid-input',
    ],
    [
      'with a column of its own',
      ({ store }) => (store.tables['connections']![0]!['x)--'] = 1),
      'invalid-input',
    ],
    [
      'with a row twice',
      ({ store }) => store.tables['exports']!.push(store.tables['exports']![0]!),
      'invalid-input',
    ],
    [
      'with an active connection of nothing',
      ({ store }) => (store.tables['connections'] = []),
      'invalid-input',
    ],
    [
      'with a secret in the wrong column',
      ({ store }) => (store.tables['exports']![0]!['record'] = { secret: 'x' }),
      'invalid-input',
    ],
    ['without tokens', ({ store }) => (store.tables['connections']![0]!['tokens'] = null), 'invalid-input'],
  ])('is refused when it is %s', async (_, change, code) => {
    await changed(change);
    expect(await refusal(await place())).toMatchObject({ code });
  });

  it.each([
    ['providerFiles', '../x.json'],
    ['presetFiles', '../x.tmpl'],
    ['presetFiles', 'x.sh'],
  ])('is refused with a file that would land elsewhere: %s %s', async (files, name) => {
    await changed((document) => Object.assign(document, { [files]: [{ name, text: '' }] }));
    expect(await refusal(await place())).toMatchObject({ code: 'invalid-input' });
  });

  it('may be from before there were presets', async () => {
    await changed((document) => Reflect.deleteProperty(document, 'presetFiles'));
    expect(value(await (await place()).backups.check({ file, passphrase: PASSPHRASE })).presetFiles).toEqual({
      added: [],
      kept: [],
    });
  });

  it('may be armored, as other age programs write it', async () => {
    writeFileSync(file, armor.encode(new Uint8Array(readFileSync(file))));
    expect((await (await place()).backups.check({ file, passphrase: PASSPHRASE })).ok).toBe(true);
  });

  it.runIf(process.platform === 'linux')('is refused when it is a FIFO, without waiting', async () => {
    const fifo = `${file}.fifo`;
    execFileSync('mkfifo', [fifo]);
    const { backups } = await place();
    expect(await backups.check({ file: fifo, passphrase: PASSPHRASE })).toMatchObject({
      error: { code: 'invalid-input' },
    });
    const request = { file: fifo, passphrase: PASSPHRASE, overwrite: false };
    expect(await backups.create(request)).toMatchObject({ error: { code: 'conflict' } });
  });

  it('cannot be written or read below a file', async () => {
    const { backups } = await place();
    const request = { file: path.join(file, 'below'), passphrase: PASSPHRASE };
    for (const done of [await backups.create({ ...request, overwrite: false }), await backups.check(request)])
      expect(done).toMatchObject({
        error: { code: 'io', message: expect.stringContaining('ENOTDIR') as string },
      });
  });

  it('is refused when there is none', async () => {
    const request = { file: `${file}.none`, passphrase: PASSPHRASE };
    expect(await (await place()).backups.check(request)).toMatchObject({ error: { code: 'not-found' } });
  });
});

describe('a restore over a store in use', () => {
  it('needs to be confirmed, and changes nothing before', async () => {
    const into = await place();
    value(into.store.connections.insert(sampleConnection({ name: 'Here' }), sampleTokens()));
    expect(await into.backups.restore({ file, passphrase: PASSPHRASE, confirmed: false })).toMatchObject({
      error: { code: 'conflict' },
    });
    expect(into.folder.open().connections.list()).toHaveLength(1);
  });

  it('keeps what is here: connections, settings, the active one, files', async () => {
    const into = await place();
    const here = sampleConnection({ name: 'work' });
    value(into.store.connections.insert(here, sampleTokens({ refreshToken: 'refresh-here' })));
    value(into.store.exports.save(exported('/home/ada/project/.env')));
    value(into.store.settings.set({ theme: 'light' }));
    mkdirSync(into.providers, { mode: 0o700 });
    writeFileSync(path.join(into.providers, 'acme.json'), 'mine', { mode: 0o600 });
    mkdirSync(into.presets, { mode: 0o700 });
    writeFileSync(path.join(into.presets, 'tool.json'), 'mine', { mode: 0o600 });
    const { store, providers, view } = await restored(into);
    expect(store.connections.list().map(({ name }) => name)).toEqual(['work', 'Work 2', 'Home']);
    expect(store.connections.tokens(here.id)).toMatchObject({ value: { refreshToken: 'refresh-here' } });
    expect(store.connections.tokens(work.id)).toMatchObject({ value: { refreshToken: 'refresh-work' } });
    expect(store.connections.active(atlassian)).toBe(here.id);
    expect(store.settings.get().theme).toBe('light');
    expect(store.exports.list()).toHaveLength(1);
    expect(readFileSync(path.join(providers, 'acme.json'), 'utf8')).toBe('mine');
    expect(view).toMatchObject({
      exports: 0,
      providerFiles: { added: ['.hidden.JSON', 'added.jsonc'], kept: ['acme.json'] },
      presetFiles: { added: ['settings.tmpl'], kept: ['tool.json'] },
    });
    expect(readFileSync(path.join(into.presets, 'tool.json'), 'utf8')).toBe('mine');
  });

  it.each([
    ['newer than the backup', 2000, 'kept', 'refresh-here'],
    ['as old as the backup', 1000, 'kept', 'refresh-here'],
    ['older than the backup', 500, 'updated', 'refresh-work'],
  ] as const)('takes the later of two sign-ins: the one here is %s', async (_, obtainedAt, change, wins) => {
    const into = await place();
    const tokens = sampleTokens({ refreshToken: 'refresh-here', obtainedAt });
    value(into.store.connections.insert({ ...work, name: 'Renamed' }, tokens));
    const { store, view } = await restored(into);
    expect(view.connections[0]).toMatchObject({ id: work.id, name: 'Renamed', change });
    expect(store.connections.get(work.id)?.name).toBe('Renamed');
    expect(store.connections.tokens(work.id)).toMatchObject({ value: { refreshToken: wins } });
  });

  it('counts a refresh that ends between the restore and the restart', async () => {
    const into = await place();
    const old = sampleTokens({ refreshToken: 'refresh-old', obtainedAt: 500 });
    value(into.store.connections.insert(work, old));
    value(await into.backups.restore({ file, passphrase: PASSPHRASE, confirmed: true }));
    const fresh = sampleTokens({ refreshToken: 'refresh-fresh', obtainedAt: 9000 });
    value(await into.store.connections.saveRefreshed(work.id, 1, fresh, 9000));
    const { store } = await place(into.folder);
    expect(store.connections.tokens(work.id)).toMatchObject({ value: { refreshToken: 'refresh-fresh' } });
  });

  it('happens once', async () => {
    const { store, folder } = await restored(await place());
    value(store.connections.remove(work.id));
    expect((await place(folder)).store.connections.get(work.id)).toBeNull();
  });

  it('can be repeated', async () => {
    const first = await restored(await place());
    const { store, view } = await restored(first);
    expect(view.connections.map(({ change }) => change)).toEqual(['kept', 'kept']);
    expect(store.connections.list()).toHaveLength(2);
  });

  it('takes no provider file when the store cannot take the rest', async () => {
    const into = await place();
    into.folder.close();
    const backups = createBackups({ ...into, version: '0.1.0', clock: systemClock, age });
    const denied = await backups.restore({ file, passphrase: PASSPHRASE, confirmed: true });
    expect(denied.ok).toBe(false);
    expect([existsSync(into.providers), existsSync(into.presets)]).toEqual([false, false]);
  });
});

it('does not keep the core from answering while it encrypts', async () => {
  const source = await place();
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 5);
  const backups = createBackups({ ...source, version: '0.1.0', clock: systemClock, age: createAge() });
  const begun = performance.now();
  value(await backups.create({ file: `${file}2`, passphrase: PASSPHRASE, overwrite: false }));
  const took = performance.now() - begun;
  clearInterval(timer);
  expect(took).toBeGreaterThan(200);
  expect(longest).toBeLessThan(Math.max(100, took / 3));
});

it('runs one at a time', async () => {
  const { backups } = await place();
  const request = { file, passphrase: PASSPHRASE };
  const [one, two] = await Promise.all([backups.check(request), backups.check(request)]);
  expect([one.ok, two.ok]).toEqual([true, false]);
  expect((await backups.check(request)).ok).toBe(true);
});

it('brings hooks, which do not run before a person has looked at them', async () => {
  const from = await filled();
  const id = HookId.parse('abcdefgh');
  value(
    from.store.hooks.save({
      ...{ id, event: 'token-new', connection: null, program: '/bin/notify', args: ['a b'] },
      ...{ withToken: false, timeoutSeconds: 30, paused: null, createdAt: 1, last: null },
    }),
  );
  const copy = path.join(from.folder.home, 'with-hooks.age');
  value(await from.backups.create({ file: copy, passphrase: PASSPHRASE, overwrite: false }));
  const to = await place();
  value(await to.backups.restore({ file: copy, passphrase: PASSPHRASE, confirmed: true }));
  const { store } = await place(to.folder);
  expect(store.hooks.list()).toMatchObject([
    { id, program: '/bin/notify', args: ['a b'], paused: 'restored' },
  ]);
  expect(store.activity.list({ limit: 1 })[0]?.message).toContain('do not run before you resume them: 1.');
});
