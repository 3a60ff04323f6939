import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, type Browser, type BrowserContext } from '@playwright/test';
import { StandIn } from '../../stand-in/stand-in.ts';
import type { Desktop } from '../../stand-in/wire.ts';
import { ROOT, controlsOf, isolatedEnv } from './app.ts';
import type { Driver, Shell } from './driver.ts';
import { keepFaults } from './page-faults.ts';

const ENTRY = path.join(ROOT, 'out/main/index.js');

export interface StandInDriver extends Driver {
  readonly shell: Shell;
  /** Everything else that a person, the system or a hostile page can do. */
  readonly standIn: StandIn;
}

export interface StandInStart {
  browser: Browser;
  /** The person's browser. */
  person: () => Promise<BrowserContext>;
  args?: string[];
  desktop?: Partial<Desktop>;
  /** Of an app that ran before. */
  home?: string;
}

/** An environment with folders of its own for everything that a desktop app writes. */
export function desktopEnv(home: string): NodeJS.ProcessEnv {
  mkdirSync(path.join(home, 'config'), { recursive: true });
  return { ...isolatedEnv(home), HOME: home, XDG_CONFIG_HOME: path.join(home, 'config') };
}

/** The compiled Electron program with the stand-in for `electron`. */
export async function startStandInDriver(options: StandInStart): Promise<StandInDriver> {
  const { browser, person, desktop } = options;
  const args = options.args ?? ['--sandbox', '--show-window'];
  const home = options.home ?? mkdtempSync(path.join(tmpdir(), 'tokentray-e2e-'));
  const env = desktopEnv(home);
  const context = await browser.newContext({ viewport: null });
  const faults: string[] = [];
  context.on('page', (page) => {
    keepFaults(page, faults);
  });
  const start = (context: BrowserContext | null, args: string[]): Promise<StandIn> =>
    StandIn.start({ entry: ENTRY, args, env, context, desktop: desktop ?? {} });
  const standIn = await start(context, args);
  const app = controlsOf(home, env, await sandboxUrl(home, env, standIn.process, () => standIn.output));

  const window: Driver['window'] = async () => {
    await expect.poll(() => standIn.window().then((page) => page !== null), { timeout: 15_000 }).toBe(true);
    const page = await standIn.window();
    if (!page) throw new Error('the window has gone again');
    return page;
  };
  const shell: Shell = {
    tray: () => standIn.app.tray(),
    clickTray: (labels) => standIn.app.clickTray(labels),
    power: (event) => standIn.app.power(event),
    secondStart: async (more = args) => (await start(null, more)).ended,
    closeWindow: async () => {
      for (const { id, visible } of await standIn.app.windows())
        if (visible) await standIn.app.closeWindow(id);
    },
    hasWindow: async () => (await standIn.app.windows()).some(({ visible }) => visible),
    notifications: () => standIn.app.notifications(),
    quit: () => standIn.app.quit(),
    ended: standIn.ended,
  };
  return {
    host: 'electron stand-in',
    app,
    shell,
    faults,
    standIn,
    window,
    opened: async (click) => {
      const before = (await standIn.app.openedUrls()).length;
      await click();
      await expect.poll(async () => (await standIn.app.openedUrls()).length).toBe(before + 1);
      const page = await (await person()).newPage();
      await page.goto((await standIn.app.openedUrls())[before] ?? '');
      return page;
    },
    clipboard: () => standIn.app.readClipboard(),
    stop: async () => {
      await standIn.stop();
      await context.close();
      if (options.home === undefined) rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Where the app's own sandbox listens, once the app answers; empty without one. */
export async function sandboxUrl(
  home: string,
  env: NodeJS.ProcessEnv,
  child: ChildProcess,
  output: () => string = () => '',
): Promise<string> {
  const controls = controlsOf(home, env, '');
  for (let attempt = 0; attempt < 100 && child.exitCode === null; attempt++) {
    const { code, json } = await controls.cli(['status', '--json']);
    if (code === 0) return (json() as { sandbox: { url: string } | null }).sandbox?.url ?? '';
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`The program did not start.\n${output()}`);
}
