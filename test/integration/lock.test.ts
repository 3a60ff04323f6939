// The lock of the compiled core: on a real message bus with a real keyring, and in the memory of its process.
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { busPresence } from '../../main/hosts/bus-presence.ts';
import { systemClock } from '../../main/lib/clock.ts';
import { runCli, startApp, type CliAnswer, type RunningApp } from '../e2e/support/app.ts';
import { startCanaryProvider, type CanaryProvider } from './support/canary-provider.ts';
import { connect, connectBy } from './support/connect.ts';
import { startKeyring, type PrivateKeyring } from './support/keyring.ts';
import { startScreenSaver } from './support/screen-saver.ts';

let home: string;
let keyring: PrivateKeyring;
let app: RunningApp;

const env = (): NodeJS.ProcessEnv => ({ ...keyring.env, TOKENTRAY_HOME: home });
const cli = (...args: string[]): Promise<CliAnswer> => runCli(args, { ...env(), TOKENTRAY_SANDBOX: '1' });
const start = async (more: NodeJS.ProcessEnv = {}): Promise<void> => {
  app = await startApp([], { home, keepHome: true, env: { ...keyring.env, ...more } });
};
const errorOf = (answer: CliAnswer): unknown => (answer.json() as { error: { code: string } }).error.code;
const keychain = async (): Promise<string> => (await cli('status')).stdout;

beforeEach(async () => {
  home = mkdtempSync(path.join(tmpdir(), 'tokentray-lock-'));
  keyring = await startKeyring();
  await start();
});
afterEach(async () => {
  await app.stop();
  await keyring.stop();
  rmSync(home, { recursive: true, force: true });
});

it('gives nothing to anybody until it is unlocked, not even after a restart', async () => {
  await connect(app, { sites: ['acme'] }, ['--name', 'Work']);
  const file = path.join(home, 'project.env');
  expect((await cli('export', 'add', file)).code).toBe(0);
  const token = (await cli('get', 'Work')).stdout;
  const key = (await cli('gateway', 'add', 'Work', '--name', 'script', '--json')).json() as { key: string };
  const gateway = (await cli('gateway', 'list', '--json')).json() as { gateway: { url: string } };
  const ask = (): Promise<Response> =>
    fetch(`${gateway.gateway.url}/Work/jira/rest/api/3/myself`, {
      headers: { authorization: `Bearer ${key.key}` },
    });
  expect((await ask()).status).toBe(200);
  expect((await cli('lock')).code).toBe(0);

  for (const asked of [
    ['get', 'Work'],
    ['env', 'Work'],
    ['run', 'Work', '--', 'true'],
    ['run', 'Work', '--gateway', '--', 'true'],
    ['run', 'Work', '--proxy', '--', 'true'],
    ['refresh', 'Work'],
    ['test', 'Work'],
    ['export', 'write'],
    ['reconnect', 'Work', '--no-open'],
    ['key', 'rotate'],
  ]) {
    const dashes = asked.indexOf('--');
    const answer = await cli(...asked.toSpliced(dashes < 0 ? asked.length : dashes, 0, '--json'));
    expect([asked, answer.code, errorOf(answer)]).toEqual([asked, 7, 'locked']);
  }
  const refused = await ask();
  expect([refused.status, refused.headers.get('x-tokentray-error')]).toEqual([503, 'locked']);
  expect((await cli('list')).stdout).toContain('Work');
  expect(readFileSync(file, 'utf8')).toContain(token.trim());

  await app.stop();
  await start();
  expect((await cli('get', 'Work')).code).toBe(7);
  // The keyring’s own lock is one more.
  await keyring.lock();
  const failed = await cli('unlock', '--json');
  expect(failed.code).toBe(7);
  expect(String(errorOf(failed))).toMatch(/^keychain-/);
  expect(await keychain()).toContain('▲ Locked');
  await keyring.unlock();
  expect((await cli('unlock')).code).toBe(0);
  expect((await cli('get', 'Work')).stdout).toBe(token);
  expect((await cli('log')).stdout).toMatch(/was locked[\s\S]*was unlocked|was unlocked[\s\S]*was locked/);
});

it('locks and unlocks with the screen', async () => {
  expect((await cli('lock', '--with-screen', 'on')).code).toBe(0);
  expect((await cli('doctor')).stdout).toContain('nothing here tells when that is locked');
  const screen = await startScreenSaver(keyring.env, 'org.gnome.ScreenSaver');
  await app.stop();
  await start();
  const locked = async (wanted: boolean): Promise<void> => {
    await expect
      .poll(async () => {
        screen.lock(wanted);
        return (await keychain()).includes('▲ Locked');
      })
      .toBe(wanted);
  };
  await locked(true);
  await locked(false);
  screen.stop();
});

