import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from './support/connect.ts';
import { isolatedEnv, ROOT, runCli, startApp } from '../e2e/support/app.ts';

let home: string;

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'tokentray-sandbox-'));
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
});

const run = (...args: string[]) => runCli(args, isolatedEnv(home));

async function killSandbox(): Promise<void> {
  const app = await startApp([], { home, keepHome: true });
  expect((await run('list', '--sandbox')).code).toBe(0);
  const exited = once(app.process, 'exit');
  app.process.kill('SIGKILL');
  await exited;
}

describe('after the sandbox was killed', () => {
  it('a plain command starts nothing and names both remedies, as they work in a checkout', async () => {
    await killSandbox();
    for (const command of ['list', 'status', 'get']) {
      const { code, stderr } = await run(command);
      expect([command, code]).toEqual([command, 3]);
      expect(stderr).toContain('Start the sandbox again: npm run -s tokentray -- serve --sandbox.');
      expect(stderr).toContain('For your own connections: npm run -s tokentray -- serve\n');
    }
    expect(existsSync(path.join(home, 'tokentray.db'))).toBe(false);
  });

  it('nor is an app of one’s own started that has nothing in it', async () => {
    const own = await startApp([], { home, keepHome: true, sandbox: false });
    await own.stop();
    await killSandbox();
    const { code, stderr } = await run('list');
    expect(code).toBe(3);
    expect(stderr).toContain('The sandbox is no longer running, and you have no connections of your own.');
    expect((await run('status', '--json')).json()).toMatchObject({ running: false });
  });
});

it('the next start names the env files that a sandbox in memory had written when it was killed', async () => {
  const file = path.join(home, 'app.env');
  const first = await startApp([], { home, keepHome: true });
  await connect(first);
  expect((await run('export', 'add', file)).code).toBe(0);
  const exited = once(first.process, 'exit');
  first.process.kill('SIGKILL');
  await exited;
  const second = await startApp([], { home, keepHome: true });
  try {
    expect((await run('log')).stdout).toContain(`no longer kept up to date: ${file}.`);
  } finally {
    await second.stop();
  }
  // Once is enough: it is not this session's file.
  const third = await startApp([], { home, keepHome: true });
  expect((await run('log')).stdout).not.toContain(file);
  await third.stop();
});

it('hints under --sandbox name the sandbox’s commands, which work as they are printed', async () => {
  const app = await startApp([], { home, keepHome: true });
  try {
    const { code, stderr } = await run('test', 'nobody', '--sandbox');
    expect(code).toBe(5);
    expect(stderr).toMatch(/npm run -s tokentray -- \w+ --sandbox/);
    const listed = await runCli(['list', '--sandbox'], isolatedEnv(home), { cwd: '/' });
    expect(listed.stderr).toContain(`npm --prefix ${ROOT} run -s tokentray -- connect --sandbox atlassian\n`);
  } finally {
    await app.stop();
  }
});
