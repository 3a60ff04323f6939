import axeCore from 'axe-core';
import type { Page } from 'playwright-core';

/** Filled by the source of axe, once for each document. */
declare global {
  interface Window {
    axe?: typeof axeCore;
  }
}

/** What axe finds wrong on the page as it is shown now: each rule with the HTML of the elements. */
export async function axeFindings(page: Page): Promise<[rule: string, elements: string[]][]> {
  if (!(await page.evaluate(() => window.axe !== undefined))) await page.evaluate(axeCore.source);
  return page.evaluate(async () => {
    if (window.axe === undefined) throw new Error('axe is not in the page');
    // Else it collects all that is right, too, and fetches style sheets again, which fails once the host has gone.
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'], preload: false });
    return violations.map(({ id, nodes }): [string, string[]] => [id, nodes.map(({ html }) => html)]);
  });
}
