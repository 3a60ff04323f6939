import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type RunningApp } from '../e2e/support/app.ts';
import { connect } from './support/connect.ts';
import { startKeyring, type PrivateKeyring } from './support/keyring.ts';
import { randomDelays } from './support/random-delays.ts';

// The app is killed while tokens of three seconds are refreshed and written all the time, and started again.
// TOKENTRAY_CRASHES sets the count for the full figure; the seed is printed so that a run can be repeated.
const CRASHES = Number(process.env['TOKENTRAY_CRASHES'] ?? 8);
const TTL_SECONDS = 3;

let keyring: PrivateKeyring;
let base: string;
beforeAll(async () => {
  keyring = await startKeyring();
  base = mkdtempSync(path.join(tmpdir(), 'tokentray-crash-'));
});
afterAll(async () => {
  await keyring.stop();
  rmSync(base, { recursive: true, force: true });
});

const start = (): Promise<RunningApp> =>
  startApp(['--sandbox-ttl', String(TTL_SECONDS)], {
    home: path.join(base, 'home'),
    env: keyring.env,
    keepHome: true,
  });

async function kill(app: RunningApp): Promise<void> {
  const ended = new Promise((resolve) => app.process.once('exit', resolve));
  app.process.kill('SIGKILL');
  await ended;
}

/** Every file under a folder with its permission bits. */
const filesUnder = (folder: string): [file: string, mode: number][] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => [file, statSync(file).mode & 0o777]);

it(
  `loses no token, tears no file and widens none in ${CRASHES} kills`,
  { timeout: 60_000 + CRASHES * 10_000 },
  async () => {
    let app = await start();
    expect(await connect(app, { sites: ['acme'] }, ['--name', 'kept'])).toMatchObject({
      connection: { name: 'kept' },
    });
    const file = path.join(base, 'kept.env');
    expect((await app.cli(['export', 'add', file])).code).toBe(0);

    for (const delayMs of randomDelays(CRASHES, 0, 2 * TTL_SECONDS * 1000)) {
      await new Promise((resolve) => setTimeout(resolve, delayMs));
      await kill(app);

      const text = readFileSync(file, 'utf8');
      expect(text).toMatch(/^# >>> tokentray .*\n(\w+=\S*\n)+# <<< tokentray .*\n$/);
      for (const [name, mode] of filesUnder(base)) expect([name, mode & 0o077]).toEqual([name, 0]);

      app = await start();
      const got = await app.cli(['get', 'kept', '--min-ttl', '1', '--json']);
      expect(got.code, got.stdout).toBe(0);
      const { connections } = {
        connections: (await app.cli(['list', '--json'])).json() as { status: { state: string } }[],
      };
      expect(connections.map(({ status }) => status.state)).not.toContain('needs-reconnect');
    }
    expect((await app.sandbox('state')) as object).toMatchObject({
      totals: { replaced: 0, concurrent: 0, expired: 0 },
    });
    await app.stop();
    expect(readdirSync(base).sort()).toEqual(['home', 'kept.env']);
  },
);

it('acknowledges a connection only once it is durable', { timeout: 120_000 }, async () => {
  for (const [index, delayMs] of randomDelays(4, 0, 60).entries()) {
    const app = await start();
    const name = `made ${index}`;
    const connecting = connect(app, { account: 'ben', sites: ['beta'] }, ['--name', name]).catch(() => null);
    const answer = await Promise.race([
      connecting,
      new Promise<'later'>((resolve) => setTimeout(resolve, 300 + delayMs, 'later')),
    ]);
    await kill(app);
    const settled = answer === 'later' ? await connecting : answer;
    const again = await start();
    const list = (await again.cli(['list', '--json'])).json() as { name: string }[];
    // What was said to be connected is there after the kill, with a token that works.
    if (settled !== null && 'connection' in settled) {
      expect(list.map((connection) => connection.name)).toContain(name);
      expect((await again.cli(['test', name])).code).toBe(0);
    }
    await again.stop();
  }
});
