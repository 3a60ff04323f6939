import { expect, it } from 'vitest';
import { fullSnapshot } from '../fakes/window-data.ts';
import { NARROW, WIDE, windowBrowser, type OpenWindow } from './support/window-browser.ts';
import { RARE_SCREENS } from './support/window-rare-screens.ts';
import { button, option } from './support/window-screens.ts';

const { open } = windowBrowser();

async function reach(name: string, size = WIDE): Promise<OpenWindow> {
  const screen = RARE_SCREENS.find((item) => item.name === name);
  if (screen === undefined) throw new Error(`there is no screen “${name}”`);
  const opened = await open(screen.snapshot(), { size });
  await screen.reach(opened.page, opened.core);
  return opened;
}

it.each([WIDE, NARROW])(
  'keeps a dialog’s buttons in a window of %j, however long a name is',
  async (size) => {
    const { page } = await reach('odd names, Remove', size);
    for (const name of ['Cancel', 'Remove']) {
      const box = await button(page, name).boundingBox();
      expect(box?.y, name).toBeGreaterThan(0);
      expect((box?.y ?? 0) + (box?.height ?? 0), name).toBeLessThanOrEqual(size.height);
    }
  },
);

it('keeps the actions in sight under a name of 10 KB', async () => {
  const { page } = await reach('odd names');
  const box = await button(page, 'Copy token').boundingBox();
  expect(box?.y).toBeLessThan(WIDE.height / 2);
});

it('offers nothing that needs a token whose key is gone', async () => {
  const { page } = await reach('a connection whose key is lost');
  await button(page, 'Remove…').waitFor();
  for (const name of ['Copy token', 'Test', 'Refresh', 'Reconnect']) {
    expect(await button(page, name).count(), name).toBe(0);
  }
  await button(page, 'More').click();
  expect(await page.getByRole('menuitem', { name: /Reconnect|Refresh$|header/ }).count()).toBe(0);
});

it('reports once that Tokentray is gone, not again for what the window loads automatically', async () => {
  const { page } = await open(fullSnapshot(Date.now()));
  await option(page, 'acme').waitFor();
  const failed = page.waitForEvent('requestfailed');
  await page.route('**/v1/activity.list', (route) => route.abort());
  await option(page, 'beta').click();
  await failed;
  await page.getByRole('region', { name: 'Connection list' }).waitFor();
  expect(await page.getByRole('status', { name: 'Notice' }).textContent()).toBe('');
});

it.each([WIDE, NARROW])('leads from the count of files that were not written to them, %j', async (size) => {
  const { page } = await open(fullSnapshot(Date.now()), { size });
  await page.getByRole('navigation').getByRole('button', { name: '1 file not written' }).click();
  await page.getByRole('heading', { level: 1, name: 'Env files' }).waitFor();
});

it('wraps what the banner says, however long the names in it are', async () => {
  const snapshot = fullSnapshot(Date.now());
  const message = `${'/averylongname'.repeat(20)} can’t be written.`;
  const database = { code: 'io' as const, message, hint: `Run “chmod u+w ${'x'.repeat(200)}”.` };
  const { page } = await open({ ...snapshot, status: { ...snapshot.status, database } }, { size: NARROW });
  const banner = page.getByRole('region', { name: 'App status' });
  await banner.waitFor();
  expect(await banner.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
  expect((await banner.boundingBox())?.height).toBeLessThan(NARROW.height / 2);
});

it.each([WIDE, NARROW])('leads from the count of those that need one to them, %j', async (size) => {
  const { page } = await open(fullSnapshot(Date.now()), { size });
  await option(page, 'acme').click();
  await page.getByRole('navigation').getByRole('button', { name: '3 need attention' }).click();
  await expect.poll(() => page.getByRole('option').count()).toBe(3);
  expect(await option(page, 'beta').isVisible()).toBe(true);
});
