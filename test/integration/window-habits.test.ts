import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { connectionId, fullSnapshot } from '../fakes/window-data.ts';
import { windowBrowser } from './support/window-browser.ts';
import { openPalette } from './support/window-habit-screens.ts';
import { focused, tabTo } from './support/window-keys.ts';
import { option } from './support/window-screens.ts';

const { open: openWindow } = windowBrowser();

const notice = (page: Page, text: string) => page.getByRole('status', { name: 'Notice' }).getByText(text);
const chosen = (page: Page) => page.locator('[role="listbox"][aria-label="Found"] [aria-selected="true"]');

/** Removes the selected connection with the keyboard. */
async function removeByKey(page: Page, title: string): Promise<void> {
  await page.keyboard.press('Delete');
  await page.getByRole('dialog', { name: title }).waitFor();
  // Enter without looking removes nothing.
  await expect.poll(() => focused(page)).toBe('button Cancel');
  await tabTo(page, 'button Remove');
  await page.keyboard.press('Enter');
}

describe('the palette, by keyboard alone', () => {
  it('opens a connection, and gives the focus back when it is left', async () => {
    const { page, complaints } = await openWindow(fullSnapshot(Date.now()));
    await option(page, 'acme').click();
    await openPalette(page, 'beta-d');
    await expect.poll(() => chosen(page).textContent()).toContain('beta-docs');
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('h2 beta-docs');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Find anything' }).waitFor();
    // What was used last comes first.
    await expect.poll(() => chosen(page).textContent()).toContain('beta-docs');
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toBe('h2 beta-docs');
    expect(complaints).toEqual([]);
  });

  it('does what can be done with one, and asks before it removes', async () => {
    const { page, core } = await openWindow(fullSnapshot(Date.now()));
    await openPalette(page, 'acme');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('combobox', { name: 'Find an action of acme' }).waitFor();
    // Back, then in again.
    await page.keyboard.press('Escape');
    await page.getByRole('combobox', { name: 'Find anything' }).waitFor();
    await page.keyboard.type('acme');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.type('copy tok');
    await page.keyboard.press('Enter');
    await notice(page, 'Copied the token of acme – clears in 30 s').waitFor();
    expect(core.calls.at(-1)).toMatchObject({
      name: 'credentials.copy',
      input: { connection: connectionId(1) },
    });
    await openPalette(page, 'remove acme…');
    await expect.poll(() => chosen(page).textContent()).toContain('Remove acme…');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Remove acme?' }).waitFor();
    await expect.poll(() => focused(page)).toBe('button Cancel');
  });

  it('goes to sections and pages of settings', async () => {
    const { page } = await openWindow(fullSnapshot(Date.now()));
    await openPalette(page, 'settings: backup');
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('h2 Backup');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('go to gate');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Gateway', level: 1 }).waitFor();
  });
});

describe('undo', () => {
  it('brings back what was removed: by key, by button, and from the palette', async () => {
    const { page, core } = await openWindow(fullSnapshot(Date.now()));
    await option(page, 'acme').click();
    for (const undo of [
      () => page.keyboard.press('Control+z'),
      async () => {
        await page.keyboard.press('F8');
        await expect.poll(() => focused(page)).toBe('button Undo');
        await page.keyboard.press('Enter');
      },
      async () => {
        await page.keyboard.press('Control+k');
        await page.getByRole('combobox', { name: 'Find anything' }).waitFor();
        await page.keyboard.type('undo');
        await page.keyboard.press('Enter');
      },
    ]) {
      await removeByKey(page, 'Remove acme?');
      await notice(page, 'Removed acme.').waitFor();
      await option(page, 'acme').waitFor({ state: 'detached' });
      await expect.poll(() => focused(page)).toMatch(/^option /);
      await undo();
      await notice(page, 'acme is back.').waitFor();
      await option(page, 'acme').waitFor();
      await option(page, 'acme').focus();
    }
    expect(core.calls.filter(({ name }) => name === 'connections.undo')).toHaveLength(3);
  });

  it('leaves Ctrl+Z to text fields', async () => {
    const { page, core } = await openWindow(fullSnapshot(Date.now()));
    await option(page, 'acme-sandbox').click();
    await page.keyboard.press('Control+Enter');
    await notice(page, 'acme-sandbox is now active for Atlassian Cloud.').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('x');
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Escape');
    await option(page, 'acme-sandbox').focus();
    expect(core.calls.filter(({ name }) => name === 'connections.use')).toHaveLength(1);
    await page.keyboard.press('Control+z');
    await notice(page, 'acme is now active for Atlassian Cloud.').waitFor();
  });
});

