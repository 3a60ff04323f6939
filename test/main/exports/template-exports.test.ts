import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ExportId } from '../../../contract/ids.ts';
import { createExports } from '../../../main/exports/exports.ts';
import type { ExportRequest, Exports } from '../../../main/exports/ports.ts';
import { createPresetRegistry } from '../../../main/exports/presets/registry.ts';
import { silentLogger } from '../../../main/lib/log.ts';
import { fail, ok } from '../../../main/lib/result.ts';
import type { Store } from '../../../main/store/ports.ts';
import type { ConnectionRecord } from '../../../main/store/records.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { MemoryExportFiles } from '../../fakes/memory-export-files.ts';
import { memoryStore } from '../../fakes/memory-store.ts';
import { CONNECTION, OTHER_CONNECTION, connection, credentials } from './sample.ts';

const FILE = '/home/ana/tool/settings.yaml';

let folder: string;
let clock: FakeClock;
let store: Store;
let files: MemoryExportFiles;
let exports: Exports;
let known: ConnectionRecord;
let token: string;
let nextId: number;

const make = (given: Store['exports'] = store.exports): Exports => {
  const presets = createPresetRegistry({ folder, logger: silentLogger });
  const made = createExports({
    ...{ home: '/data', presets, clock, files, logger: silentLogger },
    store: given,
    connections: {
      get: (id) => (id === CONNECTION ? known : null),
      active: () => CONNECTION,
      boundTo: () => ok(null),
      list: () => [known, { ...connection(), id: OTHER_CONNECTION, name: 'beta' }],
    },
    readCredentials: () => Promise.resolve(ok(credentials({ connection: known, accessToken: token }))),
    maskedCredentials: (record, mask) => credentials({ connection: record, accessToken: mask }),
    activity: { append: (entry) => ({ ...entry, id: 1 }) },
    newId: () => ExportId.parse(`export${String((nextId += 1))}`),
  });
  presets.onChange(() => {
    made.presetsChanged();
  });
  return made;
};
const put = (name: string, text: string): void => {
  writeFileSync(path.join(folder, name), text);
};
const request = (change: Partial<ExportRequest> = {}): ExportRequest => ({
  file: FILE,
  target: { follows: 'connection', connection: CONNECTION },
  preset: 'settings',
  format: undefined,
  mode: undefined,
  allowDuplicateKeys: false,
  allowSharedFolder: false,
  inPlace: false,
  ...change,
});
/** A token was renewed. */
async function renew(next: string): Promise<void> {
  token = next;
  known = { ...known, obtainedAt: known.obtainedAt + 1 };
  exports.connectionChanged(CONNECTION);
  await exports.drain();
}
const content = (file = FILE) => files.content.get(file);
const state = () => exports.list()[0]?.status;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tokentray-templates-'));
  put('settings.tmpl', 'token: {{ connection.access_token | json }}\n');
  clock = new FakeClock();
  store = memoryStore({ clock });
  files = new MemoryExportFiles();
  known = connection();
  token = 'token-1';
  nextId = 0;
  exports = make();
});
afterEach(async () => {
  await exports.dispose();
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

it('writes the whole file, byte for byte, and again with each new token', async () => {
  expect(await exports.add(request())).toMatchObject({
    value: { format: 'template', mode: 'whole', status: { state: 'written' } },
  });
  expect(content()).toBe('token: "token-1"\n');
  await renew('token-2');
  expect(content()).toBe('token: "token-2"\n');
  await exports.remove(FILE, { keepFile: false });
  expect(files.content.has(FILE)).toBe(false);
});

it('leaves a file alone that has content of somebody else, at first and later', async () => {
  files.content.set(FILE, 'mine: 1\n');
  expect(await exports.add(request())).toMatchObject({ error: { code: 'conflict' } });
  expect(exports.list()).toEqual([]);
  files.content.set(FILE, '');
  await exports.add(request());
  files.content.set(FILE, 'token: "token-1"\nmine: 1\n');
  await renew('token-2');
  expect(content()).toContain('mine: 1');
  expect(state()).toMatchObject({ state: 'failed', error: { code: 'conflict' } });
  await exports.remove(FILE, { keepFile: false });
  expect(content()).toContain('mine: 1');
});

it('knows its file again after a start, and after a crash between the file and the store', async () => {
  await exports.add(request());
  await exports.dispose();
  exports = make();
  await renew('token-2');
  expect(content()).toBe('token: "token-2"\n');
  // The file is written, and nothing is stored after that.
  const { exports: kept } = store;
  let crashed = false;
  const update = files.update;
  Object.assign(files, {
    update: async (...given: Parameters<typeof update>) => {
      const done = await update(...given);
      crashed = true;
      return done;
    },
  });
  await exports.dispose();
  exports = make({
    get: (id) => kept.get(id),
    list: () => kept.list(),
    remove: (id) => kept.remove(id),
    save: (record) => (crashed ? fail('io', 'gone') : kept.save(record)),
  });
  await renew('token-3');
  expect(content()).toBe('token: "token-3"\n');
  await exports.dispose();
  Object.assign(files, { update });
  exports = make();
  await renew('token-4');
  expect(content()).toBe('token: "token-4"\n');
});

it('goes on after writes that failed in between', async () => {
  await exports.add(request());
  const { update } = files;
  // After it was decided what is written.
  const failing: typeof update = (file, decide) => {
    decide(Buffer.from(content(file) ?? ''));
    return Promise.resolve(fail('io', 'The disk is full.'));
  };
  Object.assign(files, { update: failing });
  await renew('token-2');
  await renew('token-3');
  expect(content()).toBe('token: "token-1"\n');
  Object.assign(files, { update });
  await renew('token-4');
  expect(content()).toBe('token: "token-4"\n');
});

it('is written again when the template is changed, and says so when it is gone', async () => {
  await exports.add(request());
  put('settings.tmpl', 'secret: {{ connection.access_token }}\n');
  exports.connectionChanged(CONNECTION);
  await exports.drain();
  expect(content()).toBe('secret: token-1\n');
  rmSync(path.join(folder, 'settings.tmpl'));
  await renew('token-2');
  expect(content()).toBe('secret: token-1\n');
  expect(state()).toMatchObject({
    state: 'failed',
    error: { code: 'not-found', message: 'There is no preset “settings”.' },
  });
  // Without its template it is still known as ours.
  await exports.remove(FILE, { keepFile: false });
  expect(files.content.has(FILE)).toBe(false);
});

it('becomes variables, and those a template, in the same file', async () => {
  await exports.add(request());
  const change = (given: Partial<ExportRequest>) => exports.change(FILE, request(given));
  expect(await change({ preset: 'atlassian', format: 'json' })).toMatchObject({ value: { mode: 'whole' } });
  expect(content()).toContain('"ATLASSIAN_ACCESS_TOKEN": "token-1"');
  expect(await change({})).toMatchObject({ value: { format: 'template' } });
  expect(content()).toBe('token: "token-1"\n');
  expect(await change({ preset: 'atlassian', format: 'dotenv' })).toMatchObject({ value: { mode: 'block' } });
  expect(content()).toMatch(/^# >>> tokentray[^]*ATLASSIAN_ACCESS_TOKEN=token-1/);
  expect(await change({ file: '/home/ana/elsewhere.yaml' })).toMatchObject({ ok: true });
  expect([content(), content('/home/ana/elsewhere.yaml')]).toEqual([undefined, 'token: "token-1"\n']);
});

it('is not asked for what opens a host, which no preset decides', async () => {
  known = connection({ method: 'api-token', sent: { as: 'basic', username: 'ana' } });
  expect(await exports.add(request({ format: 'netrc' }))).toMatchObject({ value: { format: 'netrc' } });
  rmSync(path.join(folder, 'settings.tmpl'));
  await renew('token-2');
  expect(content()).toContain('password token-2');
  await exports.change(FILE, request({ preset: 'atlassian', format: 'netrc' }));
  expect(await exports.check(FILE)).toMatchObject({ value: [{ variables: [] }] });
  expect(state()).toMatchObject({ state: 'written' });
});

it('says in its check whether the file holds what is current, and sets no variables', async () => {
  await exports.add(request({ inPlace: true }));
  const check = async () => {
    const checked = await exports.check(FILE);
    return checked.ok
      ? checked.value.map(({ variables, findings: [first] }) => [variables, first?.cure])
      : [];
  };
  expect(await check()).toEqual([[[], null]]);
  files.content.delete(FILE);
  expect(await check()).toEqual([[[], 'write']]);
});

it('takes another preset into the same JSON file, and what was written before hashes were kept', async () => {
  await exports.add(request({ preset: 'atlassian', format: 'json' }));
  const [record] = store.exports.list();
  if (record === undefined) throw new Error('nothing was added');
  store.exports.save({ ...record, digests: undefined });
  put('own.json', '{ "variables": { "A": "{{ connection.access_token }}" } }');
  const changed = await exports.change(FILE, request({ preset: 'own', format: 'json' }));
  expect(changed).toMatchObject({ ok: true });
  expect(JSON.parse(content() ?? '')).toEqual({ A: 'token-1' });
});

it('writes a JSON file of an own preset whose names have changed', async () => {
  put('own.json', '{ "variables": { "A": "{{ connection.access_token }}" } }');
  await exports.add(request({ preset: 'own', format: 'json' }));
  put('own.json', '{ "variables": { "RENAMED": "{{ connection.access_token }}" } }');
  await exports.write(null);
  expect(JSON.parse(content() ?? '')).toEqual({ RENAMED: 'token-1' });
});

it.each([
  [{ format: 'dotenv' as const }, 'decides how the whole file is written'],
  [{ mode: 'block' as const }, 'cannot be among others'],
  [{ preset: 'settngs' }, 'There is no preset “settngs”'],
  [{ preset: 'jira-js' }, 'does not work with'],
])('refuses %j', async (change, message) => {
  const added = await exports.add(request(change));
  expect(added).toMatchObject({ error: { message: expect.stringContaining(message) as string } });
  expect(files.content.size).toBe(0);
});

it('previews a template with what it is given in the place of secrets', () => {
  const rendered = exports.render(credentials({ accessToken: '••••' }), 'settings', undefined);
  expect(rendered).toEqual({
    ok: true,
    value: { variables: [], names: [], text: 'token: "••••"\n', template: true },
  });
});

it('says which connections a preset works with', () => {
  known = connection({ method: 'api-token', sent: { as: 'basic', username: 'ana' } });
  const refused = exports.render(credentials({ connection: known }), 'authsome', undefined);
  expect(refused).toMatchObject({
    error: { hint: expect.stringMatching(/^It works with “beta”\. /) as string },
  });
});
