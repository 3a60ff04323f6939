import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { sandboxFolder } from '../../contract/paths.ts';
import { startCompositor } from '../integration/support/compositor.ts';
import { connectMany } from './support/many-connections.ts';
import type { StandInDriver } from './support/stand-in-driver.ts';
import { expect, test } from './support/stand-in-fixture.ts';

const CLIPBOARD_CLEARS_AFTER_MS = 30_000;
const WINDOW_SHOWS_AFTER_MS = 2000;
/** No programs at all, so no `wl-copy` either. */
const NO_PROGRAMS = { PATH: '/nonexistent' };

const token = async ({ app }: StandInDriver): Promise<string> => (await app.cli(['get'])).stdout.trim();

test('the window is shown although the hidden one never gets ready', async ({ start }) => {
  const driver = await start({ desktop: { wayland: true } });
  await expect((await driver.window()).getByText('No accounts connected.')).toBeVisible();
});

test('a page that never finishes loading: the window is shown all the same', async ({ start, home }) => {
  const desktop = { wayland: true, loadingHangs: true };
  const driver = await start({ desktop, home, args: ['--sandbox', '--hidden'] });
  const endTimers = await driver.keepTimers();
  await driver.shell.clickTray(['Open Tokentray']);
  expect(await driver.shell.hasWindow()).toBe(false);
  await endTimers(WINDOW_SHOWS_AFTER_MS);
  expect(await driver.shell.hasWindow()).toBe(true);
  await driver.shell.closeWindow();
  await expect.poll(() => driver.shell.hasWindow()).toBe(false);
  // Whoever asks again does not wait for anything.
  await driver.shell.clickTray(['Open Tokentray']);
  await driver.shell.clickTray(['Open Tokentray']);
  expect(await driver.shell.hasWindow()).toBe(true);
});

test('a window that went away where there is no tray comes back, and keeps its place', async ({
  start,
  home,
}) => {
  const file = path.join(sandboxFolder(home, process.platform), 'desktop.json');
  const bounds = (): unknown => (JSON.parse(readFileSync(file, 'utf8')) as { bounds: unknown }).bounds;
  const desktop = { wayland: true, tray: false };
  const driver = await start({ desktop, home });
  await driver.window();
  await driver.shell.closeWindow();
  await expect.poll(() => driver.shell.hasWindow()).toBe(false);
  expect(bounds()).toMatchObject({ width: 960, height: 640 });
  expect(await driver.shell.secondStart()).toBe(0);
  await expect.poll(() => driver.shell.hasWindow()).toBe(true);
});

test('without wl-copy the tray copies nothing, says so, and opens the window, which can', async ({
  start,
}) => {
  const driver = await start({ desktop: { wayland: true }, env: NO_PROGRAMS });
  const { shell, standIn } = driver;
  const page = await driver.window();
  await connectMany(driver.app, ['first', 'second']);
  await standIn.app.writeClipboard('copied by the person');
  await standIn.app.turnAway();
  await shell.clickTray(['Copy token']);
  const about = async (): Promise<string[]> =>
    (await shell.notifications())
      .filter(({ title }) => title === 'Nothing was copied')
      .map(({ body }) => body);
  await expect.poll(about).toHaveLength(1);
  expect((await about())[0]).toContain('only from its window');
  expect(await driver.clipboard()).toBe('copied by the person');
  // The window is in front now; what is clicked in it is copied.
  const endTimers = await driver.keepTimers();
  await page
    .getByRole('option', { name: /active/ })
    .first()
    .click();
  await page.keyboard.press('Control+Shift+C');
  await expect.poll(() => driver.clipboard()).toBe(await token(driver));
  // And goes again, wherever the person is by then.
  await standIn.app.turnAway();
  await endTimers(CLIPBOARD_CLEARS_AFTER_MS);
  await expect.poll(() => driver.clipboard()).toBe('');
});

test('with wl-copy the tray copies: another program gets the token, for half a minute', async ({ start }) => {
  const compositor = await startCompositor();
  try {
    const driver = await start({
      desktop: { wayland: true },
      args: ['--sandbox', '--hidden'],
      env: compositor.env,
    });
    const { shell } = driver;
    await connectMany(driver.app, ['only']);
    compositor.copy('copied by the person');
    const endTimers = await driver.keepTimers();
    const copy = async (): Promise<void> => {
      await shell.clickTray(['Copy token']);
      const wanted = await token(driver);
      await expect.poll(() => compositor.paste() === wanted).toBe(true);
    };
    await copy();
    await endTimers(CLIPBOARD_CLEARS_AFTER_MS);
    await expect.poll(() => compositor.paste()).toBeNull();
    await copy();
    await shell.quit();
    expect(await shell.ended).toBe(0);
    expect(compositor.paste()).toBeNull();
    expect(driver.standIn.output).not.toContain('eyJ');
  } finally {
    await compositor.stop();
  }
});
