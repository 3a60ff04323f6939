import type { Page } from '@playwright/test';
import type { Driver, Shell } from './support/driver.ts';
import { deskOf, expect, test as base } from './support/fixtures.ts';

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
