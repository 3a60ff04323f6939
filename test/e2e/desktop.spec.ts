import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { Driver, Shell } from './support/driver.ts';
import { deskOf, expect, test as base } from './support/fixtures.ts';
import { labels, marked } from './support/tray-reading.ts';

/** The desktop shell; this suite is not run where there is none. */
const test = base.extend<{ shell: Shell }>({
  shell: async ({ desk }, use) => {
    if (desk.driver.shell === null) throw new Error('this host has no desktop shell');
    await use(desk.driver.shell);
  },
});

const option = (window: Page, name: RegExp): ReturnType<Page['getByRole']> =>
  window.getByRole('option', { name });

const done = (window: Page): Promise<void> => window.getByRole('button', { name: 'Done' }).click();

async function reopened(driver: Driver, open: () => Promise<unknown>): Promise<Page> {
  await open();
  return driver.window();
}

test('a day with the tray', async ({ desk, shell }) => {
  test.setTimeout(60_000);
  const { app, driver, window } = desk;
  const file = path.join(app.home, 'active.env');
  const trayLabels = async (): Promise<string[]> => labels((await shell.tray())?.menu ?? []);
  const token = async (): Promise<string> => (await app.cli(['get'])).stdout.trim();

  await test.step('connect, and the tray shows it', async () => {
    expect(await trayLabels()).toContain('Connect account…');
    await desk.connect({ account: 'ana', sites: ['acme'] });
    await expect(window.getByRole('dialog', { name: 'Connected' })).toBeVisible();
    await done(window);
    await expect.poll(async () => marked(await shell.tray())).toBe('acme');
    expect((await app.cli(['export', 'add', file])).code).toBe(0);
  });

  await test.step('a second account leaves the first one active', async () => {
    await desk.connect({ account: 'ben', sites: ['beta'] });
    await done(window);
    await expect.poll(trayLabels).toContain('beta');
    expect(marked(await shell.tray())).toBe('acme');
    expect(readFileSync(file, 'utf8')).toContain('acme.atlassian.net');
  });

  await test.step('switching in the tray rewrites the file', async () => {
    await shell.clickTray(['beta']);
    await expect.poll(() => readFileSync(file, 'utf8')).toContain('beta.atlassian.net');
    await expect.poll(async () => marked(await shell.tray())).toBe('beta');
    await expect(option(window, /^beta.*active/)).toBeVisible();
    expect(readFileSync(file, 'utf8')).toContain(`ATLASSIAN_ACCESS_TOKEN=${await token()}\n`);
  });

  await test.step('copying from the tray', async () => {
    await shell.clickTray(['Copy', 'Access token']);
    await expect.poll(() => driver.clipboard()).toBe(await token());
    await shell.clickTray(['Copy', 'Site URL']);
    await expect.poll(() => driver.clipboard()).toBe('https://beta.atlassian.net');
  });

  await test.step('offline and back', async () => {
    const before = await token();
    await app.sandbox('down', { mode: 'reset' });
    await window.getByRole('button', { name: 'Refresh' }).click();
    await expect(option(window, /^beta.*Offline/)).toBeVisible();
    await expect.poll(trayLabels).toContainEqual(expect.stringMatching(/^beta.*offline/));
    expect(await token()).toBe(before);
    await app.sandbox('fair', {});
    await shell.power('suspend');
    await shell.power('resume');
    await expect(option(window, /^beta.*, Connected/)).toBeVisible();
    await expect.poll(() => readFileSync(file, 'utf8')).not.toContain(before);
  });

  await test.step('needs reconnect: told once, and another account is warned of', async () => {
    await app.sandbox('revoke-all', {});
    await window.getByRole('button', { name: 'Refresh' }).click();
    await expect(option(window, /^beta.*Needs reconnect/)).toBeVisible();
    await expect.poll(trayLabels).toContain('Reconnect “beta”…');
    expect((await shell.tray())?.tooltip).toContain('beta');
    await desk.answer({ account: 'ana', sites: ['acme'] }, () => shell.clickTray(['Reconnect “beta”…']));
    const warning = window.getByRole('dialog', { name: 'Another account came back' });
    await expect(warning).toContainText('ana@acme.example');
    await warning.getByRole('button', { name: 'Cancel' }).click();
    // The tray follows a fifth of a second later at most.
    await expect.poll(trayLabels).toContain('Reconnect “beta”…');
    await desk.answer({ account: 'ben', sites: ['beta'] }, () => shell.clickTray(['Reconnect “beta”…']));
    await expect(window.getByRole('dialog', { name: 'Reconnected' })).toBeVisible();
    await done(window);
    await expect.poll(async () => marked(await shell.tray())).toBe('beta');
  });

  await test.step('rename shows in the tray, letter for letter', async () => {
    await option(window, /^beta/).click();
    await window.getByRole('button', { name: 'More' }).click();
    await window.getByRole('menuitem', { name: 'Rename…' }).click();
    await window.getByRole('textbox', { name: 'Name' }).fill('R&D “beta” 🦊');
    await window.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
    await expect.poll(async () => marked(await shell.tray())).toBe('R&D “beta” 🦊');
  });

  await test.step('pausing from the tray', async () => {
    await shell.clickTray(['Pause refreshing']);
    await expect
      .poll(async () => (await shell.tray())?.menu.find(({ label }) => label === 'Pause refreshing')?.checked)
      .toBe(true);
    await expect.poll(async () => (await shell.tray())?.tooltip).toContain('paused');
    await shell.clickTray(['Pause refreshing']);
    await expect.poll(async () => (await shell.tray())?.tooltip).not.toContain('paused');
  });

  await test.step('remove, with the file named', async () => {
    await window.getByRole('button', { name: 'More' }).click();
    await window.getByRole('menuitem', { name: 'Remove…' }).click();
    await expect(window.getByRole('dialog')).toContainText(file);
    await window.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await expect.poll(trayLabels).not.toContain('R&D “beta” 🦊');
  });

  await test.step('closing the window leaves the app in the tray', async () => {
    await shell.closeWindow();
    await expect.poll(() => shell.hasWindow()).toBe(false);
    expect((await app.cli(['status'])).code).toBe(0);
  });

  const again = await test.step('a second start opens the window', async () => {
    const page = await reopened(driver, async () => {
      expect(await shell.secondStart()).toBe(0);
    });
    await expect(option(page, /acme/)).toBeVisible();
    return page;
  });

  await test.step('quit from the tray', async () => {
    expect(await again.title()).toBe('Tokentray');
    await shell.clickTray(['Quit Tokentray']);
    expect(await shell.ended).toBe(0);
    expect((await app.cli(['status'])).code).toBe(3);
  });
});

