// The socket's file is removed while the app runs, as cleaners of temporary folders do.
import { mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startApp, type RunningApp } from '../e2e/support/app.ts';

let home: string;
let app: RunningApp;

const runs = async (): Promise<unknown> => (await app.cli(['status', '--json'])).json();
const itself = (): object => expect.objectContaining({ running: true, pid: app.process.pid }) as object;

beforeEach(async () => {
  home = mkdtempSync(path.join(tmpdir(), 'tokentray-socket-'));
  app = await startApp(['--session-only'], { home, keepHome: true, sandbox: false });
});
afterEach(async () => {
  app.process.kill('SIGCONT');
  await app.stop();
  rmSync(home, { recursive: true, force: true });
});

it.each([
  ['file', () => app.socket],
  ['folder', () => path.dirname(app.socket)],
])('listens anew after its %s was removed, again and again', async (_, target) => {
  for (let round = 0; round < 3; round += 1) {
    rmSync(target(), { recursive: true });
    expect(await runs(), String(round)).toEqual(itself());
  }
  expect((await app.cli(['stop'])).code).toBe(0);
  expect(await app.ended).toBe(0);
});

it('goes on while its folder’s path cannot be followed, and listens anew once it can', async () => {
  const elsewhere = `${home}-elsewhere`;
  renameSync(home, elsewhere);
  symlinkSync(home, home);
  // Noticed like any change of the folder, and tried once more in this time.
  writeFileSync(path.join(path.dirname(app.socket).replace(home, elsewhere), 'cleaned'), '');
  await pause(2500);
  expect(app.process.exitCode).toBeNull();
  rmSync(home);
  renameSync(elsewhere, home);
  await expect.poll(runs, { timeout: 10_000 }).toEqual(itself());
});

it('keeps the connections that it has', async () => {
  const events = connect(app.socket);
  let received = '';
  let ended = false;
  events.on('data', (chunk: Buffer) => (received += chunk.toString()));
  events.on('close', () => (ended = true));
  events.write('GET /v1/events HTTP/1.1\r\nHost: tokentray\r\n\r\n');
  await expect.poll(() => received).toContain('200 OK');
  rmSync(app.socket);
  expect(await runs()).toEqual(itself());
  await app.cli(['pause']);
  await expect.poll(() => received).toContain('refreshingPaused');
  expect(ended).toBe(false);
  events.destroy();
});

it('is known to run meanwhile, by the record of its lock', async () => {
  app.process.kill('SIGSTOP');
  rmSync(app.socket);
  const stop = await app.cli(['stop']);
  expect(stop.code).toBe(3);
  expect(stop.stderr).toContain(`The app is running (process ${app.process.pid})`);
  expect((await app.cli(['list'])).code).toBe(3);
  app.process.kill('SIGCONT');
  expect((await app.cli(['stop', '--json'])).json()).toEqual({ stopped: true });
  expect(await app.ended).toBe(0);
  // Nobody is taken for it afterwards.
  expect((await app.cli(['stop', '--json'])).json()).toEqual({ stopped: false });
});

it('is not believed in by the record of one that was killed', async () => {
  app.process.kill('SIGKILL');
  await app.ended;
  expect(JSON.parse(readFileSync(path.join(home, 'lock.json'), 'utf8'))).toMatchObject({
    pid: app.process.pid,
  });
  expect((await app.cli(['stop', '--json'])).json()).toEqual({ stopped: false });
});