describe('the address', () => {
  it('survives a reload, and leads back through what was looked at', async () => {
    const { page } = await openWindow(fullSnapshot(Date.now()));
    await option(page, 'beta-docs').click();
    await page.getByRole('tab', { name: 'Activity' }).click();
    await page.getByRole('navigation').getByRole('button', { name: 'Env files' }).click();
    await page.getByRole('heading', { name: 'Env files', level: 1 }).waitFor();
    expect(new URL(page.url()).hash).toBe('#/exports');
    await page.reload();
    await page.getByRole('heading', { name: 'Env files', level: 1 }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'beta-docs' }).waitFor();
    expect(await page.getByRole('tab', { selected: true }).textContent()).toContain('Activity');
    await page.reload();
    await page.getByRole('heading', { name: 'beta-docs' }).waitFor();
    expect(await page.getByRole('tab', { selected: true }).textContent()).toContain('Activity');
  });

  it('closes no dialog when somebody goes back', async () => {
    const { page } = await openWindow(fullSnapshot(Date.now()));
    await page.getByRole('navigation').getByRole('button', { name: 'Env files' }).click();
    await option(page, 'acme').waitFor({ state: 'detached' });
    await page.getByRole('navigation').getByRole('button', { name: 'Connections' }).click();
    await option(page, 'acme').click();
    await page.keyboard.press('F2');
    await page.getByRole('textbox', { name: 'Name' }).fill('typed');
    await page.evaluate(() => {
      history.back();
    });
    await page.waitForFunction(() => location.hash.startsWith('#/connections/'));
    expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('typed');
  });
});

/** Controls that something of the notices is above. */
const covered = (): string[] => {
  const notices = [...document.querySelectorAll('#notices > *')].map((it) => it.getBoundingClientRect());
  return [
    ...document.querySelectorAll('button, a[href], input, select, textarea, [role="option"], [role="tab"]'),
  ]
    .filter((control) => control.closest('#notices') === null && control.checkVisibility())
    .filter((control) => {
      const box = control.getBoundingClientRect();
      for (let place = control.parentElement; place !== null; place = place.parentElement)
        if (
          getComputedStyle(place).overflowY !== 'visible' &&
          place.getBoundingClientRect().bottom < box.bottom - 1
        )
          return false;
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      // What is scrolled out of its place is not under a notice.
      const hit = document.elementFromPoint(x, y);
      return (
        (hit?.closest('#notices') ?? null) !== null &&
        notices.some((it) => x >= it.left && x <= it.right && y >= it.top && y <= it.bottom) &&
        box.bottom <= innerHeight
      );
    })
    .map((control) => control.outerHTML.slice(0, 120));
};

it.each([
  [640, 480],
  [960, 640],
  [2560, 1440],
])('covers no control with notices at %d × %d, in sections or in dialogs', async (width, height) => {
  const now = Date.now();
  const snapshot = fullSnapshot(now);
  const [first] = snapshot.connections;
  const many = Array.from({ length: 60 }, (_, index) => ({
    ...first!,
    id: connectionId(100 + index),
    name: `more ${index}`,
  }));
  const { page, core } = await openWindow(
    { ...snapshot, connections: [...snapshot.connections, ...many] },
    { size: { width, height } },
  );
  core.answers['connections.test'] = () => ({
    error: {
      code: 'offline',
      message: 'Atlassian can’t be reached.',
      hint: 'Check the network and try again later.',
    },
  });
  await option(page, 'acme').focus();
  await removeByKey(page, 'Remove acme?');
  await notice(page, 'Removed acme.').waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('test acme-sandbox');
  await page.keyboard.press('Enter');
  await notice(page, 'Check the network').waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('copy token of acme-s');
  await page.keyboard.press('Enter');
  await notice(page, 'Copied the token').waitFor();
  expect(await page.locator('#notices > *').count()).toBe(3);
  expect(await page.evaluate(covered)).toEqual([]);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('connect account');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Connect account' }).waitFor();
  expect(await page.evaluate(covered)).toEqual([]);
});
