import { mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ExportId } from '../../contract/ids.ts';
import { nodeExportFiles, type ExportFiles } from '../../main/exports/export-files.ts';
import { createExports } from '../../main/exports/exports.ts';
import type { Exports } from '../../main/exports/ports.ts';
import { silentLogger } from '../../main/lib/log.ts';
import { ok } from '../../main/lib/result.ts';
import { bundledPresets } from '../fakes/bundled-presets.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { CONNECTION, connection, credentials } from '../main/exports/sample.ts';

let folder: string;
let file: string;
let token: number;
let edits: number;
let exports: Exports;
let close: () => Promise<void>;

/** What the person's editor does between our reading of the file and our writing: it saves under the same name. */
let edit: (text: string) => string;

const edited: ExportFiles = {
  ...nodeExportFiles,
  update: (name, decide, options) => {
    let isFirst = true;
    const decideOnce: typeof decide = (current) => {
      if (isFirst && current !== null) {
        isFirst = false;
        edits += 1;
        writeFileSync(`${name}.swp`, edit(readFileSync(name, 'utf8')), { mode: 0o644 });
        renameSync(`${name}.swp`, name);
      }
      return decide(current);
    };
    return nodeExportFiles.update(name, decideOnce, options);
  },
};

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'tokentray-together-'));
  file = path.join(folder, 'shared');
  token = 1;
  edits = 0;
  let nextId = 0;
  const clock = new FakeClock();
  const store = memoryStore({ clock });
  const record = connection();
  exports = createExports({
    home: path.join(folder, 'data'),
    store: store.exports,
    presets: bundledPresets(),
    connections: {
      get: () => record,
      active: () => CONNECTION,
      list: () => [record],
      boundTo: () => ok(null),
    },
    readCredentials: () => Promise.resolve(ok(credentials({ accessToken: `token-${String(token)}` }))),
    maskedCredentials: (_, mask) => credentials({ accessToken: mask }),
    clock,
    logger: silentLogger,
    activity: { append: (entry) => ({ ...entry, id: 1 }) },
    files: edited,
    newId: () => ExportId.parse(`export${String((nextId += 1))}`),
  });
  close = async () => {
    await exports.dispose();
    store.close();
  };
});
afterEach(async () => {
  await close();
  rmSync(folder, { recursive: true });
});

const request = {
  target: { follows: 'connection', connection: CONNECTION },
  mode: undefined,
  inPlace: false,
  allowDuplicateKeys: false,
  allowSharedFolder: false,
} as const;

it('two exports write one file over and over while a person edits it, and nothing is lost', async () => {
  edit = (text) => `MINE_${String(edits)}=x\\\n${text}LAST_${String(edits)}=y\n`;
  writeFileSync(file, 'FIRST=1\n');
  const added = await Promise.all([
    exports.add({ ...request, file, preset: 'atlassian', format: 'systemd' }),
    exports.add({ ...request, file, preset: 'mcp-atlassian', format: 'dotenv' }),
  ]);
  expect(added.map(({ ok: isOk }) => isOk)).toEqual([true, true]);
  for (token = 2; token < 12; token += 1) await Promise.all([exports.write(null), exports.write(null)]);
  token = 12;
  await exports.write(null);
  const text = readFileSync(file, 'utf8');
  for (let number = 1; number <= edits; number += 1) {
    expect(text).toContain(`MINE_${String(number)}=x\\\n`);
    expect(text).toContain(`LAST_${String(number)}=y\n`);
  }
  expect(edits).toBeGreaterThan(20);
  expect(text).toContain('FIRST=1\n');
  for (const id of ['export1', 'export2']) {
    expect(text.split(`# >>> tokentray (${id}) >>>`)).toHaveLength(2);
    expect(text.split(`# <<< tokentray (${id}) <<<`)).toHaveLength(2);
  }
  expect(text.match(/token-\d+/g)).toEqual(['token-12', 'token-12']);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it('a file of ours that a person takes meanwhile is left to them', async () => {
  edit = (text) => text;
  expect((await exports.add({ ...request, file, preset: 'atlassian', format: 'yaml' })).ok).toBe(true);
  token = 2;
  edit = () => 'theirs: 1\n';
  await exports.write(null);
  expect(exports.list()[0]?.status).toMatchObject({ state: 'failed', error: { code: 'conflict' } });
  expect(readFileSync(file, 'utf8')).toBe('theirs: 1\n');
});
