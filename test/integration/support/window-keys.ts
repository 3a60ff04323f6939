import type { Page } from 'playwright-core';

/** Longer than any way round the window. */
const MOST_STOPS = 80;

/** What has the focus, as role and name: `button Connect account`. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (element === null) return '';
    const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
    const name =
      element.getAttribute('aria-label') ??
      (labels.length > 0 ? labels.map((label) => label.textContent).join(' ') : element.textContent);
    return `${element.getAttribute('role') ?? element.tagName.toLowerCase()} ${name.trim()}`;
  });

/** Presses Tab until what it reaches begins so, or is so. Fails when nothing does. */
export async function tabTo(page: Page, wanted: string | RegExp): Promise<void> {
  const seen: string[] = [];
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    const now = await focused(page);
    if (typeof wanted === 'string' ? now.startsWith(wanted) : wanted.test(now)) return;
    seen.push(now);
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach “${String(wanted)}”; it reaches: ${[...new Set(seen)].join(' | ')}`);
}