it('knows from the bus whether the screen is locked, and for how long nobody has been there', async () => {
  const presence = busPresence({ env: keyring.env, uid: process.getuid?.() ?? 0, clock: systemClock });
  expect([await presence.tellsScreen(), await presence.idleSeconds()]).toEqual([false, null]);
  const screen = await startScreenSaver(keyring.env, 'org.freedesktop.ScreenSaver', { locked: true });
  const idle = await startScreenSaver(keyring.env, 'org.gnome.Mutter.IdleMonitor', { idleMs: 90_000 });
  const seen: boolean[] = [];
  const watching = presence.watchScreen((locked) => seen.push(locked));
  await expect.poll(() => seen).toEqual([true]);
  screen.lock(false);
  await expect.poll(() => seen).toEqual([true, false]);
  expect([await presence.tellsScreen(), await presence.idleSeconds()]).toEqual([true, 90]);
  await watching.dispose();
  screen.stop();
  idle.stop();
  expect(await busPresence({ env: {}, uid: 0, clock: systemClock }).tellsScreen()).toBe(false);
});

/** What V8 can still reach in a process, as text, once it has written it to a folder. */
async function reachable(app: RunningApp, folder: string): Promise<string> {
  app.process.kill('SIGUSR2');
  const read = (): string => {
    const [name] = readdirSync(folder);
    return name === undefined ? '' : readFileSync(path.join(folder, name), 'utf8');
  };
  await expect.poll(() => read().trimEnd().endsWith('}'), { timeout: 20_000, interval: 300 }).toBe(true);
  const text = read();
  for (const name of readdirSync(folder)) rmSync(path.join(folder, name));
  return text;
}

/** Signs in at a provider that asks nothing. */
const connectCanary = (canary: CanaryProvider): Promise<unknown> =>
  connectBy(
    app,
    (authorizeUrl) => {
      const asked = new URL(authorizeUrl).searchParams;
      const callback = new URL(asked.get('redirect_uri') ?? '');
      callback.searchParams.set('code', canary.newCode());
      callback.searchParams.set('state', asked.get('state') ?? '');
      return Promise.resolve(callback.href);
    },
    ['connect', 'canary', '--name', 'Canary'],
  );

it('keeps no token where its program could still reach it', async () => {
  await app.stop();
  const canary = await startCanaryProvider();
  const heaps = mkdtempSync(path.join(tmpdir(), 'tokentray-heaps-'));
  try {
    const folder = path.join(home, 'sandbox', 'providers');
    mkdirSync(folder, { recursive: true });
    const [, site] = /"tokenUrl":"([^"]+)\/token"/.exec(JSON.stringify(canary.definition)) ?? [];
    const apis = [{ id: 'site', name: 'Site', urls: { default: site } }];
    writeFileSync(path.join(folder, 'canary.json'), JSON.stringify({ ...canary.definition, apis }));
    await start({ NODE_OPTIONS: `--heapsnapshot-signal=SIGUSR2 --diagnostic-dir=${heaps}` });
    const client = ['clients', 'add', 'canary', '--client-id', 'app', '--json', '--sandbox'];
    expect((await runCli(client, env(), { input: 'client-secret' })).code).toBe(0);
    await connectCanary(canary);
    // The gateway keeps the credential that it sent.
    const { key } = (await cli('gateway', 'add', 'Canary', '--name', 'script', '--json')).json() as {
      key: string;
    };
    const { gateway } = (await cli('gateway', 'list', '--json')).json() as { gateway: { url: string } };
    const asked = await fetch(`${gateway.url}/Canary/site/me`, { headers: { 'x-tokentray-key': key } });
    expect(asked.status).toBe(200);
    const before = await reachable(app, heaps);
    // A verifier is worth nothing once its code was used.
    const secrets = [...canary.accessTokens, ...canary.hidden].filter((secret) =>
      secret.startsWith('canary-'),
    );
    expect(secrets.some((secret) => before.includes(secret))).toBe(true);
    expect((await cli('lock')).code).toBe(0);
    const after = await reachable(app, heaps);
    expect(secrets.filter((secret) => after.includes(secret))).toEqual([]);
  } finally {
    await canary.stop();
    rmSync(heaps, { recursive: true, force: true });
  }
});
