import { describe, expect, it } from 'vitest';
import { fullSnapshot } from '../fakes/window-data.ts';
import { expectAccessible } from './support/expect-accessible.ts';
import { NARROW, windowBrowser } from './support/window-browser.ts';
import { FILE_SCREENS } from './support/window-file-screens.ts';
import { OVERVIEW_SCREENS } from './support/window-overview-screens.ts';
import { HABIT_SCREENS } from './support/window-habit-screens.ts';
import { RARE_SCREENS } from './support/window-rare-screens.ts';
import { SETUP_SCREENS } from './support/window-setup-screens.ts';
import { button, option, section, WINDOW_SCREENS } from './support/window-screens.ts';

const browser = windowBrowser();
const { open: openWindow } = browser;

/** Controls that assistive technology would call by their kind alone. A line of the tree: `- button "Copy" [pressed]`. */
const unnamed = (tree: string): string[] =>
  tree
    .split('\n')
    .map((line) => line.trim().replace(/^- '?/, ''))
    .filter((line) =>
      /^(button|link|textbox|searchbox|checkbox|radio|combobox|option|tab|menuitem\w*|dialog|menu|listbox)\b/.test(
        line,
      ),
    )
    .filter((line) => !/^\w+ "\S/.test(line));

/** Lists as long as the provider makes them, and what a test makes long on purpose. */
const SCROLLS = new Set([
  'Connect, permissions',
  ...['Palette', 'Palette with matches', 'Palette with the actions of one'],
  ...RARE_SCREENS.map(({ name }) => name),
]);

/** By how much, in pixels, parts of open dialogs are taller than their place. */
const scrollingDialogs = (): number[] =>
  [...document.querySelectorAll('[role="dialog"] *, [role="alertdialog"] *')]
    .filter((element) => getComputedStyle(element).overflowY === 'auto')
    .map((element) => element.scrollHeight - element.clientHeight)
    .filter((pixels) => pixels > 1);

describe.concurrent('every screen and dialog', () => {
  it.each([
    ...WINDOW_SCREENS,
    ...OVERVIEW_SCREENS,
    ...FILE_SCREENS,
    ...RARE_SCREENS,
    ...HABIT_SCREENS,
    ...SETUP_SCREENS,
  ])('has no finding: $name', (screen) =>
    expectAccessible(browser, screen, async (page, size) => {
      // The tree leaves out names as long as those.
      if (!screen.name.startsWith('odd names'))
        expect(unnamed(await page.locator('body').ariaSnapshot())).toEqual([]);
      if (size === NARROW)
        expect(await page.evaluate(scrollingDialogs), 'scrolls in the smallest window').toEqual(
          SCROLLS.has(screen.name) || screen.name.startsWith('Set-up') ? expect.anything() : [],
        );
    }),
  );
});

describe('forced colours', () => {
  it('show selected items in the system colours, every word of it', async () => {
    const { page } = await openWindow(fullSnapshot(Date.now()), { forcedColors: 'active' });
    await option(page, 'acme').click();
    const found = await page.evaluate(() => {
      const probe = document.createElement('i');
      probe.style.cssText = 'forced-color-adjust:none;background:SelectedItem;color:SelectedItemText';
      document.body.append(probe);
      const system = getComputedStyle(probe);
      const chosen = [...document.querySelectorAll('[role=option][aria-selected=true], nav [aria-current]')];
      return {
        chosen: chosen.length,
        backgrounds: chosen.every((it) => getComputedStyle(it).backgroundColor === system.backgroundColor),
        words: chosen
          .flatMap((it) => [it, ...it.querySelectorAll('*')])
          .every((it) => getComputedStyle(it).color === system.color),
      };
    });
    expect(found).toEqual({ chosen: 2, backgrounds: true, words: true });
  });
});

describe('live regions', () => {
  it('announce a change of state, and contain no countdown', async () => {
    const now = Date.now();
    const { page, core } = await openWindow(fullSnapshot(now));
    await option(page, 'acme').click();
    const acme = core.snapshot.connections[0]!;
    const retryAt = new Date(now + 120_000).toISOString();
    const status = {
      state: 'offline',
      since: new Date(now).toISOString(),
      reason: 'timed out',
      retryAt,
      answered: false,
    } as const;
    core.push({ type: 'connection', connection: { ...acme, status } });
    const announcements = page.getByRole('status', { name: 'Announcements' });
    await announcements.getByText('acme: Offline').waitFor();
    const live = await page.locator('[aria-live], [role=status], [role=alert]').allTextContents();
    expect(live.join(' ')).not.toMatch(/\d+\s(min|h|days)/);
    await page.getByText('Can’t reach Atlassian since').waitFor();
  });

  it('are announced while a dialog is open, and when the core goes away', async () => {
    const { page, core } = await openWindow(fullSnapshot(Date.now()));
    await button(page, 'Connect').click();
    await button(page, 'Continue in browser').click();
    await button(page, 'Copy address').click();
    // By role: what is hidden from assistive technology has none.
    await page.getByRole('status', { name: 'Notice' }).getByText('Address copied.').waitFor();
    await core.stop();
    await page
      .getByRole('status', { name: 'Announcements' })
      .getByText('Tokentray isn’t running.', { exact: false })
      .waitFor();
  });

  it('say how far an update is when it changes state, not with each percent', async () => {
    const version = '0.2.0';
    const { page, core } = await openWindow({ ...fullSnapshot(Date.now()), updates: { state: 'checking' } });
    await section(page, 'Settings').click();
    const live = page.locator('[aria-live=polite], [role=status]');
    core.push({ type: 'updates', updates: { state: 'available', version, asksForPassword: false } });
    await live.getByText('Version 0.2.0 is available.').waitFor();
    core.push({ type: 'updates', updates: { state: 'downloading', version, percent: 40 } });
    await page.getByText('Downloading 0.2.0: 40%').waitFor();
    expect((await live.allTextContents()).join(' ')).not.toContain('%');
  });
});
