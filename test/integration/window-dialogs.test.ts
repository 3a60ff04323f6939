import { expect, it } from 'vitest';
import { NARROW, windowBrowser } from './support/window-browser.ts';
import { WINDOW_SCREENS } from './support/window-screens.ts';

const { openAlone } = windowBrowser();

/** A list as long as the provider makes it. */
const LONG = 'Connect, scopes selected individually';

it(
  'no dialog needs scrolling in the smallest window, where it can avoid it',
  { timeout: 120_000 },
  async () => {
    const scrolls: string[] = [];
    for (const screen of WINDOW_SCREENS) {
      const opened = await openAlone(screen.snapshot(), { size: NARROW });
      try {
        await screen.reach(opened.page, opened.core);
        const over = await opened.page.evaluate(() =>
          [...document.querySelectorAll('[role="dialog"] *, [role="alertdialog"] *')]
            .filter((element) => getComputedStyle(element).overflowY === 'auto')
            .map((element) => element.scrollHeight - element.clientHeight)
            .filter((pixels) => pixels > 1),
        );
        if (over.length > 0 && screen.name !== LONG) scrolls.push(`${screen.name}: ${over.join(', ')}`);
      } finally {
        await opened.close();
      }
    }
    expect(scrolls).toEqual([]);
  },
);
