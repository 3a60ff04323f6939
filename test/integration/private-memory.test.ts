// Nobody gets into the memory of the process that holds the tokens through Node itself, and no crash leaves it on disk.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CORE_NODE_FLAGS } from '../../contract/core-process.ts';
import { ROOT, isolatedEnv, runCli } from '../e2e/support/app.ts';
import { StandIn } from '../stand-in/stand-in.ts';

const SERVE = path.join(ROOT, 'out/main/serve.js');
let home: string;
let core: ChildProcess | null;
let said: string;

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'tokentray-private-'));
  core = null;
  said = '';
});
afterEach(async () => {
  core?.kill('SIGKILL');
  await runCli(['stop'], isolatedEnv(home));
  rmSync(home, { recursive: true, force: true });
});

const status = async (): Promise<{ pid: number }> =>
  (await runCli(['status', '--json'], isolatedEnv(home))).json() as { pid: number };

function start(command: string, args: string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  const child = spawn(command, args, {
    env: { ...isolatedEnv(home), ...env },
    cwd: home,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return child;
}
const ready = (): Promise<void> => expect.poll(() => said, { timeout: 10_000 }).toContain('"socket"');

/** How many ports of loopback the process listens on. */
function listening(pid: number): number {
  const inodes = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return (
          /socket:\[(\d+)\]/.exec(execFileSync('readlink', [`/proc/${pid}/fd/${fd}`]).toString())?.[1] ?? []
        );
      } catch {
        return [];
      }
    }),
  );
  const tables = ['/proc/net/tcp', '/proc/net/tcp6'].filter((file) => existsSync(file));
  return tables
    .flatMap((file) => readFileSync(file, 'utf8').split('\n'))
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[3] === '0A' && inodes.has(fields[9] ?? '')).length;
}

const PLAIN = [SERVE, '--json', '--no-open', '--session-only'];

it.each<[string, string[], NodeJS.ProcessEnv]>([
  ['as a checkout starts it', [...CORE_NODE_FLAGS, ...PLAIN], {}],
  ['by hand, without our flags', PLAIN, {}],
  ['with a debugger in the environment', PLAIN, { NODE_OPTIONS: '--inspect=0' }],
  ['with a debugger among its own options', ['--inspect=0', ...PLAIN], {}],
])('opens no debugger on SIGUSR1 when started %s', async (_, args, env) => {
  core = start(process.execPath, args, env);
  await ready();
  const { pid } = await status();
  const before = (said.match(/Debugger listening/g) ?? []).length;
  // The page alone: a debugger that was there at the start is closed.
  expect(listening(pid)).toBe(1);
  for (let round = 0; round < 3; round += 1) {
    process.kill(pid, 'SIGUSR1');
    await pause(200);
  }
  expect(said.match(/Debugger listening/g) ?? []).toHaveLength(before);
  expect(listening(pid)).toBe(1);
  expect(await status()).toMatchObject({ pid });
});

it('opens none when a command starts it in the background', async () => {
  await runCli(['list'], { ...isolatedEnv(home), NODE_OPTIONS: '--inspect=0' });
  const { pid } = await status();
  expect(pid).toBeGreaterThan(0);
  process.kill(pid, 'SIGUSR1');
  await pause(300);
  expect(listening(pid)).toBe(1);
  expect(await status()).toMatchObject({ pid });
  expect(readFileSync(`/proc/${pid}/coredump_filter`, 'utf8').trim()).toBe('00000000');
});

it('hands its own debugger on to no sandbox that it opens', async () => {
  core = start(process.execPath, ['--inspect=0', ...PLAIN], { NODE_OPTIONS: '--inspect=0' });
  await ready();
  const link = /http:[^"]+/.exec(said)?.[0] ?? '';
  const opened = await fetch(link, { redirect: 'manual' });
  const page = new URL(opened.headers.get('location') ?? '', link).href;
  const answer = await fetch(`${page}v1/app.open-sandbox`, {
    method: 'POST',
    headers: {
      cookie: opened.headers.get('set-cookie')?.split(';')[0] ?? '',
      'content-type': 'application/json',
      'x-tokentray': '1',
      origin: new URL(link).origin,
    },
    body: '{}',
  });
  try {
    expect(await answer.json()).toEqual({ url: expect.stringContaining('http://127.0.0.1') as string });
    const { pid } = (await runCli(['status', '--json', '--sandbox'], isolatedEnv(home))).json() as {
      pid: number;
    };
    const flags = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    expect(flags).toEqual(expect.arrayContaining([...CORE_NODE_FLAGS]));
    expect(flags.join(' ')).not.toContain('inspect');
    expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).not.toContain('inspect');
  } finally {
    await runCli(['stop', '--sandbox'], isolatedEnv(home));
  }
});

it('opens none in the desktop app, whose package takes no signal at all', async () => {
  const config = readFileSync(path.join(ROOT, 'electron-builder.yml'), 'utf8');
  expect(config).toMatch(/enableNodeCliInspectArguments: false/);
  const app = await StandIn.start({
    entry: path.join(ROOT, 'out/main/index.js'),
    args: ['--sandbox', '--hidden', '--tray'],
    env: isolatedEnv(home),
    context: null,
  });
  core = app.process;
  const inSandbox = async (): Promise<unknown> =>
    (await runCli(['status', '--json', '--sandbox'], isolatedEnv(home))).json();
  await expect.poll(inSandbox, { timeout: 15_000 }).toMatchObject({ running: true, pid: core.pid });
  core.kill('SIGUSR1');
  await pause(300);
  expect(app.output).not.toContain('Debugger listening');
  expect(await inSandbox()).toMatchObject({ running: true, pid: core.pid });
  expect(readFileSync(`/proc/${core.pid}/coredump_filter`, 'utf8').trim()).toBe('00000000');
});

const CANARY = `canary-${process.pid}-in-memory`;
/** Where dumps go to somebody else, there is none to look into. */
const dumpsHere = readFileSync('/proc/sys/kernel/core_pattern', 'utf8').trim() === 'core';

/** Whether the canary of its environment is in what a crash leaves in the folder. */
async function dumpTells(command: string, args: string[]): Promise<boolean> {
  core = start('sh', ['-c', 'ulimit -c unlimited && exec "$0" "$@"', command, ...args], { CANARY });
  await ready();
  const ended = new Promise((resolve) => core?.once('exit', resolve));
  core.kill('SIGSEGV');
  await ended;
  const dumps = readdirSync(home).filter((name) => name.startsWith('core'));
  return dumps.some((name) => readFileSync(path.join(home, name)).includes(CANARY));
}

it.runIf(dumpsHere)('leaves nothing of its memory in a core dump', async () => {
  // So that this test is known to find it.
  expect(await dumpTells('sh', ['-c', 'echo \'"socket"\'; exec sleep 60'])).toBe(true);
  for (const name of readdirSync(home)) rmSync(path.join(home, name), { recursive: true });
  said = '';
  expect(await dumpTells(process.execPath, PLAIN)).toBe(false);
});
