import { expect, type BrowserContext, type Page } from '@playwright/test';
import { endTimers, keepTimers } from '../../stand-in/early-timers.ts';
import { startApp, type RunningApp } from './app.ts';
import type { Driver, Ways } from './driver.ts';
import { keepFaults } from './page-faults.ts';

interface Listed {
  name: string;
  active: boolean;
}

/** The browser host: the window is a page of the person's browser. */
export async function startBrowserDriver(
  context: BrowserContext,
  options: { sandbox?: boolean } = {},
): Promise<Driver & { readonly app: RunningApp }> {
  const app = await startApp([], options);
  const faults: string[] = [];
  let page: Page | null = null;
  const open = async (url: string): Promise<Page> => {
    page = await context.newPage();
    keepFaults(page, faults);
    await page.goto(url);
    return page;
  };
  const window = async (): Promise<Page> => page ?? open(app.url);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);

  // What the tray offers, the command line and the window do here.
  const run = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await app.cli(args);
    expect(code, `tokentray ${args.join(' ')}: ${stderr}`).toBe(0);
    return stdout;
  };
  const ways: Ways = {
    lines: async () => {
      const [, ...lines] = (await run('list')).trimEnd().split('\n');
      return lines;
    },
    active: async () =>
      (JSON.parse(await run('list', '--json')) as Listed[]).find(({ active }) => active)?.name ?? null,
    use: async (name) => {
      await run('use', name);
    },
    copyToken: async () => (await window()).getByRole('button', { name: 'Copy token' }).click(),
    reconnect: async (name) => {
      const page = await window();
      await page.getByRole('option', { name: new RegExp(`^${name}`) }).click();
      await page.getByRole('button', { name: 'Reconnect', exact: true }).click();
    },
    lookAgain: async () => {
      await run('refresh');
    },
    closeWindow: async () => (await window()).close(),
    hasWindow: () => Promise.resolve(page !== null && !page.isClosed()),
    startAgain: async () => {
      const again = await startApp([], { ...options, home: app.home, keepHome: true });
      expect(await again.ended).toBe(0);
      return open(again.url);
    },
    quit: async () => {
      await run('stop');
    },
    ended: app.ended,
  };
  return {
    host: 'browser host',
    app,
    shell: null,
    ways,
    faults,
    window,
    opened: async (click) => {
      const opened = context.waitForEvent('page');
      await click();
      return opened;
    },
    clipboard: async () => (await window()).evaluate(() => navigator.clipboard.readText()),
    keepTimers: async () => {
      await (await window()).evaluate(keepTimers);
      return async (lengthMs) => (await window()).evaluate(endTimers, lengthMs);
    },
    stop: () => app.stop(),
  };
}
