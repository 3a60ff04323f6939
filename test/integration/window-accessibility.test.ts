import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, it } from 'vitest';
import { fullSnapshot } from '../fakes/window-data.ts';
import { NARROW, WIDE, windowBrowser } from './support/window-browser.ts';
import { RARE_SCREENS } from './support/window-rare-screens.ts';
import { option, WINDOW_SCREENS } from './support/window-screens.ts';

const { open: openWindow, openAlone } = windowBrowser();

describe.concurrent('every screen and dialog', () => {
  it.each([...WINDOW_SCREENS, ...RARE_SCREENS])('has no finding: $name', async ({ snapshot, reach }) => {
    for (const [scheme, size] of [
      ['light', WIDE],
      ['dark', NARROW],
    ] as const) {
      const { core, page, complaints, close } = await openAlone(snapshot(), { scheme, size });
      try {
        await reach(page, core);
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(
          violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
          `${scheme}, ${size.width} wide`,
        ).toEqual([]);
        expect(complaints).toEqual([]);
      } finally {
        await close();
      }
    }
  });
});

describe('forced colours', () => {
  it('show what is chosen in the system’s own pair, every word of it', async () => {
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
  it('announce a change of state, and no countdown stands in them', async () => {
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
    } as const;
    core.push({ type: 'connection', connection: { ...acme, status } });
    const announcements = page.getByRole('status', { name: 'Announcements' });
    await announcements.getByText('acme: Offline').waitFor();
    const live = await page.locator('[aria-live], [role=status], [role=alert]').allTextContents();
    expect(live.join(' ')).not.toMatch(/\d+ (min|h|days)/);
    await page
      .getByText('Retrying in 2 min', { exact: false })
      .or(page.getByText('Retrying in 1 min'))
      .waitFor();
  });
});
