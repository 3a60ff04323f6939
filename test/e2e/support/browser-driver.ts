import type { BrowserContext } from '@playwright/test';
import { startApp, type RunningApp } from './app.ts';
import type { Driver } from './driver.ts';
import { keepFaults } from './page-faults.ts';

/** The browser host: the window is a page of the person's browser. */
export async function startBrowserDriver(
  context: BrowserContext,
): Promise<Driver & { readonly app: RunningApp }> {
  const app = await startApp();
  const page = await context.newPage();
  const faults: string[] = [];
  keepFaults(page, faults);
  let shown = false;
  const driver = {
    host: 'browser host' as const,
    app,
    shell: null,
    faults,
    window: async () => {
      if (!shown) await page.goto(app.url);
      shown = true;
      return page;
    },
    opened: async (click: () => Promise<void>) => {
      const opened = context.waitForEvent('page');
      await click();
      return opened;
    },
    clipboard: () => page.evaluate(() => navigator.clipboard.readText()),
    stop: () => app.stop(),
  };
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  return driver;
}
