import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { aUse } from '../fakes/uses-data.ts';
import { connectionId } from '../fakes/window-data.ts';
import { windowBrowser } from './support/window-browser.ts';
import { OVERVIEW_SCREENS } from './support/window-overview-screens.ts';
import { button, section } from './support/window-screens.ts';

const { open: openWindow } = windowBrowser();

const named = (name: string) => {
  const screen = OVERVIEW_SCREENS.find((each) => each.name === name);
  if (screen === undefined) throw new Error(`no screen ${name}`);
  return screen;
};
const open = async (name: string) => {
  const screen = named(name);
  const opened = await openWindow(screen.snapshot());
  await screen.reach(opened.page, opened.core);
  return opened;
};
const usedBy = (page: Page) => page.getByRole('region', { name: 'Used by' });

it('lists who uses the connection as it happens, and leads to the file and the key', async () => {
  const { page, core, complaints } = await open('Overview while offline');
  expect(await usedBy(page).getByRole('listitem').allInnerTexts()).toHaveLength(5);
  const uses = [aUse('get', '', 0, Date.now()), ...core.uses];
  core.push({ type: 'uses', connection: connectionId(1), uses });
  await usedBy(page).getByText('tokentray get').waitFor();
  core.push({ type: 'uses', connection: connectionId(2), uses: [] });
  expect(await usedBy(page).getByRole('listitem').count()).toBe(6);
  const place = (): Promise<string | null> =>
    page.evaluate(() => document.activeElement?.closest('li')?.textContent ?? null);
  await usedBy(page)
    .getByRole('button', { name: /project-1/ })
    .press('Enter');
  await expect.poll(place).toMatch(/project-1\/\.env/);
  await section(page, 'Connections').click();
  await usedBy(page)
    .getByRole('button', { name: /triage bot/ })
    .press('Enter');
  await expect.poll(place).toMatch(/triage bot/);
  expect(complaints).toEqual([]);
});

it('offers once what a state needs, and copies addresses', async () => {
  const { page, core } = await open('Overview while offline');
  await button(page, 'Try now').click();
  await button(page, 'Copy Jira').click();
  const asked = core.calls.filter(({ name }) => /refresh|copy/.test(name)).map(({ input }) => input);
  expect(asked).toMatchObject([
    { connection: connectionId(1) },
    { connection: connectionId(1), field: 'api_url', api: 'jira' },
  ]);
  await expect.poll(() => button(page, 'Try now').count()).toBe(0);
});

it('never has labels on one another, nor a time in two lines, in any window', async () => {
  const { page } = await open('Overview of an ended sign-in');
  for (const width of [640, 700, 860, 960, 1100, 1280, 1600, 1900]) {
    await page.setViewportSize({ width, height: 800 });
    await expect
      .poll(() =>
        page.evaluate(() => {
          const faults: string[] = [];
          const lines = document.querySelectorAll('[role="img"] [class*="labels"]');
          if (lines.length !== 2) faults.push('no labels');
          for (const line of lines) {
            const { left, right } = line.getBoundingClientRect();
            let free = left - 1;
            for (const label of line.children) {
              const range = document.createRange();
              range.selectNodeContents(label);
              const box = range.getBoundingClientRect();
              if (box.left < free || box.right > right + 1) faults.push(label.textContent);
              if (box.height > 20) faults.push(`${label.textContent} wraps`);
              free = box.right + 1;
            }
          }
          return faults;
        }),
      )
      .toEqual([]);
  }
});
