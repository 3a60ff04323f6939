import { spawn } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isolatedEnv, ROOT, startApp, type RunningApp } from '../e2e/support/app.ts';
import { connect } from './support/connect.ts';
import { signInAtSandbox } from './support/sandbox-sign-in.ts';

const SCOPE = 'write:jira-work';

let app: RunningApp;

beforeAll(async () => {
  app = await startApp();
  await connect(app, { sites: ['acme'] }, [
    ...['--name', 'acme', '--scopes', 'read:me read:jira-work offline_access'],
  ]);
});
afterAll(() => app.stop());

/** `tokentray get … --ask` without a browser, and the address that it says to open. */
async function asking() {
  const args = [path.join(ROOT, 'out/cli/tokentray.cjs'), 'get', '--scopes', SCOPE, '--ask'];
  const child = spawn(process.execPath, args, {
    env: isolatedEnv(app.home),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (piece: Buffer) => (out += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (err += piece.toString()));
  const ended = new Promise<{ code: number | null; signal: string | null; out: string }>((resolve) => {
    child.on('close', (code, signal) => {
      resolve({ code, signal, out });
    });
  });
  await expect.poll(() => err, { timeout: 10_000 }).toMatch(/^http:\/\/\S+$/m);
  return { child, ended, address: /^http:\/\/\S+$/m.exec(err)?.[0] ?? '' };
}

it('gives up the sign-in on Ctrl-C, and the connection stays as it was', async () => {
  const { child, ended, address } = await asking();
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ signal: 'SIGINT', out: '' });
  const callback = await signInAtSandbox(address, { sites: ['acme'] });
  // Nothing listens any more, or what does knows nothing of it.
  const answer = await fetch(callback).catch(() => null);
  expect(answer?.ok ?? false).toBe(false);
  expect((await app.cli(['get', '--scopes', SCOPE])).code).toBe(4);
});

it('adds a scope that is missing in the browser, and prints a token that has it', async () => {
  const before = (await app.cli(['get'])).stdout;
  const { ended, address } = await asking();
  expect(new URL(address).searchParams.get('scope')?.split(' ')).toEqual(
    expect.arrayContaining(['read:me', 'read:jira-work', 'offline_access', SCOPE]),
  );
  await (await fetch(await signInAtSandbox(address, { sites: ['acme'] }))).text();
  const { code, out } = await ended;
  expect(code).toBe(0);
  expect(out).toBe((await app.cli(['get', '--scopes', SCOPE])).stdout);
  expect(out).not.toBe(before);
  expect((await app.cli(['get', '--field', 'scopes'])).stdout).toContain(SCOPE);
});
