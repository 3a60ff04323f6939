import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, vi } from 'vitest';
import { FakeWindowCore } from '../../fakes/fake-window-core.ts';
import type { Snapshot } from '../../fakes/window-data.ts';

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
  /** Where the page was built. */
  folder: () => string;
  open: (snapshot: Snapshot, options?: WindowOptions) => Promise<OpenWindow>;
  /** For tests that run side by side: whoever opens it closes it. */
  openAlone: (
    snapshot: Snapshot,
    options?: WindowOptions,
  ) => Promise<OpenWindow & { close: () => Promise<void> }>;
}

/** Builds the page once for a test file, and opens it in Chromium against a fake core; all of it ends by itself. */
export function windowBrowser(): WindowBrowser {
  let folder = '';
  let browser: Browser;
  const closing: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'tokentray-window-'));
    // Else the bundler takes the test runner's, and React's development build with it.
    vi.stubEnv('NODE_ENV', 'production');
    await build({
      configFile: path.resolve('build/renderer.vite.config.ts'),
      logLevel: 'error',
      build: { outDir: folder },
    });
    browser = await chromium.launch({
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-background-networking'],
    });
  });

  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  });

  const openAlone: WindowBrowser['openAlone'] = async (snapshot, options = {}) => {
    const core = new FakeWindowCore(folder, snapshot);
    await core.start();
    const settings: BrowserContextOptions = {
      viewport: options.size ?? WIDE,
      colorScheme: options.scheme ?? 'light',
      forcedColors: options.forcedColors ?? 'none',
      permissions: ['clipboard-read', 'clipboard-write'],
      reducedMotion: 'reduce',
    };
    const context = await browser.newContext(settings);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (fault) => complaints.push(fault.message));
    page.on('console', (message) => {
      // A refused call is shown to the person; the browser logs it besides.
      const refused = message.text().startsWith('Failed to load resource');
      if (/^(error|warning)$/.test(message.type()) && !refused) complaints.push(message.text());
    });
    await options.prepare?.(page);
    await page.goto(core.url);
    const close = async (): Promise<void> => {
      await context.close();
      await core.stop();
    };
    return { core, page, context, complaints, close };
  };

  return {
    folder: () => folder,
    openAlone,
    open: async (snapshot, options) => {
      const opened = await openAlone(snapshot, options);
      closing.push(opened.close);
      return opened;
    },
  };
}