test('closing the window says once where the app went', async ({ desk, shell }) => {
  const told = async (): Promise<number> => (await shell.notifications()).length;
  await shell.closeWindow();
  await expect.poll(told).toBe(1);
  expect((await shell.notifications())[0]?.body).toMatch(/tray|menu bar/i);
  const page = await reopened(desk.driver, () => shell.clickTray(['Open Tokentray']));
  await expect(page.getByText('No accounts connected.')).toBeVisible();
  await shell.closeWindow();
  await expect.poll(() => shell.hasWindow()).toBe(false);
  expect(await told()).toBe(1);
});

test('what is clicked in the tray comes up in the window, open or not', async ({ desk, shell }) => {
  const { driver } = desk;
  await shell.clickTray(['Settings…']);
  await expect(desk.window.getByRole('heading', { name: 'Settings' })).toBeVisible();
  await shell.closeWindow();
  await expect.poll(() => shell.hasWindow()).toBe(false);
  const page = await reopened(driver, () => shell.clickTray(['Connect account…']));
  await expect(page.getByRole('dialog', { name: 'Connect account' })).toBeVisible();
  await page.keyboard.press('Escape');
  // A window made anew works like the first.
  const fresh = deskOf(driver, page);
  await fresh.connect({ account: 'ana', sites: ['acme'] });
  await done(page);
  await expect(option(page, /^acme.*, Connected/)).toBeVisible();
});

test('the command line opens the window and ends the app', async ({ desk, shell }) => {
  await shell.closeWindow();
  await expect.poll(() => shell.hasWindow()).toBe(false);
  const page = await reopened(desk.driver, async () => {
    expect((await desk.app.cli([])).code).toBe(0);
  });
  await expect(page.getByText('No accounts connected.')).toBeVisible();
  expect((await desk.app.cli(['stop'])).code).toBe(0);
  expect(await shell.ended).toBe(0);
});
