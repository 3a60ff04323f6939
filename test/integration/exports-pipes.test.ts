import { execFile, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import dotenvPackage from 'dotenv';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPresetRegistry } from '../../main/exports/presets/registry.ts';
import { silentLogger } from '../../main/lib/log.ts';
import { ok } from '../../main/lib/result.ts';
import { ExportRecordSchema } from '../../main/store/record-schemas.ts';
import { connect } from './support/connect.ts';
import { ExportWorld, GONE } from './support/export-world.ts';
import { isolatedEnv, runCli, startApp } from '../e2e/support/app.ts';

const run = promisify(execFile);
const LINE = (token: string): string => `ATLASSIAN_ACCESS_TOKEN=${token}\n`;
const options = { env: { PATH: '/usr/bin:/bin' }, timeout: 20_000 };

let folder: string;
let file: string;
let world: ExportWorld;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'tokentray-pipes-'));
  file = path.join(folder, '.env');
  world = new ExportWorld();
});
afterEach(async () => {
  await world.end();
  await rm(folder, { recursive: true });
});

const addPipe = async (): Promise<void> => {
  expect(await world.add(file, { mode: 'pipe' })).toMatchObject({
    value: { mode: 'pipe', status: { state: 'waiting', readAt: null } },
  });
};
const cat = async (): Promise<string> => (await run('cat', [file], options)).stdout;
/** A reader of its own: in this process, an open would wait for the pipe that this process has to answer. */
const opener = (script: string) => spawn('/usr/bin/dash', ['-c', script, file], { stdio: 'ignore' });
const state = () => world.exports.list()[0]?.status.state;

