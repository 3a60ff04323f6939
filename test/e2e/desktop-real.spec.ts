// What a real desktop and a real Electron do to the app, and the stand-in can be told to.
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import path from 'node:path';
import process from 'node:process';
import { sandboxFolder, socketPath } from '../../contract/paths.ts';
import { startBus } from '../integration/support/keyring.ts';
import { startPortal } from '../integration/support/portal.ts';
import { StandIn } from '../stand-in/stand-in.ts';
import { ROOT } from './support/app.ts';
import { endUnseen } from './support/end-unseen.ts';
import { callSocket } from './support/socket-call.ts';
import { connectMany } from './support/many-connections.ts';
import { desktopEnv, type StandInDriver } from './support/stand-in-driver.ts';
import { expect, test } from './support/stand-in-fixture.ts';

/** Longer than one press of Ctrl+C may echo. */
const NEXT_PRESS_MS = 700;

const icon = async ({ shell }: StandInDriver): Promise<string> =>
  path.basename((await shell.tray())?.icon ?? 'none');

const setTheme = async ({ app }: StandInDriver, theme: string): Promise<void> => {
  const { socket } = (await app.cli(['status', '--json'])).json() as { socket: string };
  await callSocket(socket, 'settings.set', { theme });
};

test('started by the system at login: no window, and the tray', async ({ start }) => {
  const driver = await start({ desktop: { openedAtLogin: true } });
  await expect.poll(async () => (await driver.shell.tray()) !== null).toBe(true);
  expect((await driver.standIn.app.look()).windowsMade).toBe(0);
  await driver.shell.clickTray(['Open Tokentray']);
  await driver.window();
});

test('the tray’s icon keeps to the desktop’s theme, whatever the window’s is', async ({ start }) => {
  const driver = await start({ args: ['--sandbox', '--hidden'], desktop: { dark: false } });
  await expect.poll(() => icon(driver)).toMatch(/^normal-on-light/);
  await setTheme(driver, 'dark');
  await driver.shell.clickTray(['Open Tokentray']);
  await driver.window();
  await expect.poll(() => icon(driver), { timeout: 1000 }).toMatch(/^normal-on-light/);
});

test('the tray’s icon follows the desktop’s portal while the app runs', async ({ start }) => {
  const bus = await startBus();
  const portal = await startPortal(bus.env, 1);
  try {
    const driver = await start({
      args: ['--sandbox', '--hidden'],
      env: { DBUS_SESSION_BUS_ADDRESS: bus.env['DBUS_SESSION_BUS_ADDRESS'], XDG_CURRENT_DESKTOP: 'KDE' },
    });
    await expect.poll(() => icon(driver)).toMatch(/^normal-on-dark/);
    await setTheme(driver, 'dark');
    portal.set(2);
    await expect.poll(() => icon(driver)).toMatch(/^normal-on-light/);
    portal.set(1);
    await setTheme(driver, 'light');
    await expect.poll(() => icon(driver)).toMatch(/^normal-on-dark/);
  } finally {
    portal.stop();
    await bus.stop();
  }
});

test('notifications that fail: a click is answered in a message box, and nothing counts as reported', async ({
  start,
  home,
}) => {
  const driver = await start({ desktop: { notifications: 'broken' }, home });
  const { shell, standIn } = driver;
  await endUnseen(driver, 'gone');
  await expect.poll(async () => (await shell.tray())?.tooltip).toContain('gone');
  await shell.clickTray(['Copy token']);
  await expect
    .poll(async () => (await standIn.app.dialogs()).map(({ options }) => options['message']))
    .toEqual(['Nothing was copied']);
  const file = path.join(sandboxFolder(home, process.platform), 'desktop.json');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ closingTold: false });
});

test('the browser gets the umask of the person, not ours', async ({ start }) => {
  const before = process.umask(0o027);
  try {
    const driver = await start();
    const page = await driver.window();
    await page.evaluate(() => window.open('https://elsewhere.example/'));
    await expect.poll(() => driver.standIn.app.openedUrls()).toHaveLength(1);
    expect(await driver.standIn.app.openedUnder()).toEqual([0o027]);
  } finally {
    process.umask(before);
  }
});

for (const kind of ['rejection', 'exception'] as const) {
  test(`a bug in the main process (${kind}): it ends and says so, and the next start works`, async ({
    start,
    home,
  }) => {
    const driver = await start({ home });
    await driver.window();
    await driver.standIn.app.fault(kind).catch(() => undefined);
    expect(await driver.shell.ended).toBe(1);
    expect(driver.standIn.output).toContain('a bug, provoked by the test');
    const log = path.join(sandboxFolder(home, process.platform), 'logs', 'tokentray.log');
    expect(readFileSync(log, 'utf8')).toContain('core.crashed');
    const again = await start({ home });
    await expect((await again.window()).getByText('No accounts connected.')).toBeVisible();
  });
}

test('a second Ctrl+C ends it immediately', async ({ start }) => {
  const driver = await start();
  await driver.window();
  await connectMany(driver.app, ['slow']);
  await driver.app.sandbox('slow', { ms: 20_000 });
  void driver.app.cli(['refresh']);
  await expect.poll(async () => (await driver.app.cli(['list'])).stdout).toMatch(/refreshing/i);
  const { process: child } = driver.standIn;
  child.kill('SIGINT');
  await new Promise((resolve) => setTimeout(resolve, NEXT_PRESS_MS));
  child.kill('SIGINT');
  expect(await driver.shell.ended).toBe(130);
  expect(driver.standIn.output).toContain('Tokentray is ending immediately.');
});

test('ended while it is still starting: what was begun is ended in order', async ({ home, start }) => {
  // The start waits for a message bus that does not answer.
  const bus = createServer();
  const connected = new Promise<Socket>((resolve) => bus.once('connection', resolve));
  await new Promise<void>((resolve) => bus.listen(path.join(home, 'bus'), resolve));
  try {
    const standIn = await StandIn.start({
      entry: path.join(ROOT, 'out/main/index.js'),
      args: ['--sandbox', '--hidden'],
      env: { ...desktopEnv(home), DBUS_SESSION_BUS_ADDRESS: `unix:path=${path.join(home, 'bus')}` },
      context: null,
    });
    const waiting = await connected;
    standIn.process.kill('SIGTERM');
    // Neither cut off, nor is a keychain asked or a window made for an app that ends.
    await expect.poll(async () => (await standIn.app.look()).events).toContain('will-quit');
    expect(standIn.process.exitCode).toBeNull();
    waiting.destroy();
    expect(await standIn.ended).toBe(0);
    expect(standIn.output).not.toMatch(/internal error|destroyed/);
    const place = { platform: process.platform, env: {}, homedir: home, uid: process.getuid?.() ?? null };
    expect(existsSync(socketPath(sandboxFolder(home, process.platform), place))).toBe(false);
  } finally {
    bus.close();
  }
  const again = await start({ home });
  await expect((await again.window()).getByText('No accounts connected.')).toBeVisible();
});
