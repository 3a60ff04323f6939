import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startApp, type RunningApp } from '../e2e/support/app.ts';
import { connect } from './support/connect.ts';

const PASSPHRASE = 'correct horse battery';
let base: string;
const apps: RunningApp[] = [];

beforeEach(() => {
  base = mkdtempSync(path.join(tmpdir(), 'tokentray-backup-'));
});
afterEach(async () => {
  for (const app of apps.splice(0)) await app.stop();
  rmSync(base, { recursive: true, force: true });
});

/** An app whose key is in a file: no keychain is needed. */
async function start(name: string): Promise<RunningApp> {
  const key = path.join(base, `${name}.key`);
  writeFileSync(key, `${name} has a key that is long enough\n`, { mode: 0o600 });
  const app = await startApp(['--key-source', `file:${key}`], {
    home: path.join(base, name),
    keepHome: true,
  });
  apps.push(app);
  return app;
}

it('moves everything to another data folder with another key, in one running process each', async () => {
  const one = await start('one');
  expect(await connect(one, { sites: ['acme'] }, ['--name', 'Work'])).toMatchObject({ connection: {} });
  const token = (await one.cli(['get', 'Work'])).stdout;
  const file = path.join(base, 'copy.age');
  const made = await one.cli(['backup', file, '--json'], { input: `${PASSPHRASE}\n` });
  expect(made.json()).toMatchObject({ file, connections: 1, unreadable: 0 });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file).includes(token.trim())).toBe(false);
  expect(await one.cli(['backup', file], { input: PASSPHRASE })).toMatchObject({ code: 1 });

  const two = await start('two');
  const { pid } = (await two.cli(['status', '--json'])).json() as { pid: number };
  const wrong = await two.cli(['restore', file, '--json'], { input: 'not this one' });
  expect(wrong.json()).toMatchObject({ error: { code: 'denied' } });
  const restored = await two.cli(['restore', file], { input: PASSPHRASE });
  expect(restored, restored.stderr).toMatchObject({ code: 0 });
  expect(restored.stderr).toMatch(/Work .* is added[\s\S]*Restored\.\nThese sign-ins are from/);
  expect((await two.cli(['get', 'Work'])).stdout).toBe(token);
  expect((await two.cli(['status', '--json'])).json()).toMatchObject({ pid, connections: 1 });

  const again = await two.cli(['restore', file, '--json'], { input: PASSPHRASE });
  expect(again).toMatchObject({ code: 2 });
  expect(again.json()).toMatchObject({ error: { code: 'usage' } });
  const confirmed = await two.cli(['restore', file, '--yes', '--json'], { input: PASSPHRASE });
  expect(confirmed.json()).toMatchObject({ connections: [{ name: 'Work', change: 'kept' }] });
  // It still ends when it is asked to.
  await two.stop();
  expect(await two.ended).toBe(0);
});

it('never takes a passphrase from the command line', async () => {
  const app = await start('one');
  const file = path.join(base, 'copy.age');
  for (const args of [
    ['backup', file, PASSPHRASE],
    ['backup', file, '--passphrase', PASSPHRASE],
    ['restore', file, `--passphrase=${PASSPHRASE}`],
  ]) {
    const refused = await app.cli(args);
    expect(refused.code).toBe(2);
    expect(refused.stdout + refused.stderr).not.toContain(PASSPHRASE);
  }
  expect((await app.cli(['backup', file])).stderr).toContain('The passphrase is missing.');
});