describe.skipIf(process.platform === 'win32')('a named pipe', () => {
  it('gives each real reader the token that is current when it reads', async () => {
    await addPipe();
    expect(lstatSync(file).isFIFO()).toBe(true);
    expect(lstatSync(file).mode & 0o777).toBe(0o600);
    const TOKEN = 'ATLASSIAN_ACCESS_TOKEN';
    const readers: Record<string, () => Promise<string | undefined>> = {
      cat: async () => /ACCESS_TOKEN=(.*)/.exec(await cat())?.[1],
      'bash, source': async () =>
        (await run('/usr/bin/bash', ['-c', `set -a; . "$0"; printf %s "$${TOKEN}"`, file], options)).stdout,
      'dash, source': async () =>
        (await run('/usr/bin/dash', ['-c', `set -a; . "$0"; printf %s "$${TOKEN}"`, file], options)).stdout,
      'node --env-file': async () =>
        (
          await run(process.execPath, [`--env-file=${file}`, '-p', `process.env.${TOKEN}`], options)
        ).stdout.trim(),
      'dotenv (npm)': async () => dotenvPackage.parse(await readFile(file))[TOKEN],
    };
    for (const [index, [name, read]] of Object.entries(readers).entries()) {
      world.renew(ok(`token-of-${index}`));
      expect(await read(), name).toBe(`token-of-${index}`);
    }
    await expect
      .poll(() => world.exports.list()[0]?.status)
      .toMatchObject({ readAt: expect.any(String) as unknown });
    await expect
      .poll(() => world.entries.map(({ message }) => message).join())
      .toMatch(/was read by cat \(process \d+\)/);
    expect(JSON.stringify(world.entries)).not.toContain('token-of-');
    // Nothing is left of the pipes that readers had to themselves.
    expect(readdirSync(folder)).toEqual(['.env']);
  });

  it('gives each reader what a template makes, and nothing while there is no token', async () => {
    writeFileSync(path.join(folder, 'settings.tmpl'), 'token: {{ connection.access_token | json }}\n');
    world.presets = createPresetRegistry({ folder, logger: silentLogger });
    world.start();
    expect(await world.add(file, { preset: 'settings', format: undefined, mode: 'pipe' })).toMatchObject({
      value: { format: 'template', mode: 'pipe', status: { state: 'waiting' } },
    });
    expect(await cat()).toBe('token: "token-1"\n');
    world.renew(ok('token-2'));
    expect(await cat()).toBe('token: "token-2"\n');
    world.renew(GONE);
    expect(await cat()).toBe('');
    await expect.poll(state).toBe('failed');
  });

  it('is read by python-dotenv from 1.2 on, and by none before', async () => {
    await addPipe();
    const script =
      'import sys, json, importlib.metadata as m; from dotenv import dotenv_values as d; print(json.dumps([m.version("python-dotenv"), d(sys.argv[1])]))';
    const { stdout } = await run('/usr/bin/python3', ['-c', script, file], options);
    const [version, values] = JSON.parse(stdout) as [string, Record<string, string>];
    const [major = 0, minor = 0] = version.split('.').map(Number);
    const reads = major > 1 || (major === 1 && minor >= 2);
    expect(values['ATLASSIAN_ACCESS_TOKEN']).toBe(reads ? 'token-1' : undefined);
  });

  it('gives readers at the same moment one whole answer each', async () => {
    await addPipe();
    // The first one has opened it, which gives the path a fresh pipe; the others come meanwhile.
    const before = lstatSync(file).ino;
    const first = opener('exec 3<"$0"; exec sleep 30');
    await expect.poll(() => lstatSync(file).ino).not.toBe(before);
    const others = await Promise.all(
      [cat(), cat(), cat()].map(async (text) => (await text).split(LINE('token-1')).length - 1),
    );
    first.kill();
    // As many answers as readers came one after the other; a reader in the same millisecond may share one.
    expect(others.reduce((sum, count) => sum + count)).toBeGreaterThan(0);
    expect(others.every((count) => count <= 1)).toBe(true);
    expect(await cat()).toContain(LINE('token-1'));
  });

  it('outlasts readers that want nothing', async () => {
    await addPipe();
    await run(
      '/usr/bin/dash',
      ['-c', 'for i in 1 2 3 4 5 6; do exec 3<"$0"; exec 3<&-; done', file],
      options,
    );
    const idle = opener('exec 3<"$0"; exec sleep 30');
    expect(await cat()).toContain(LINE('token-1'));
    idle.kill();
    expect(state()).toBe('waiting');
  });

  it('says in a comment why there is no variable, and goes on when there is', async () => {
    await addPipe();
    world.renew(GONE);
    await expect.poll(state).toBe('failed');
    expect(await cat()).toBe(
      '# tokentray: no variables. Atlassian no longer accepts this sign-in. Reconnect it.\n',
    );
    world.renew(ok('token-2'));
    await expect.poll(state).toBe('waiting');
    expect(await cat()).toContain(LINE('token-2'));
  });

  it('touches nothing that is put in its place, and says so', async () => {
    await addPipe();
    const mine = path.join(folder, 'mine');
    writeFileSync(mine, 'MINE=1\n');
    renameSync(mine, file);
    await expect.poll(state).toBe('failed');
    await world.exports.write(null);
    expect(await readFile(file, 'utf8')).toBe('MINE=1\n');
    expect(world.exports.list()[0]?.status).toMatchObject({ error: { code: 'refused' } });
    expect((await world.check(file)).findings[0]).toMatchObject({ check: 'content', ok: false });
    rmSync(file);
    await world.exports.write(null);
    expect(await cat()).toContain(LINE('token-1'));
  });

  it('comes back when it was removed, or its folder', async () => {
    const inner = path.join(folder, 'inner');
    mkdirSync(inner);
    file = path.join(inner, '.env');
    await addPipe();
    rmSync(inner, { recursive: true });
    await expect.poll(state).toBe('failed');
    await world.exports.write(null);
    expect(world.exports.list()[0]?.status).toMatchObject({ error: { code: 'not-found' } });
    mkdirSync(inner);
    await world.exports.write(null);
    expect(await cat()).toContain(LINE('token-1'));
  });

  it('is not made over a file or a pipe of somebody else', async () => {
    writeFileSync(file, 'MINE=1\n');
    expect(await world.add(file, { mode: 'pipe' })).toMatchObject({ error: { code: 'refused' } });
    rmSync(file);
    execFileSync('mkfifo', [file]);
    expect(await world.add(file, { mode: 'pipe' })).toMatchObject({ error: { code: 'refused' } });
    expect(world.exports.list()).toEqual([]);
    expect(await world.add(path.join(folder, 'no', '.env'), { mode: 'pipe' })).toMatchObject({
      error: { code: 'not-found' },
    });
  });

  it.each(['fish', 'direnv'] as const)(
    'is not made in the format %s, whose reader refuses pipes',
    async (format) => {
      expect(await world.add(file, { mode: 'pipe', format })).toMatchObject({
        error: { code: 'unsupported' },
      });
      expect(existsSync(file)).toBe(false);
    },
  );

  it('goes when the app ends, and comes back with it', async () => {
    await addPipe();
    await world.exports.dispose();
    expect(existsSync(file)).toBe(false);
    world.start().start();
    await expect.poll(() => existsSync(file)).toBe(true);
    expect(await cat()).toContain(LINE('token-1'));
  });

  it('is taken over after a crash, by its number', async () => {
    const child = path.join(import.meta.dirname, 'support', 'pipe-child.ts');
    const waiting = () =>
      spawnSync('pgrep', ['-fc', `exec 4>.* ${file}`])
        .stdout.toString()
        .trim();
    const app = spawn(process.execPath, [child, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [text] = (await once(app.stdout, 'data')) as [Buffer];
    const record = ExportRecordSchema.parse(JSON.parse(text.toString()));
    await expect.poll(waiting).toBe('1');
    app.kill('SIGKILL');
    await once(app, 'close');
    // What waits for readers outlives it, and ends when the pipe is taken over.
    expect(waiting()).toBe('1');
    world.store.exports.save(record);
    await world.exports.write(null);
    expect(await cat()).toContain(LINE('token-1'));
    await world.exports.dispose();
    await expect.poll(waiting).toBe('0');
    execFileSync('mkfifo', [file]);
    world.store.exports.save(record);
    world.start().start();
    await expect.poll(state).toBe('failed');
    expect(lstatSync(file).isFIFO()).toBe(true);
  });

  it('takes the place of our own lines and gives it back, and of nothing else', async () => {
    const request = {
      target: { follows: 'active' as const, provider: 'atlassian' as never },
      preset: 'atlassian' as const,
      format: 'dotenv' as const,
      inPlace: false,
      allowDuplicateKeys: false,
      allowSharedFolder: false,
      file,
    };
    await world.add(file);
    expect(await world.exports.change(file, { ...request, mode: 'pipe' })).toMatchObject({
      value: { mode: 'pipe' },
    });
    expect(await cat()).toContain(LINE('token-1'));
    expect(await world.exports.change(file, { ...request, mode: 'block' })).toMatchObject({
      value: { mode: 'block' },
    });
    expect(lstatSync(file).isFile()).toBe(true);
    writeFileSync(file, `MINE=1\n${await readFile(file, 'utf8')}`);
    expect(await world.exports.change(file, { ...request, mode: 'pipe' })).toMatchObject({
      error: { code: 'conflict' },
    });
    expect(await readFile(file, 'utf8')).toContain(LINE('token-1'));
    const elsewhere = path.join(folder, 'elsewhere');
    expect(await world.exports.change(file, { ...request, file: elsewhere, mode: 'pipe' })).toMatchObject({
      value: { file: elsewhere },
    });
    expect(await readFile(file, 'utf8')).toBe('MINE=1\n');
    expect(await world.exports.remove(elsewhere, { keepFile: true })).toMatchObject({ ok: true });
    expect(existsSync(elsewhere)).toBe(false);
  });

  it('stays the same pipe where somebody has mounted it', async () => {
    world.keepFiles = true;
    await addPipe();
    // Inode numbers are given again.
    const which = () => [lstatSync(file).ino, lstatSync(file).birthtimeMs];
    const before = which();
    expect(await cat()).toContain(LINE('token-1'));
    expect(await cat()).toContain(LINE('token-1'));
    expect(which()).toEqual(before);
  });

  it('does not end the app where too many files are open to wait for a reader', async () => {
    execFileSync('mkfifo', [file]);
    const module = path.resolve('main/exports/pipes/wait-at-pipe.ts');
    const script = `
      import 'node:child_process';
      import { closeSync, openSync, statSync } from 'node:fs';
      import { waitAtPipe } from ${JSON.stringify(module)};
      const { dev, ino } = statSync(${JSON.stringify(file)}, { bigint: true });
      const open = [];
      try { for (;;) open.push(openSync('/dev/null')); } catch {}
      for (const handle of open.splice(-3)) closeSync(handle);
      const failed = await waitAtPipe(${JSON.stringify(file)}, { dev: String(dev), ino: String(ino) }).catch(() => 'failed');
      for (const handle of open) closeSync(handle);
      setTimeout(() => console.log('still here', failed), 50);`;
    const command = 'ulimit -n 128; exec "$0" --input-type=module -e "$1"';
    const { stdout } = await run('/bin/sh', ['-c', command, process.execPath, script], options);
    expect(stdout).toBe('still here failed\n');
  });
});

it.skipIf(process.platform === 'win32')(
  'the command line makes a pipe, checks it, and the app removes it when it ends',
  async () => {
    const home = path.join(folder, 'home');
    mkdirSync(home);
    const app = await startApp([], { home, keepHome: true });
    const cli = (...words: string[]) => runCli([...words, '--sandbox'], isolatedEnv(home));
    try {
      await connect(app);
      expect((await cli('export', 'add', file, '--pipe')).code).toBe(0);
      expect(await cat()).toMatch(/^ATLASSIAN_ACCESS_TOKEN=.+$/m);
      const checked = await cli('export', 'check');
      expect(checked.stdout).toContain(
        '● The pipe gives each reader the current token; nothing is on disk.\n',
      );
      expect(checked.stdout).toContain('Last read now.');
      expect(checked.code).toBe(0);
      expect((await cli('log')).stdout).toMatch(/was read by cat \(process \d+\)/);
    } finally {
      await app.stop();
    }
    expect(existsSync(file)).toBe(false);
  },
);
