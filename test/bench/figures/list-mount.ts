import path from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { chromiumOptions, chromiumProgram } from '../../../build/chromium.ts';
import { ROOT } from '../../e2e/support/app.ts';
import { FakeWindowCore } from '../../fakes/fake-window-core.ts';
import { largeSnapshot } from '../../fakes/window-data.ts';
import { againstFloor, notMeasured, type Bench } from '../figure.ts';
import { interleavedMedians } from '../statistics.ts';

const ROUNDS = 15;

/** From the parsed snapshot to the list laid out, ms. */
async function mountTime(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.addInitScript(() => {
      const parse = Response.prototype.json as (this: Response) => Promise<unknown>;
      let parsed = 0;
      Response.prototype.json = async function (this: Response): Promise<unknown> {
        const value = await parse.call(this);
        if (this.url.endsWith('/v1/snapshot')) parsed = performance.now();
        return value;
      };
      new MutationObserver((_, observer) => {
        const row = document.querySelector('[role="option"]');
        if (row === null) return;
        observer.disconnect();
        // Reading it lays out what is there.
        row.getBoundingClientRect();
        Object.assign(window, { mountTime: performance.now() - parsed });
      }).observe(document, { childList: true, subtree: true });
    });
    await page.goto(url);
    await page.waitForFunction(() => 'mountTime' in window);
    return await page.evaluate(() => (window as never as { mountTime: number }).mountTime);
  } finally {
    await context.close();
  }
}

export const listMountBench: Bench = {
  id: 'list-mount',
  run: async () => {
    const name = 'list of 10,000 connections, mount';
    if (chromiumProgram() === undefined)
      return [notMeasured(name, '≤ 1.2× of 100', 'no Chromium is installed')];
    const renderer = path.join(ROOT, 'out', 'renderer');
    const now = Date.now();
    const few = new FakeWindowCore(renderer, largeSnapshot(now, 100));
    const many = new FakeWindowCore(renderer, largeSnapshot(now, 10_000));
    await Promise.all([few.start(), many.start()]);
    const browser = await chromium.launch(chromiumOptions());
    try {
      const [floor, figure] = await interleavedMedians(ROUNDS, [
        () => mountTime(browser, few.url),
        () => mountTime(browser, many.url),
      ]);
      return [againstFloor({ name, unit: 'ms', floorOf: '100 connections', floor, figure, limit: 1.2 })];
    } finally {
      await browser.close();
      await Promise.all([few.stop(), many.stop()]);
    }
  },
};
