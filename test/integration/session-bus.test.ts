// The compiled core started by cron or over SSH: without the session of the person who uses it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runCli, startApp, type CliAnswer, type RunningApp } from '../e2e/support/app.ts';
import { callSocket } from '../e2e/support/socket-call.ts';
import { startKeyring, type PrivateKeyring } from './support/keyring.ts';

interface Finding {
  check: string;
  ok: boolean;
  message: string;
  hint?: string;
}

let home: string;
let keyring: PrivateKeyring;
let app: RunningApp;

const inSession = (args: string[]): Promise<CliAnswer> =>
  runCli(args, { ...keyring.env, TOKENTRAY_HOME: home });
const finding = async (answer: Promise<CliAnswer>, check: string): Promise<Finding | undefined> =>
  ((await answer).json() as { findings: Finding[] }).findings.find((each) => each.check === check);
const keychain = async (): Promise<string> =>
  ((await callSocket(app.socket, 'status', {})) as { keychain: { state: string } }).keychain.state;

beforeEach(async () => {
  home = mkdtempSync(path.join(tmpdir(), 'tokentray-cron-'));
  keyring = await startKeyring();
  app = await startApp([], { home, keepHome: true, sandbox: false });
});
afterEach(async () => {
  await app.stop();
  await keyring.stop();
  rmSync(home, { recursive: true, force: true });
});

it('uses the keychain of the first command that comes from a session', async () => {
  await expect.poll(keychain).toBe('unavailable');
  expect(await finding(app.cli(['doctor', '--json']), 'session bus')).toMatchObject({
    ok: false,
    message: expect.stringMatching(/Neither the app nor this command/) as string,
  });
  expect((await inSession(['list', '--json'])).code).toBe(0);
  expect(await keychain()).toBe('ready');
  expect(await keyring.items()).toHaveLength(1);
  const found = await finding(inSession(['doctor', '--json']), 'session bus');
  expect(found?.ok).toBe(true);
  expect(found?.message).toContain(keyring.env['DBUS_SESSION_BUS_ADDRESS']);
  expect(found?.message).toContain('the app was started without one');
});

it('says on which bus it looked, and on which one the command is', async () => {
  await keyring.lock();
  expect((await inSession(['status'])).code).toBe(0);
  expect(await keychain()).toBe('unavailable');
  const found = await finding(inSession(['doctor', '--json']), 'session bus');
  expect(found).toMatchObject({ ok: false });
  expect(found?.message).toContain('The app was started without a session bus.');
  expect(found?.message).toContain(`${keyring.env['DBUS_SESSION_BUS_ADDRESS']} (from a command)`);
});
