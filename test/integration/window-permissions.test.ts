import { describe, expect, it } from 'vitest';
import type { CallInput } from '../../contract/calls.ts';
import { bundledView } from '../fakes/bundled-view.ts';
import { aClient, aSignIn, fullSnapshot } from '../fakes/window-data.ts';
import { expectAccessible } from './support/expect-accessible.ts';
import { NARROW, WIDE, windowBrowser } from './support/window-browser.ts';
import { PERMISSION_SCREENS, permissionSearch } from './support/window-permission-screens.ts';
import { button } from './support/window-screens.ts';

const browser = windowBrowser();
const { open } = browser;

const snapshot = () => ({
  ...fullSnapshot(Date.now()),
  providers: [bundledView('atlassian', [aClient()])],
});

it('asks for what was chosen in words, with the keyboard alone, and keeps what was typed', async () => {
  const { core, page, complaints } = await open(snapshot());
  const asked: CallInput<'sign-in.start'>[] = [];
  core.answers['sign-in.start'] = (input) => {
    asked.push(input);
    return { value: aSignIn(1, Date.now()) };
  };
  await button(page, 'Connect').click();
  await page.getByLabel('Name').fill('reader');
  await button(page, 'Change permissions').press('Enter');
  await page.getByRole('dialog', { name: 'What should it be allowed to do?' }).waitFor();
  const count = page.getByRole('dialog').getByRole('status').first();
  expect(await count.textContent()).toBe('24 permissions · 23 chosen, 1 always included');
  await page.getByRole('radio', { name: 'Read and change Jira and Confluence' }).press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  expect(await page.getByRole('radio', { name: 'Read Jira', exact: true }).isChecked()).toBe(true);
  expect(await count.textContent()).toBe('4 permissions · 3 chosen, 1 always included');
  // The list: one stop for the Tab key, arrows within, a search that the first Escape clears.
  await button(page, 'Show all permissions').press('Enter');
  await permissionSearch(page).fill('sprint');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Escape');
  expect(await permissionSearch(page).inputValue()).toBe('');
  expect(await page.getByRole('radio', { name: 'Your own choice' }).isChecked()).toBe(true);
  await button(page, 'Back').click();
  expect(await page.getByLabel('Name').inputValue()).toBe('reader');
  await page.getByRole('dialog').getByRole('button', { name: 'Continue in browser' }).click();
  await expect
    .poll(() => asked)
    .toMatchObject([
      {
        name: 'reader',
        scopes: ['read:me', 'offline_access', 'read:jira-work', 'read:jira-user', 'read:issue-details:jira'],
      },
    ]);
  expect(complaints).toEqual([]);
});

it('has one size, whatever is in it, and shows the list beside or over the presets', async () => {
  for (const size of [WIDE, NARROW, { width: 860, height: 600 }]) {
    const { page } = await open(snapshot(), { size });
    await button(page, 'Connect').click();
    await button(page, 'Change permissions').click();
    const popup = page.getByRole('dialog');
    const before = await popup.boundingBox();
    await button(page, 'Show all permissions').click();
    expect(await page.getByRole('radio').first().isVisible()).toBe(size.width >= 860);
    const sizes = [before];
    for (const text of ['page', 'no such permission', '']) {
      await permissionSearch(page).fill(text);
      sizes.push(await popup.boundingBox());
    }
    await button(page, 'Only ticked').click();
    sizes.push(await popup.boundingBox());
    for (const box of sizes) expect(box).toEqual(before);
    expect(before!.height).toBeLessThanOrEqual(size.height);
  }
});

describe.concurrent('every screen of permissions', () => {
  it.each(PERMISSION_SCREENS)('has no finding: $name', (screen) => expectAccessible(browser, screen));
});
