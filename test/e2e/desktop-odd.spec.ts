import { readFileSync, readdirSync, statSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import path from 'node:path';
import process from 'node:process';
import { sandboxFolder } from '../../contract/paths.ts';
import { leaveWords, pendingMessages } from '../stand-in/electron/instance-lock.ts';
import type { SeenNotification } from '../stand-in/wire.ts';
import { endUnseen } from './support/end-unseen.ts';
import { connectMany } from './support/many-connections.ts';
import type { StandInDriver } from './support/stand-in-driver.ts';
import { expect, test } from './support/stand-in-fixture.ts';
import { labels, marked } from './support/tray-reading.ts';

const CLIPBOARD_CLEARS_AFTER_MS = 30_000;

const list = async ({ app }: StandInDriver): Promise<{ status: { state: string } }[]> =>
  (await app.cli(['list', '--json'])).json() as { status: { state: string } }[];

/** The token in an env file; fails when there is none. */
function exportedToken(file: string): string {
  const [, token] = /^ATLASSIAN_ACCESS_TOKEN=(\S+)$/m.exec(readFileSync(file, 'utf8')) ?? [];
  if (token === undefined) throw new Error(`there is no token in ${file}`);
  return token;
}

test('more connections than a menu holds, with long and odd names', async ({ start }) => {
  test.setTimeout(120_000);
  const driver = await start({ args: ['--sandbox', '--hidden'] });
  const { shell, app } = driver;
  const odd = [
    '&R&D && more &',
    '🦊'.repeat(50),
    `${'W'.repeat(98)}&&`,
    'a\u0301'.repeat(40),
    '-',
    '<b>bold</b>',
    '%s %d',
  ];
  const names = Array.from(
    { length: 150 },
    (_, index) => odd[index] ?? `${index} ${'long '.repeat(18)}`.trim(),
  );
  await connectMany(app, names);
  await expect
    .poll(async () => labels((await shell.tray())?.menu ?? []).length, { timeout: 15_000 })
    .toBeGreaterThan(40);
  const menu = (await shell.tray())?.menu ?? [];
  expect(menu.filter(({ type }) => type === 'radio')).toHaveLength(9);
  expect(menu.length).toBeLessThan(40);
  const more = menu.find(({ label }) => label === 'More connections…');
  expect(more?.items.length).toBeLessThan(60);
  // Two levels at most, and labels of at most 80 characters, none of them a lone mnemonic mark.
  expect(more?.items.every(({ items }) => items.length === 0)).toBe(true);
  for (const label of labels(menu)) expect(Array.from(label).length, label).toBeLessThanOrEqual(80);
  expect(labels(menu)).toContainEqual(expect.stringMatching(/^&R&D && more & – /));
  expect(labels(menu).every((label) => label.isWellFormed())).toBe(true);
  // Switching among them still works.
  await shell.clickTray(['&R&D && more &']);
  await expect.poll(async () => marked(await shell.tray())).toBe('&R&D && more &');
  expect(await shell.hasWindow()).toBe(false);
  await shell.clickTray(['Open Tokentray']);
  const page = await driver.window();
  await expect(page.getByRole('option', { name: /&R&D && more &.*active/ })).toBeAttached();
});

test('a desktop without a tray: the window stays, and says why', async ({ start }) => {
  const driver = await start({ desktop: { tray: false } });
  const page = await driver.window();
  await driver.shell.closeWindow();
  // Minimised, so that the person can get back to it.
  const [window] = await driver.standIn.app.windows();
  expect(window).toBeDefined();
  expect((await driver.app.cli(['status'])).code).toBe(0);
  expect(await driver.shell.secondStart()).toBe(0);
  await expect.poll(() => driver.shell.hasWindow()).toBe(true);
  await expect(page.getByText('Your desktop shows no tray icons; the window stays open.')).toBeVisible();
});

test('a desktop without notifications: everything works, nothing is lost', async ({ start }) => {
  const driver = await start({ desktop: { notifications: false } });
  await driver.window();
  await connectMany(driver.app, ['only']);
  await driver.app.sandbox('revoke-all', {});
  await driver.app.cli(['refresh']);
  await expect.poll(async () => (await driver.shell.tray())?.tooltip).toContain('only');
  await driver.shell.closeWindow();
  await expect.poll(() => driver.shell.hasWindow()).toBe(false);
  expect(await driver.shell.notifications()).toEqual([]);
  expect((await list(driver)).map(({ status }) => status.state)).toEqual(['needs-reconnect']);
});

test('a desktop without a keychain: said in the window, nothing in plain text on the disk', async ({
  start,
}) => {
  const driver = await start({ args: [] });
  const page = await driver.window();
  await expect(page.getByText(/keychain/i).first()).toBeVisible();
  await expect.poll(async () => (await driver.shell.tray())?.tooltip).toMatch(/keychain/i);
  const refusal = await driver.app.cli(['connect', 'atlassian', '--no-open']);
  expect(refusal.code).not.toBe(0);
});

test('two starts at once: one runs, the other exits', async ({ start, home }) => {
  const driver = await start({ home });
  const codes = await Promise.all([
    driver.shell.secondStart(),
    driver.shell.secondStart(),
    driver.shell.secondStart(),
  ]);
  expect(codes).toEqual([0, 0, 0]);
  await expect
    .poll(
      async () =>
        (await driver.standIn.app.look()).events.filter((name) => name === 'second-instance').length,
    )
    .toBe(3);
  expect((await driver.standIn.app.look()).windowsMade).toBe(1);
  // Whatever a desktop app writes is for its owner alone.
  await driver.shell.quit();
  expect(await driver.shell.ended).toBe(0);
  const wide = (readdirSync(home, { recursive: true }) as string[]).filter(
    (name) => (statSync(path.join(home, name)).mode & 0o077) !== 0 && !name.startsWith('config'),
  );
  expect(wide).toEqual([]);
  const again = await start({ home });
  await expect((await again.window()).getByText('No accounts connected.')).toBeVisible();
});

for (const { hidden, opens } of [
  { hidden: false, opens: true },
  { hidden: true, opens: false },
]) {
  test(`a ${hidden ? 'hidden' : 'plain'} start while a hidden one is still on its way: ${opens ? 'its' : 'no'} window opens`, async ({
    start,
    home,
  }) => {
    // The first start waits for a keychain that does not answer; by then it has the lock, and no window.
    const bus = createServer();
    const connected = new Promise<Socket>((resolve) => bus.once('connection', resolve));
    await new Promise<void>((resolve) => bus.listen(path.join(home, 'bus'), resolve));
    try {
      const profile = path.join(sandboxFolder(home, process.platform), 'electron');
      const starting = start({
        home,
        args: ['--sandbox', '--hidden'],
        env: { DBUS_SESSION_BUS_ADDRESS: `unix:path=${path.join(home, 'bus')}` },
      });
      const waiting = await connected;
      leaveWords(profile, { argv: [], workingDirectory: home, additionalData: { hidden } });
      await expect.poll(() => pendingMessages(profile), { intervals: [20] }).toBe(0);
      waiting.destroy();
      const driver = await starting;
      await expect.poll(async () => (await driver.shell.tray()) !== null).toBe(true);
      const { events, windowsMade } = await driver.standIn.app.look();
      expect(events).toContain('second-instance');
      expect(windowsMade).toBe(opens ? 1 : 0);
      if (opens) await expect((await driver.window()).getByText('No accounts connected.')).toBeVisible();
    } finally {
      bus.close();
    }
  });
}

test('while the app is ending: no window is made, and a second Quit does not hurry it', async ({ start }) => {
  const driver = await start();
  const { shell, standIn } = driver;
  await driver.window();
  await connectMany(driver.app, ['slow']);
  const file = path.join(driver.app.home, 'slow.env');
  expect((await driver.app.cli(['export', 'add', file])).code).toBe(0);
  const before = exportedToken(file);
  // The end waits for a refresh that is on its way: its new token must not be lost.
  await driver.app.sandbox('slow', { ms: 6000 });
  void driver.app.cli(['refresh']);
  await expect
    .poll(async () => (await list(driver))[0]?.status.state, { intervals: [50] })
    .toBe('refreshing');
  await shell.quit();
  await shell.quit();
  // It still runs, hears of another start, and opens nothing before its own end.
  expect(await shell.secondStart()).toBe(0);
  await expect.poll(async () => (await standIn.app.look()).events).toContain('second-instance');
  expect((await standIn.app.look()).windowsMade).toBe(1);
  expect(await shell.hasWindow()).toBe(false);
  expect(await shell.ended).toBe(0);
  expect(exportedToken(file) === before, 'the new token is in the file').toBe(false);
  expect(standIn.output).toContain('(starts again after its end)');
  expect(standIn.output).not.toMatch(/destroyed|unhandled/i);
});

test('ended by the system: in order, and nothing is lost', async ({ start, home }) => {
  const driver = await start({ home });
  await driver.window();
  const file = path.join(home, 'kept.env');
  await connectMany(driver.app, ['kept']);
  expect((await driver.app.cli(['export', 'add', file])).code).toBe(0);
  const before = exportedToken(file);
  await driver.app.sandbox('slow', { ms: 1000 });
  void driver.app.cli(['refresh']);
  await expect
    .poll(async () => (await list(driver))[0]?.status.state, { intervals: [50] })
    .toBe('refreshing');
  driver.standIn.process.kill('SIGTERM');
  expect(await driver.shell.ended).toBe(0);
  expect(exportedToken(file) === before, 'the new token is in the file').toBe(false);
  expect((await driver.app.cli(['status'])).code).toBe(3);
});

test('a copied token is cleared from the clipboard, but only if it is still there', async ({ start }) => {
  const driver = await start();
  const { shell, standIn } = driver;
  await driver.window();
  await connectMany(driver.app, ['copied']);
  const endTimers = await driver.keepTimers();
  const copy = async (): Promise<void> => {
    await shell.clickTray(['Copy token']);
    await expect.poll(() => driver.clipboard()).toMatch(/^eyJ/);
  };
  await copy();
  await endTimers(CLIPBOARD_CLEARS_AFTER_MS);
  await expect.poll(() => driver.clipboard()).toBe('');
  await copy();
  await standIn.app.writeClipboard('copied by the person meanwhile');
  await endTimers(CLIPBOARD_CLEARS_AFTER_MS);
  expect(await driver.clipboard()).toBe('copied by the person meanwhile');
});

test('a notification says it once, while nobody looks, and leads to the place', async ({ start }) => {
  const driver = await start();
  const { shell, standIn } = driver;
  await endUnseen(driver, 'gone');
  await driver.app.cli(['refresh']);
  const about = async (): Promise<SeenNotification[]> =>
    (await shell.notifications()).filter(({ title }) => title.includes('“gone”'));
  await expect.poll(about).toHaveLength(1);
  const [told] = await about();
  await standIn.app.clickNotification(told?.id ?? -1);
  const page = await driver.window();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expect.poll(() => standIn.app.openedUrls()).toHaveLength(1);
});

test('the theme of the settings is the window’s', async ({ start }) => {
  const page = await (await start()).window();
  const dark = (): Promise<boolean> =>
    page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  const set = (theme: string): Promise<unknown> =>
    page.evaluate((theme) => {
      const { tokentray } = window as unknown as {
        tokentray: { call: (name: string, input: object) => unknown };
      };
      return tokentray.call('settings.set', { theme });
    }, theme);
  await set('dark');
  await expect.poll(dark).toBe(true);
  await set('light');
  await expect.poll(dark).toBe(false);
});
