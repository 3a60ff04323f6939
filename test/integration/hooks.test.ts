// Hooks with real programs: those that behave, and those that hang, fork, print what they got or never start.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProgramOutcome, RunningHook } from '../../main/hooks/ports.ts';
import { systemProgram } from '../../main/hooks/system-program.ts';
import { systemClock } from '../../main/lib/clock.ts';
import { startApp, type CliAnswer, type RunningApp } from '../e2e/support/app.ts';
import { connect } from './support/connect.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tokentray-hooks-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

describe('a program', () => {
  const start = (script: string, { input = '', limitMs = 10_000, env = {} } = {}): RunningHook =>
    systemProgram({ env: { PATH: process.env['PATH'], ...env }, cwd: folder, clock: systemClock })({
      program: 'sh',
      args: ['-c', script],
      input,
      limitMs,
    });
  const run = (script: string, options = {}): Promise<ProgramOutcome> => start(script, options).ended;
  const pidIn = (name: string): number => Number(readFileSync(path.join(folder, name), 'utf8'));

  it('reads its input, in the folder and with the environment of the person, without our secrets', async () => {
    const env = { MINE: 'yes', TOKENTRAY_KEY_SOURCE: 'file:/key', CREDENTIALS_DIRECTORY: '/credentials' };
    const outcome = await run('cat > got; env > env; pwd > where', { input: 'hello', env });
    expect(outcome).toEqual({ end: { kind: 'exited', code: 0, signal: null }, stderr: '', cut: false });
    expect(readFileSync(path.join(folder, 'got'), 'utf8')).toBe('hello');
    expect(readFileSync(path.join(folder, 'where'), 'utf8').trim()).toBe(folder);
    const got = readFileSync(path.join(folder, 'env'), 'utf8');
    expect(got).toContain('MINE=yes');
    expect(got).not.toMatch(/KEY_SOURCE|CREDENTIALS/);
  });

  it('that hangs is stopped at the limit, with all that it started, even if it takes no notice', async () => {
    const script = `trap '' TERM; echo $$ > own; sh -c "trap '' TERM; echo \\$\\$ > child; while :; do sleep 1; done" & while :; do sleep 1; done`;
    const outcome = await run(script, { limitMs: 500 });
    expect(outcome.end).toEqual({ kind: 'timed-out' });
    const pids = [pidIn('own'), pidIn('child')];
    await expect.poll(() => pids.filter(isAlive), { timeout: 5000 }).toEqual([]);
  });

  it('that leaves something running takes it along', async () => {
    const outcome = await run('sleep 60 & echo $! > child; echo done >&2; exit 4');
    expect(outcome).toEqual({ end: { kind: 'exited', code: 4, signal: null }, stderr: 'done\n', cut: false });
    await expect.poll(() => isAlive(pidIn('child'))).toBe(false);
  });

  it('that does not read, prints without an end, or is ended by a signal harms nobody', async () => {
    expect((await run('exec <&-; exit 0', { input: 'x'.repeat(1 << 20) })).end).toMatchObject({ code: 0 });
    const loud = await run('head -c 1000000 /dev/zero | tr "\\\\0" x >&2');
    expect([loud.stderr.length, loud.cut]).toEqual([8192, true]);
    expect((await run('kill -SEGV $$')).end).toEqual({ kind: 'exited', code: null, signal: 'SIGSEGV' });
  });

  it('that cannot be started says why', async () => {
    const start = systemProgram({ env: {}, cwd: folder, clock: systemClock });
    const file = path.join(folder, 'not-a-program');
    writeFileSync(file, 'x', { mode: 0o600 });
    const ends = [file, path.join(folder, 'absent'), 'with\0nul'].map(
      async (program) => (await start({ program, args: [], input: '', limitMs: 1000 }).ended).end,
    );
    expect(await Promise.all(ends)).toEqual([
      { kind: 'not-started', code: 'EACCES' },
      { kind: 'not-started', code: 'ENOENT' },
      { kind: 'not-started', code: 'ERR_INVALID_ARG_VALUE' },
    ]);
  });
});

describe('the app', () => {
  let app: RunningApp;
  beforeEach(async () => {
    app = await startApp(['--session-only']);
  });
  afterEach(async () => {
    await app.stop();
  });
  const cli = (...args: string[]): Promise<CliAnswer> => app.cli(args);

  it('runs what a person added, after what happened is stored, and says how it ended', async () => {
    await connect(app, { sites: ['acme'] }, ['--name', 'Work']);
    const got = path.join(folder, 'got');
    const script = `cat > ${got}; cat /proc/$$/cmdline /proc/$$/environ > ${got}.process`;
    const added = await cli(
      ...['hooks', 'add', 'token-refreshed', '--with-token', '--connection', 'Work', '--json'],
      ...['--', 'sh', '-c', script],
    );
    expect(added.json()).toMatchObject({ event: 'token-refreshed', withToken: true, paused: null });
    const { id } = added.json() as { id: string };
    expect((await cli('refresh', 'Work')).code).toBe(0);
    const token = (await cli('get', 'Work')).stdout.trim();
    await expect.poll(() => existsSync(`${got}.process`)).toBe(true);
    expect(JSON.parse(readFileSync(got, 'utf8'))).toMatchObject({
      event: 'token-refreshed',
      connection: { name: 'Work', provider: 'atlassian' },
      access_token: token,
    });
    expect(readFileSync(`${got}.process`, 'utf8')).not.toContain(token);
    await expect.poll(async () => (await cli('hooks')).stdout).toContain('● Ran now, with the token');

    const loud = await cli(
      'hooks',
      'add',
      'token-new',
      '--with-token',
      '--json',
      '--',
      'sh',
      '-c',
      'cat >&2; exit 3',
    );
    const tried = await cli('hooks', 'test', (loud.json() as { id: string }).id);
    expect([tried.code, tried.stdout]).toEqual([1, expect.stringContaining('▲ It failed with exit code 3')]);
    const log = (await cli('log')).stdout;
    expect(log).toContain('The hook “sh” (token-new) failed. It failed with exit code 3');
    expect(tried.stdout + log).not.toContain(token);

    expect((await cli('hooks', 'pause', id)).stdout).toContain('‖ Paused');
    expect((await cli('hooks', 'test', id)).code).toBe(1);
    expect((await cli('hooks', 'remove', 'sh')).code).toBe(2);
    expect((await cli('hooks', 'remove', id)).code).toBe(0);
    expect((await cli('hooks', 'add', 'token-new')).code).toBe(2);
  });
});
