import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { axeFindings } from './axe-findings.ts';
import { firstFocuses, harmful, preselected } from './first-focus.ts';
import { NARROW, WIDE, type WindowBrowser } from './window-browser.ts';
import type { WindowScreen } from './window-screens.ts';

/** How far the page can be scrolled sideways, px. */
const sideways = (): number => document.documentElement.scrollWidth - document.documentElement.clientWidth;

/**
 * Opens a screen, wide and light, then in the smallest window and dark: axe finds nothing, nothing scrolls sideways, and
 * the browser does not complain. No dialog on the way to it began with the focus, or a choice, where damage could be done. `look`
 * sees it each time.
 */
export async function expectAccessible(
  { borrow }: Pick<WindowBrowser, 'borrow'>,
  { snapshot, reach }: WindowScreen,
  look: (page: Page, size: typeof WIDE) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const { core, page, complaints, giveBack } = await borrow(snapshot());
  try {
    await reach(page, core);
    const focuses = await firstFocuses(page);
    expect(harmful(focuses), 'the focus begins where it should not').toEqual([]);
    expect(await preselected(page), 'selected for the person').toEqual([]);
    for (const [colorScheme, size] of [
      ['light', WIDE],
      ['dark', NARROW],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(size);
      expect(await axeFindings(page), `${colorScheme}, ${size.width} wide`).toEqual([]);
      expect(await page.evaluate(sideways), 'px that scroll sideways').toBe(0);
      await look(page, size);
    }
    expect(complaints).toEqual([]);
  } finally {
    await giveBack();
  }
}
