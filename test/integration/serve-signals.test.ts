import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { ROOT, controlsOf, isolatedEnv, type AppControls } from '../e2e/support/app.ts';
import { connectMany } from '../e2e/support/many-connections.ts';
import { callSocket } from '../e2e/support/socket-call.ts';
import { startKeyring, type PrivateKeyring } from './support/keyring.ts';

/** A refresh that the end waits for. */
const SLOW_MS = 15_000;

let keyring: PrivateKeyring;
let home: string;
let app: AppControls;
let core: ChildProcess;
let file: string;
let said: string;

/** The core in a terminal: it talks to a person. */
async function serve(): Promise<void> {
  const env = { ...isolatedEnv(home), ...keyring.env };
  said = '';
  core = spawn(process.execPath, [path.join(ROOT, 'out/main/serve.js'), '--sandbox', '--no-open'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  core.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  await new Promise((resolve, reject) => {
    if (core.stdout) createInterface({ input: core.stdout }).once('line', resolve);
    core.once('exit', (code) => {
      reject(new Error(`serve ended with ${code}\n${said}`));
    });
  });
  const { socket } = (await controlsOf(home, env, '').cli(['status', '--json'])).json() as { socket: string };
  const { sandbox } = (await callSocket(socket, 'status', {})) as { sandbox: { url: string } };
  app = controlsOf(home, env, sandbox.url);
}

const state = async (): Promise<string | undefined> =>
  ((await app.cli(['list', '--json'])).json() as { status: { state: string } }[])[0]?.status.state;

/** The token in the env file; fails when there is none. */
function exportedToken(): string {
  const [, token] = /^ATLASSIAN_ACCESS_TOKEN=(\S+)$/m.exec(readFileSync(file, 'utf8')) ?? [];
  if (token === undefined) throw new Error(`there is no token in ${file}`);
  return token;
}

beforeAll(async () => {
  keyring = await startKeyring();
});
afterAll(() => keyring.stop());
beforeEach(async () => {
  home = mkdtempSync(path.join(tmpdir(), 'tokentray-signals-'));
  file = path.join(home, 'kept.env');
  await serve();
  await connectMany(app, ['kept']);
  expect((await app.cli(['export', 'add', file])).code).toBe(0);
});
afterEach(() => {
  core.kill('SIGKILL');
  rmSync(home, { recursive: true, force: true });
});

it.each(['SIGINT', 'SIGTERM'] as const)(
  'a second %s ends immediately what the first ends gracefully, and nothing is lost',
  async (signal) => {
    const before = exportedToken();
    await app.sandbox('slow', { ms: SLOW_MS });
    void app.cli(['refresh']);
    await expect.poll(state, { timeout: 10_000, interval: 50 }).toBe('refreshing');
    const began = performance.now();
    let ended: number | null = null;
    core.once('exit', (code) => (ended = code));
    core.kill(signal);
    // Handed on by npm and by scripts: the same press.
    core.kill(signal);
    await expect
      .poll(
        () => {
          if (performance.now() - began > 1000) core.kill(signal);
          return ended;
        },
        { timeout: SLOW_MS, interval: 50 },
      )
      .toBe(128 + constants.signals[signal]);
    expect(performance.now() - began).toBeGreaterThan(1000);
    expect(performance.now() - began).toBeLessThan(SLOW_MS / 2);
    expect(said).toMatch(/ending immediately/);
    expect(exportedToken()).toBe(before);

    // The next start takes up the refresh whose answer nobody heard.
    await serve();
    await expect.poll(exportedToken, { timeout: 10_000 }).not.toBe(before);
    expect((await app.cli(['get'])).stdout.trim()).toBe(exportedToken());
  },
);

it('one SIGINT ends in order: a refresh under way gets its token into the file', async () => {
  const before = exportedToken();
  await app.sandbox('slow', { ms: 2000 });
  void app.cli(['refresh']);
  await expect.poll(state, { timeout: 10_000, interval: 50 }).toBe('refreshing');
  const ended = new Promise((resolve) => core.once('exit', resolve));
  core.kill('SIGINT');
  expect(await ended).toBe(0);
  expect(said).not.toMatch(/ending immediately/);
  expect(exportedToken()).not.toBe(before);
  const atTheEnd = exportedToken();
  await serve();
  expect((await app.cli(['get'])).stdout.trim()).toBe(atTheEnd);
});
