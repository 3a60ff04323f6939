import path from 'node:path';
import { chromium, type Browser, type BrowserContext, type ConsoleMessage, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { chromiumOptions } from '../../../build/chromium.ts';
import { FakeWindowCore } from '../../fakes/fake-window-core.ts';
import type { Snapshot } from '../../fakes/window-data.ts';
import { recordFirstFocus } from './first-focus.ts';

export const WIDE = { width: 1100, height: 720 };
export const NARROW = { width: 640, height: 480 };

export interface OpenWindow {
  core: FakeWindowCore;
  page: Page;
  context: BrowserContext;
  /** Everything that the browser complained about, refusals by the content policy among it. */
  complaints: string[];
}

export interface WindowOptions {
  size?: typeof WIDE;
  scheme?: 'light' | 'dark';
  forcedColors?: 'active' | 'none';
  prepare?: (page: Page) => Promise<void>;
}

export interface WindowBrowser {
  open: (snapshot: Snapshot, options?: WindowOptions) => Promise<OpenWindow>;
  /**
   * For many screens, also side by side: takes a browser page that has shown others before, and so starts several times
   * as fast. Whoever borrows it gives it back.
   */
  borrow: (snapshot: Snapshot) => Promise<OpenWindow & { giveBack: () => Promise<void> }>;
}

/** Where the build puts the page. */
export const PAGE_FOLDER = path.resolve('out/renderer');

/** One that has no page left open. */
type IdlePage = Pick<OpenWindow, 'page' | 'context'>;

/** Everything that the browser complains about from now on, until `end`. */
function listen(page: Page): { complaints: string[]; end: () => void } {
  const complaints: string[] = [];
  const onError = (fault: Error): void => {
    complaints.push(fault.message);
  };
  const onConsole = (message: ConsoleMessage): void => {
    // A refused call is shown to the person; the browser logs it besides.
    const refused = message.text().startsWith('Failed to load resource');
    if (/^(error|warning)$/.test(message.type()) && !refused) complaints.push(message.text());
  };
  page.on('pageerror', onError).on('console', onConsole);
  const end = (): void => {
    page.off('pageerror', onError).off('console', onConsole);
  };
  return { complaints, end };
}

/** Opens the built page in Chromium against a fake core; all of it ends by itself. */
export function windowBrowser(): WindowBrowser {
  let browser: Browser;
  const idle: IdlePage[] = [];
  const closing: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    browser = await chromium.launch(chromiumOptions());
  });

  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  afterAll(async () => {
    await browser.close();
  });

  const newPage = async (options: WindowOptions = {}): Promise<IdlePage> => {
    const context = await browser.newContext({
      viewport: options.size ?? WIDE,
      colorScheme: options.scheme ?? 'light',
      forcedColors: options.forcedColors ?? 'none',
      permissions: ['clipboard-read', 'clipboard-write'],
      reducedMotion: 'reduce',
    });
    await recordFirstFocus(context);
    return { context, page: await context.newPage() };
  };

  const show = async (page: Page, snapshot: Snapshot): Promise<FakeWindowCore> => {
    const core = new FakeWindowCore(PAGE_FOLDER, snapshot);
    await core.start();
    await page.goto(core.url);
    return core;
  };

  return {
    borrow: async (snapshot) => {
      const { page, context } = idle.pop() ?? (await newPage());
      await page.emulateMedia({ colorScheme: 'light' });
      await page.setViewportSize(WIDE);
      const { complaints, end } = listen(page);
      const core = await show(page, snapshot);
      const giveBack = async (): Promise<void> => {
        end();
        for (const other of context.pages()) if (other !== page) await other.close();
        await page.unrouteAll({ behavior: 'ignoreErrors' });
        // The port may be another core's later.
        await page.evaluate(() => {
          localStorage.clear();
          sessionStorage.clear();
        });
        await page.goto('about:blank');
        await core.stop();
        idle.push({ page, context });
      };
      return { core, page, context, complaints, giveBack };
    },
    open: async (snapshot, options = {}) => {
      const { page, context } = await newPage(options);
      const { complaints } = listen(page);
      await options.prepare?.(page);
      const core = await show(page, snapshot);
      closing.push(async () => {
        await context.close();
        await core.stop();
      });
      return { core, page, context, complaints };
    },
  };
}
