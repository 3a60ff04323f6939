import { execFileSync } from 'node:child_process';
import process from 'node:process';
import { connectMany } from './support/many-connections.ts';
import { expect, test } from './support/fixtures.ts';

/** What another program gets from the compositor. Electron's own `readText` answers from what it wrote. */
const paste = (): string => execFileSync('wl-paste', ['--no-newline'], { encoding: 'utf8', timeout: 10_000 });

test('what is copied in the tray, with no window in front, reaches other programs', async ({ desk }) => {
  expect(process.env['DISPLAY'], 'X would take Electron’s place in Wayland').toBeUndefined();
  const { app, driver } = desk;
  await connectMany(app, ['acme']);
  await driver.shell?.closeWindow();
  await expect.poll(() => driver.shell?.hasWindow()).toBe(false);
  await driver.shell?.clickTray(['Copy token']);
  const token = (await app.cli(['get', 'acme'])).stdout.trim();
  expect(token).not.toBe('');
  await expect.poll(paste).toBe(token);
});
