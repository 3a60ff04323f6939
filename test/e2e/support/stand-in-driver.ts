import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { expect, type Browser, type BrowserContext } from '@playwright/test';
import { sandboxFolder, socketPath } from '../../../contract/paths.ts';
import { StandIn } from '../../stand-in/stand-in.ts';
import type { Desktop } from '../../stand-in/wire.ts';
import { ROOT, controlsOf, isolatedEnv } from './app.ts';
import { clickTrayItem } from './click-tray.ts';
import type { Driver, Shell } from './driver.ts';
import { keepFaults } from './page-faults.ts';
import { callSocket } from './socket-call.ts';
import { trayWays } from './tray-ways.ts';

const ENTRY = path.join(ROOT, 'out/main/index.js');

export interface StandInDriver extends Driver {
  readonly shell: Shell;
  /** Everything else that a person, the system or a hostile page can do. */
  readonly standIn: StandIn;
  /** For a test that provokes some. */
  readonly forgetFaults: () => void;
}

export interface StandInStart {
  browser: Browser;
  /** The person's browser. */
  person: () => Promise<BrowserContext>;
  args?: string[];
  desktop?: Partial<Desktop>;
  /** Of an app that ran before. */
  home?: string;
  env?: NodeJS.ProcessEnv;
}

/** An environment with folders of its own for everything that a desktop app writes. */
export function desktopEnv(home: string): NodeJS.ProcessEnv {
  mkdirSync(path.join(home, 'config'), { recursive: true });
  return { ...isolatedEnv(home), HOME: home, XDG_CONFIG_HOME: path.join(home, 'config') };
}

/** The compiled Electron program with the stand-in for `electron`. */
export async function startStandInDriver(options: StandInStart): Promise<StandInDriver> {
  const { browser, person, desktop } = options;
  // There is no D-Bus here to ask whether the desktop shows tray icons.
  const args = [...(options.args ?? ['--sandbox']), desktop?.tray === false ? '--no-tray' : '--tray'];
  const home = options.home ?? mkdtempSync(path.join(tmpdir(), 'tokentray-e2e-'));
  const env = { ...desktopEnv(home), ...options.env };
  const context = await browser.newContext({ viewport: null });
  const faults: string[] = [];
  context.on('page', (page) => {
    keepFaults(page, faults);
  });
  const start = (context: BrowserContext | null, args: string[]): Promise<StandIn> =>
    StandIn.start({ entry: ENTRY, args, env, context, desktop: desktop ?? {} });
  const standIn = await start(context, args);
  const app = controlsOf(home, env, await sandboxUrl(home, args, standIn.process, () => standIn.output));

  const window: Driver['window'] = async () => {
    await expect.poll(() => standIn.window().then((page) => page !== null), { timeout: 15_000 }).toBe(true);
    const page = await standIn.window();
    if (!page) throw new Error('the window has gone again');
    return page;
  };
  const shell: Shell = {
    tray: () => standIn.app.tray(),
    clickTray: (labels) => clickTrayItem(shell.tray, (path) => standIn.app.clickTray(path), labels),
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
    ways: trayWays(shell, window),
    faults,
    forgetFaults: () => {
      faults.length = 0;
    },
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
    keepTimers: async () => {
      await standIn.app.keepTimers();
      return (lengthMs) => standIn.app.endTimers(lengthMs);
    },
    stop: async () => {
      await standIn.stop();
      await context.close();
      if (options.home === undefined) rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Where the sandbox of the app in `home` listens, once the app answers; empty without one. */
export async function sandboxUrl(
  home: string,
  args: readonly string[],
  child: ChildProcess,
  output: () => string = () => '',
): Promise<string> {
  const uid = process.getuid?.() ?? null;
  const place = { platform: process.platform, env: {}, homedir: home, uid };
  const folder = args.includes('--sandbox') ? sandboxFolder(home, process.platform) : home;
  for (let attempt = 0; attempt < 400 && child.exitCode === null; attempt++) {
    try {
      const status = await callSocket(socketPath(folder, place), 'status', {});
      return (status as { sandbox: { url: string } | null }).sandbox?.url ?? '';
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
  throw new Error(`The program did not start.\n${output()}`);
}
