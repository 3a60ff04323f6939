import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { beforeEach, expect, it } from 'vitest';
import { findFolderFile } from '../../../../main/connections/folders/find-folder-file.ts';
import { temporaryFolder } from '../../../fakes/temporary-folder.ts';

const ME = BigInt(process.getuid?.() ?? 0);
const me = { uid: ME, typeWithoutOwners: () => null };
const acme = '{"connection":"acme"}';

let top: string;
let inner: string;

beforeEach(() => {
  top = temporaryFolder();
  inner = path.join(top, 'project', 'src');
  mkdirSync(inner, { recursive: true });
});

const put = (folder: string, text = acme): string => {
  const file = path.join(folder, '.tokentray');
  writeFileSync(file, text);
  return file;
};
const found = (file: string) => ({ ok: true, value: { file, entries: [{ connection: 'acme' }] } });
const nothing = { ok: true, value: null };

it('is found in the folder and above, the nearest first, whatever name the folder goes by', () => {
  expect(findFolderFile(inner, me)).toEqual(nothing);
  const above = put(top);
  expect(findFolderFile(inner, me)).toEqual(found(above));
  const near = put(inner);
  expect(findFolderFile(inner, me)).toEqual(found(near));
  symlinkSync(inner, path.join(top, 'link'));
  expect(findFolderFile(path.join(top, 'link'), me)).toEqual(found(near));
  rmSync(near);
  expect(findFolderFile(inner, me)).toEqual(found(above));
});

it.each<[string, (file: string) => void, string]>([
  [
    'a link',
    (file) => {
      rmSync(file);
      symlinkSync(put(temporaryFolder()), file);
    },
    'symbolic link',
  ],
  [
    'a link to nothing',
    (file) => {
      rmSync(file);
      symlinkSync('/nowhere', file);
    },
    'symbolic link',
  ],
  [
    'a folder',
    (file) => {
      rmSync(file);
      mkdirSync(file);
    },
    'ordinary',
  ],
  [
    'a pipe',
    (file) => {
      rmSync(file);
      execFileSync('mkfifo', [file]);
    },
    'ordinary',
  ],
  [
    'a large file',
    (file) => {
      writeFileSync(file, ' '.repeat(4097));
    },
    '4096',
  ],
  [
    'a file for everybody',
    (file) => {
      chmodSync(file, 0o666);
    },
    'every user',
  ],
  [
    'a folder for everybody',
    (file) => {
      chmodSync(path.dirname(file), 0o777);
    },
    'every user',
  ],
  [
    'a folder such as /tmp',
    (file) => {
      chmodSync(path.dirname(file), 0o1777);
    },
    'every user',
  ],
])('is not believed when it is, or is in, %s', (_, spoil, why) => {
  const file = put(inner);
  spoil(file);
  const refused = findFolderFile(inner, me);
  expect(refused).toMatchObject({ ok: false, error: { code: 'refused' } });
  expect(!refused.ok && refused.error.message).toContain(why);
  expect(!refused.ok && refused.error.message).toContain(file);
});

it('is not believed, nor overlooked, when another user wrote it', () => {
  put(inner);
  const stranger = { uid: ME + 1n, typeWithoutOwners: () => null };
  expect(findFolderFile(inner, stranger)).toMatchObject({ error: { code: 'refused' } });
  // On a file system without owners that says nothing.
  expect(findFolderFile(inner, { ...stranger, typeWithoutOwners: () => 'vfat' })).toMatchObject({ ok: true });
  expect(findFolderFile(inner, null)).toMatchObject({ ok: true, value: {} });
});

it.runIf(ME === 0n)('is not believed in a folder of ours that another user wrote it in', () => {
  const file = put(inner);
  chownSync(file, 65534, 65534);
  expect(findFolderFile(inner, me)).toMatchObject({ error: { code: 'refused' } });
});

it('is not looked for above a folder to which everybody may write, nor beyond another owner', () => {
  put(top);
  chmodSync(path.join(top, 'project'), 0o777);
  expect(findFolderFile(inner, me)).toEqual(nothing);
  chmodSync(path.join(top, 'project'), 0o755);
  expect(findFolderFile(inner, me)).toMatchObject({ value: { entries: [{ connection: 'acme' }] } });
  if (ME !== 0n) return;
  chownSync(path.join(top, 'project'), 65534, 65534);
  expect(findFolderFile(inner, me)).toEqual(nothing);
});

it('says that it cannot look where there is no such folder for the app', () => {
  expect(findFolderFile(path.join(top, 'gone'), me)).toMatchObject({
    error: { code: 'not-found', hint: 'Name the connection.' },
  });
  expect(findFolderFile('relative', me)).toMatchObject({ error: { code: 'invalid-input' } });
});
