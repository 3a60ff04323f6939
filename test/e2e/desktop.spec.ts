import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { SECTIONS } from '../../contract/sections.ts';
import type { Driver, Shell } from './support/driver.ts';
import { focused } from '../integration/support/window-keys.ts';
import { deskOf, expect, test as base } from './support/fixtures.ts';
import { connectMany } from './support/many-connections.ts';

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

test('every key of the map does what it says', async ({ desk, shell }) => {
  test.setTimeout(60_000);
  const { app, driver, window } = desk;
  const file = path.join(app.home, 'keys.env');
  await connectMany(app, ['first', 'second', 'third']);
  expect((await app.cli(['export', 'add', file])).code).toBe(0);
  const press = (key: string): Promise<void> => window.keyboard.press(key);
  const notice = (text: string): Promise<void> =>
    expect(window.getByRole('status', { name: 'Notice' })).toContainText(text);
  const at = (wanted: string): Promise<void> =>
    expect.poll(() => focused(window), wanted).toMatch(new RegExp(`^${wanted}`));
  const dialogClosesWithEscape = async (name: string): Promise<void> => {
    await expect(window.getByRole('dialog', { name })).toBeVisible();
    await press('Escape');
    await expect(window.getByRole('dialog')).toBeHidden();
  };

  await press('Control+n');
  await dialogClosesWithEscape('Connect account');
  for (const key of ['Control+f', '/']) {
    await option(window, /^first/).click();
    await press(key);
    await at('input Search');
  }
  await option(window, /^second/).click();
  for (const [key, name] of [
    ['ArrowDown', 'third'],
    ['ArrowUp', 'second'],
    ['End', 'third'],
    ['Home', 'first'],
  ] as const) {
    await press(key);
    await at(`option ${name}`);
  }
  await press('Enter');
  await at('h2 first');
  await option(window, /^third/).click();
  await press('Control+Enter');
  await expect(option(window, /^third.*active/)).toBeVisible();
  await press('Control+Shift+C');
  await notice('Copied');
  await expect.poll(() => driver.clipboard()).toBe((await app.cli(['get', 'third'])).stdout.trim());
  const before = (await app.cli(['get', 'third'])).stdout;
  await press('Control+r');
  await expect.poll(async () => (await app.cli(['get', 'third'])).stdout).not.toBe(before);
  await press('Control+t');
  await expect(window.getByRole('region', { name: 'Test results' })).toBeVisible();
  rmSync(file);
  await press('Control+e');
  await notice('Env file written.');
  expect(readFileSync(file, 'utf8')).toContain('ATLASSIAN_ACCESS_TOKEN=');
  await press('F2');
  await dialogClosesWithEscape('Rename third');
  await press('Delete');
  await dialogClosesWithEscape('Remove third?');
  for (const [index, { label }] of SECTIONS.entries()) {
    if (index === 0) continue;
    await press(`Control+${index + 1}`);
    await expect(window.getByRole('heading', { level: 1, name: label })).toBeVisible();
  }
  await press('Alt+ArrowLeft');
  await expect(window.getByRole('heading', { level: 1, name: 'Activity' })).toBeVisible();
  await press('Control+1');
  await at('option third');
  await press('Delete');
  await window.getByRole('dialog', { name: 'Remove third?' }).getByRole('button', { name: 'Remove' }).click();
  await notice('Removed third.');
  await expect(option(window, /^third/)).toBeHidden();
  await press('Control+z');
  await expect(option(window, /^third.*active/)).toBeVisible();
  expect((await app.cli(['get', 'third'])).code).toBe(0);
  await press('Control+k');
  await expect(window.getByRole('combobox', { name: 'Find anything' })).toBeFocused();
  await press('Escape');
  await expect(window.getByRole('dialog')).toBeHidden();
  await press('?');
  await dialogClosesWithEscape('Keys');
  await press('Control+,');
  await expect(window.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  // The page is gone before the key is up again.
  await press('Control+w').catch(() => undefined);
  await expect.poll(() => shell.hasWindow()).toBe(false);
  expect((await app.cli(['status'])).code).toBe(0);
});
