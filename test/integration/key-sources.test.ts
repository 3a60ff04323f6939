import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startApp, type RunningApp } from '../e2e/support/app.ts';
import { connect } from './support/connect.ts';
import { startKeyring } from './support/keyring.ts';

const KEY = Buffer.alloc(32, 42).toString('base64');
let base: string;
const apps: RunningApp[] = [];

beforeEach(() => {
  base = mkdtempSync(path.join(tmpdir(), 'tokentray-keys-'));
});
afterEach(async () => {
  for (const app of apps.splice(0)) await app.stop();
  rmSync(base, { recursive: true, force: true });
});

async function start(args: string[], env: NodeJS.ProcessEnv = {}): Promise<RunningApp> {
  const app = await startApp(args, { home: path.join(base, 'home'), env, keepHome: true });
  apps.push(app);
  return app;
}

function write(name: string, text: string, mode: number): string {
  const file = path.join(base, name);
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, text, { mode });
  chmodSync(file, mode);
  return file;
}

/** The same key in each of the places. */
const places: Record<string, () => { args: string[]; env?: NodeJS.ProcessEnv; name: string }> = {
  'a file as an option': () => {
    const file = write('key', KEY, 0o600);
    return { args: ['--key-source', `file:${file}`], name: `file:${file}` };
  },
  'a systemd credential': () => {
    const file = write('credentials/tokentray', KEY, 0o400);
    const env = {
      CREDENTIALS_DIRECTORY: path.dirname(file),
      TOKENTRAY_KEY_SOURCE: 'systemd-credential:tokentray',
    };
    return { args: [], env, name: 'systemd-credential:tokentray' };
  },
  'a command': () => {
    const program = write('vault', `#!/bin/sh\n[ "$1" = "kv" ] && echo ${KEY}\n`, 0o700);
    return { args: [], env: { TOKENTRAY_KEY_SOURCE: `command:${program} kv get` }, name: 'command:vault' };
  },
  'the data folder’s file': () => {
    const file = write('key', KEY, 0o600);
    write('home/sandbox/key-source', `file:${file}\n`, 0o600);
    return { args: [], name: `file:${file}` };
  },
};

describe('a machine without a keychain', () => {
  it.each(Object.keys(places))('keeps its tokens with the key from %s', async (place) => {
    const { args, env, name } = places[place]!();
    const app = await start(args, env);
    expect(await connect(app, { sites: ['acme'] }, ['--name', 'Work'])).toMatchObject({ connection: {} });
    const token = (await app.cli(['get', 'Work'])).stdout;
    await app.stop();
    const again = await start(args, env);
    expect((await again.cli(['get', 'Work'])).stdout).toBe(token);
    expect((await again.cli(['status'])).stdout).toContain(`Key from ${name}`);
    expect((await again.cli(['doctor'])).stdout).toContain(`under a key from ${name}.`);
    await again.stop();
    for (const file of readdirSync(path.join(base, 'home'), { recursive: true, withFileTypes: true }))
      if (file.isFile())
        expect(readFileSync(path.join(file.parentPath, file.name)).includes(KEY), file.name).toBe(false);
  });

  it('uses nothing else, and makes no key, when the key is another one or the source is not valid', async () => {
    const file = write('key', KEY, 0o600);
    const app = await start(['--key-source', `file:${file}`], {});
    await connect(app, { sites: ['acme'] }, ['--name', 'Work']);
    await app.stop();
    write('key', Buffer.alloc(32, 1).toString('base64'), 0o600);
    expect(await (await start(['--key-source', 'vault:x'])).ended).toBe(2);
    // Not the sandbox's own fallback to memory: it says why.
    const other = await startApp(['--key-source', `file:${file}`], {
      home: path.join(base, 'home'),
      keepHome: true,
    });
    apps.push(other);
    expect((await other.cli(['list', '--json'])).stdout).not.toContain('Work');
    await other.stop();
    write('key', KEY, 0o600);
    const back = await start(['--key-source', `file:${file}`]);
    expect((await back.cli(['get', 'Work'])).code).toBe(0);
  });
});

it('rotates the key in a real keyring, moves it out, and back', async () => {
  const keyring = await startKeyring();
  try {
    const app = await start([], keyring.env);
    await connect(app, { sites: ['acme'] }, ['--name', 'Work']);
    const token = (await app.cli(['get', 'Work'])).stdout;
    expect((await app.cli(['key', 'rotate', '--json'])).json()).toEqual({
      secrets: expect.any(Number) as number,
      source: null,
      oldKeyRemoved: true,
    });
    expect(await keyring.items()).toHaveLength(1);
    const killed = app.ended;
    app.process.kill('SIGKILL');
    await killed;
    const again = await start([], keyring.env);
    expect((await again.cli(['get', 'Work'])).stdout).toBe(token);
    const file = write('key', KEY, 0o600);
    expect(await again.cli(['key', 'rotate', '--to', `file:${file}`])).toMatchObject({ code: 0 });
    await again.stop();
    const moved = await start(['--key-source', `file:${file}`]);
    expect((await moved.cli(['get', 'Work'])).stdout).toBe(token);
    expect(await moved.cli(['key', 'rotate'])).toMatchObject({ code: 1 });
    await moved.stop();
    expect(
      (
        await (
          await start([], { ...keyring.env, TOKENTRAY_KEY_SOURCE: `file:${file}` })
        ).cli(['key', 'rotate', '--to', 'keychain'])
      ).stderr,
    ).toContain('encrypted under a new key');
    await apps.at(-1)?.stop();
    const back = await start([], keyring.env);
    expect((await back.cli(['get', 'Work'])).stdout).toBe(token);
    expect(await keyring.items()).toHaveLength(1);
  } finally {
    for (const app of apps.splice(0)) await app.stop();
    await keyring.stop();
  }
});
