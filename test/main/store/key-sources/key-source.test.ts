import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseKeySource } from '../../../../main/store/key-sources/key-source.ts';
import { modeDoubt } from '../../../../main/store/key-sources/secret-file.ts';
import { selectedKeySource } from '../../../../main/store/key-sources/selected-source.ts';

const KEY = Buffer.alloc(32, 7);
const TEXT = KEY.toString('base64');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tokentray-key-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, text = TEXT, mode = 0o600): string {
  const file = path.join(folder, name);
  writeFileSync(file, text, { mode });
  chmodSync(file, mode);
  return file;
}

async function read(text: string, env: Record<string, string | undefined> = process.env) {
  const source = parseKeySource(text, env);
  if (!source.ok) return source;
  if (source.value === null) throw new Error('this is the keychain');
  return source.value.read('store-1');
}

const found = { ok: true, value: Uint8Array.from(KEY) };
const refused = { ok: false, error: { code: 'keychain-missing' } };

describe('what a key source is called', () => {
  it.each([
    ['file:/run/secrets/key', 'file:/run/secrets/key'],
    [' systemd-credential:tokentray.key ', 'systemd-credential:tokentray.key'],
    ['command:/usr/bin/vault kv get -field=key secret/t', 'command:vault'],
    ['command:["op", "read", "op://a b/c"]', 'command:op'],
  ])('%s', (text, name) => {
    expect(parseKeySource(text, {})).toMatchObject({ ok: true, value: { name } });
  });

  it('is nothing for the keychain', () => {
    expect(parseKeySource('keychain', {})).toEqual({ ok: true, value: null });
  });

  it.each([
    '',
    'vault',
    '/run/secrets/key',
    'file:key',
    'file:',
    'env:KEY',
    'systemd-credential:',
    'systemd-credential:../key',
    'systemd-credential:a/b',
    'systemd-credential:..',
    'command:',
    'command:[]',
    'command:[1]',
    'command:["a"',
    'command:vault kv get x | head -1',
    'command:cat < key',
    'command:echo $KEY',
    'command:cat "${HOME}/key"',
    'command:cat *.key',
    'command:a; b',
    'command:echo `id`; true',
  ])('“%s” is refused', (text) => {
    expect(parseKeySource(text, {})).toMatchObject({ ok: false, error: { code: 'usage' } });
  });
});

describe('a key in a file', () => {
  it('is read, also through the links that Kubernetes makes', async () => {
    write('plain');
    mkdirSync(path.join(folder, '..2026'));
    writeFileSync(path.join(folder, '..2026', 'key'), TEXT, { mode: 0o600 });
    symlinkSync('..2026', path.join(folder, '..data'));
    symlinkSync(path.join('..data', 'key'), path.join(folder, 'key'));
    expect(await read(`file:${folder}/plain`)).toEqual(found);
    expect(await read(`file:${folder}/key`)).toEqual(found);
  });

  it.each([
    ['is not there', () => path.join(folder, 'none'), 'there is none'],
    ['is a folder', () => folder, 'is not a file'],
    ['can be changed by a group', () => write('key', TEXT, 0o660), 'can be changed by other users'],
    ['is far too large', () => write('key', 'x'.repeat(5000)), 'larger than 4 KiB'],
    ['is too short', () => write('key', 'hunter2'), 'has only 7 characters'],
  ])('is refused when it %s', async (_, make, reason) => {
    const key = await read(`file:${make()}`);
    expect(key).toMatchObject(refused);
    expect(key.ok ? '' : key.error.message).toContain(reason);
  });

  it.runIf(process.getuid?.() === 0)('is refused when it belongs to another user', async () => {
    const file = write('key', TEXT, 0o444);
    chownSync(file, 12_345, 12_345);
    const key = await read(`file:${file}`);
    expect(key.ok ? '' : key.error.message).toContain('belongs to another user');
  });

  it.each([
    ['root’s, as Docker mounts it', 0n, 0o100444n, null],
    ['root’s for a group, as Kubernetes mounts it', 0n, 0o100440n, null],
    ['one’s own', 1000n, 0o100600n, null],
    ['one’s own, only to read', 1000n, 0o100400n, null],
    ['one’s own that a group can read', 1000n, 0o100640n, 'can be read by other users'],
    ['one’s own that all can read', 1000n, 0o100604n, 'can be read by other users'],
    ['root’s that a group can change', 0n, 0o100664n, 'can be changed by other users'],
    ['another’s', 1001n, 0o100400n, 'belongs to another user'],
  ] as const)('%s: owner %d, mode %d', (_, uid, mode, what) => {
    expect(modeDoubt({ uid, mode }, 1000n)?.what ?? null).toBe(what);
    expect(modeDoubt({ uid, mode }, null)).toBeNull();
  });
});

