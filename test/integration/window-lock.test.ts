import { expect, it } from 'vitest';
import { fullSnapshot } from '../fakes/window-data.ts';
import { windowBrowser } from './support/window-browser.ts';
import { button, option, section, tab } from './support/window-screens.ts';

const { open: openWindow } = windowBrowser();

it('locks from the settings, hides a shown token, keeps the list, and unlocks from the strip', async () => {
  const { page, core } = await openWindow(fullSnapshot(Date.now()));
  await section(page, 'Settings').click();
  await page.getByLabel('Lock with the screen').click();
  await page.getByLabel('Lock when you are away').selectOption('After 15 min');
  await page.getByLabel('Keep refreshing while locked').click();
  await expect
    .poll(() => core.snapshot.settings)
    .toMatchObject({ lockWithScreen: true, lockAfterIdleMinutes: 15, refreshWhileLocked: true });
  await button(page, 'Lock now').click();
  const strip = page.getByRole('region', { name: 'App status' });
  await strip.getByText('Locked.').waitFor();
  await strip.getByRole('button', { name: 'Unlock' }).click();
  await strip.waitFor({ state: 'detached' });

  await section(page, 'Connections').click();
  await option(page, 'acme').click();
  await tab(page, 'Token').click();
  await button(page, 'Show access token').click();
  await page.getByText(core.token).waitFor();
  const status = {
    ...core.snapshot.status,
    keychain: { state: 'locked', since: '2026-11-22T09:30:00.000Z', by: 'screen', refreshing: true },
  } as const;
  core.push({ type: 'status', status });
  await page.getByText(core.token).waitFor({ state: 'detached' });
  await strip.getByText('Refreshing goes on.').waitFor();
  expect(await option(page, 'acme').count()).toBe(1);
});

it('shows hooks, tries, pauses and removes them, and adds none', async () => {
  const { page } = await openWindow(fullSnapshot(Date.now()));
  await section(page, 'Settings').click();
  const rows = page.getByRole('list', { name: 'Hooks' }).getByRole('listitem');
  await expect.poll(() => rows.count()).toBe(3);
  await page.getByText('no route to host').waitFor();
  await button(page, 'Test /home/ana/bin/update-secret').click();
  await page.getByText('no route to host').waitFor({ state: 'detached' });
  await page.getByText('hooks resume hook0003').waitFor();
  await button(page, 'Pause notify-send').click();
  await page.getByText('hooks resume hook0001').waitFor();
  await button(page, 'Remove notify-send…').click();
  await button(page, 'Keep').click();
  await button(page, 'Remove notify-send…').click();
  await button(page, 'Remove notify-send').click();
  await expect.poll(() => rows.count()).toBe(2);
  await page.getByText('tokentray hooks add token-refreshed').waitFor();
});
