import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, type Browser, type BrowserContextOptions } from 'playwright-core';
import { chromiumOptions, chromiumProgram } from '../../../build/chromium.ts';
import { startApp } from '../../e2e/support/app.ts';
import { againstFloor, notMeasured, type Bench } from '../figure.ts';
import { interleavedMedians } from '../statistics.ts';

const ROUNDS = 21;

/** First contentful paint of a page in a browser that has never seen it, ms after its navigation. */
async function firstPaint(browser: Browser, url: string, options: BrowserContextOptions): Promise<number> {
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    await page.goto(url, { waitUntil: 'commit' });
    return await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          new PerformanceObserver((list) => {
            for (const entry of list.getEntriesByName('first-contentful-paint')) resolve(entry.startTime);
          }).observe({ type: 'paint', buffered: true });
        }),
    );
  } finally {
    await context.close();
  }
}

async function startBlankPage(): Promise<{ url: string; stop: () => Promise<void> }> {
  const file = path.join(import.meta.dirname, '../support/blank-page-process.ts');
  const child = spawn(process.execPath, [file], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [url] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return {
    url,
    stop: async () => {
      const exited = once(child, 'exit');
      child.stdin.end();
      await exited;
    },
  };
}

export const firstPaintBench: Bench = {
  id: 'first-paint',
  run: async () => {
    const name = 'window: built page, first contentful paint';
    if (chromiumProgram() === undefined) return [notMeasured(name, '≤ 1.3×', 'no Chromium is installed')];
    const app = await startApp(['--session-only']);
    const blank = await startBlankPage();
    const browser = await chromium.launch(chromiumOptions());
    try {
      // The one-time link is changed for a session once; then the page is opened as from a bookmark.
      const opened = await (await browser.newContext()).newPage();
      await opened.goto(app.url);
      const storageState = await opened.context().storageState();
      const address = opened.url();
      const [floor, figure] = await interleavedMedians(ROUNDS, [
        () => firstPaint(browser, blank.url, {}),
        () => firstPaint(browser, address, { storageState }),
      ]);
      return [againstFloor({ name, unit: 'ms', floorOf: 'blank page', floor, figure, limit: 1.3 })];
    } finally {
      await browser.close();
      await blank.stop();
      await app.stop();
    }
  },
};