describe('a systemd credential', () => {
  it('is read from the folder that systemd passes', async () => {
    write('tokentray', TEXT, 0o400);
    chmodSync(folder, 0o500);
    const env = { CREDENTIALS_DIRECTORY: folder };
    expect(await read('systemd-credential:tokentray', env)).toEqual(found);
    const other = await read('systemd-credential:other', env);
    expect(other).toMatchObject(refused);
    chmodSync(folder, 0o700);
  });

  it.each([undefined, 'relative'])('is refused where the folder is %s', async (CREDENTIALS_DIRECTORY) => {
    const key = await read('systemd-credential:tokentray', { CREDENTIALS_DIRECTORY });
    expect(key).toMatchObject(refused);
    expect(key.ok ? '' : key.error.hint).toContain('LoadCredential=tokentray:');
  });
});

describe('a key from a command', () => {
  const script = (body: string): string => write('vault', `#!/bin/sh\n${body}\n`, 0o700);

  it('is what it prints, run with its words as they are', async () => {
    const program = script(`[ "$2" = "a b" ] && [ -z "$3" ] && printf '%s\\n' "$1"`);
    expect(await read(`command:${program} ${TEXT} "a b"`)).toEqual(found);
    expect(await read(`command:${JSON.stringify([program, TEXT, 'a b'])}`)).toEqual(found);
  });

  it.each([
    [
      'fails',
      `echo "Error: permission denied" >&2; exit 2`,
      'failed with exit code 2: Error: permission denied',
    ],
    ['fails silently', 'exit 1', 'failed with exit code 1.'],
    ['ends by a signal', 'kill -9 $$', 'was ended by SIGKILL'],
    ['prints too much', 'head -c 100000 /dev/zero', 'printed more than a key'],
    ['prints nothing', 'true', 'is empty'],
    ['prints a message', 'echo no such secret', 'has only 14 characters'],
  ])('is refused when the command %s', async (_, body, reason) => {
    const key = await read(`command:${script(body)}`);
    expect(key).toMatchObject(refused);
    expect(key.ok ? '' : key.error.message).toContain(reason);
  });

  it('is never in the failure, whatever the command says of it', async () => {
    const program = script(`echo ${TEXT}; echo "bad key ${TEXT}, client_secret=hunter22" >&2; exit 1`);
    const key = await read(`command:${program}`);
    expect(key).toMatchObject(refused);
    expect(JSON.stringify(key)).not.toContain(TEXT);
    expect(JSON.stringify(key)).not.toContain('hunter22');
    expect(JSON.stringify(key)).toContain('bad key');
  });

  it('is refused when there is no such program', async () => {
    const key = await read(`command:${folder}/none`);
    expect(key.ok ? '' : key.error.message).toContain('was not found');
  });
});

describe('which key source is used', () => {
  const selected = (option: string | null, variable: string | undefined) =>
    selectedKeySource({ option, env: { TOKENTRAY_KEY_SOURCE: variable }, home: folder });

  it('the option, then the variable, then the file of the data folder, then the keychain', () => {
    expect(selected(null, undefined)).toEqual({ ok: true, value: null });
    write('key-source', 'file:/three\n');
    expect(selected(null, undefined)).toMatchObject({ value: { name: 'file:/three' } });
    expect(selected(null, 'file:/two')).toMatchObject({ value: { name: 'file:/two' } });
    expect(selected('file:/one', 'file:/two')).toMatchObject({ value: { name: 'file:/one' } });
    expect(selected('keychain', 'file:/two')).toEqual({ ok: true, value: null });
  });

  it('nothing else instead of one that is not valid', () => {
    expect(selected(null, 'vault:key')).toMatchObject({ ok: false, error: { code: 'usage' } });
  });
});
