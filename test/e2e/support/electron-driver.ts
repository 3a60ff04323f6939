import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { _electron as electron, expect, type BrowserContext } from '@playwright/test';
import { keepTimers } from '../../stand-in/early-timers.ts';
import type { SeenMenuItem, SeenTray } from '../../stand-in/wire.ts';
import { ROOT, controlsOf } from './app.ts';
import { clickTrayItem } from './click-tray.ts';
import type { Driver, Shell } from './driver.ts';
import { electronProgram } from '../../../build/electron-dist.ts';
import { keepFaults } from './page-faults.ts';
import { desktopEnv, sandboxUrl } from './stand-in-driver.ts';
import { trayWays } from './tray-ways.ts';

/** What `electron-witness.cjs` keeps in the program's main process. */
interface Witness {
  tray: { tooltip: string; hasIcon: boolean; menu: Electron.Menu | null } | null;
  openedUrls: string[];
  notifications: { title: string; body: string }[];
}
declare const shellWitness: Witness;

/** The real Electron, where this machine has its binary. */
export async function startElectronDriver(
  person: () => Promise<BrowserContext>,
  options: { sandbox?: boolean } = {},
): Promise<Driver> {
  const binary = electronProgram();
  if (binary === null) throw new Error('there is no Electron binary here');
  const home = mkdtempSync(path.join(tmpdir(), 'tokentray-e2e-'));
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  const env = {
    ...desktopEnv(home),
    ...(DISPLAY === undefined ? {} : { DISPLAY }),
    ...(WAYLAND_DISPLAY === undefined ? {} : { WAYLAND_DISPLAY }),
  };
  const args = [
    '--require',
    path.join(import.meta.dirname, 'electron-witness.cjs'),
    ROOT,
    ...(options.sandbox === false ? [] : ['--sandbox']),
    '--tray',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
  const program = await electron.launch({
    executablePath: binary,
    args,
    env,
  });
  const child = program.process();
  const ended = new Promise<number | string>((resolve) => {
    child.once('exit', (code, signal) => {
      resolve(signal ?? code ?? -1);
    });
  });
  const app = controlsOf(home, env, await sandboxUrl(home, args, child));

  const faults: string[] = [];
  for (const page of program.windows()) keepFaults(page, faults);
  program.on('window', (page) => {
    keepFaults(page, faults);
  });
  const openedUrls = (): Promise<string[]> => program.evaluate(() => shellWitness.openedUrls);
  const click = (labels: string[]): Promise<void> =>
    program.evaluate((_, labels) => {
      let items = shellWitness.tray?.menu?.items ?? [];
      labels.forEach((label, depth) => {
        const shown = items
          .filter(({ visible }) => visible)
          .map((item) => ({ item, text: item.label.replace(/&(&?)/g, '$1') }));
        const { item } =
          shown.find(({ text }) => text === label) ?? shown.find(({ text }) => text.startsWith(label)) ?? {};
        if (!item) throw new Error(`there is no item “${label}”`);
        if (depth === labels.length - 1) (item.click as () => void)();
        else items = item.submenu?.items ?? [];
      });
    }, labels);
  const shell: Shell = {
    tray: () =>
      program.evaluate((): SeenTray | null => {
        const { tray } = shellWitness;
        if (tray === null) return null;
        const seen = (menu: Electron.Menu | undefined | null): SeenMenuItem[] =>
          (menu?.items ?? [])
            .filter(({ visible }) => visible)
            .map(({ label, type, enabled, checked, submenu }) => ({
              label: label.replace(/&(&?)/g, '$1'),
              type: type === 'header' || type === 'palette' ? 'normal' : type,
              enabled,
              checked,
              items: seen(submenu),
            }));
        return { tooltip: tray.tooltip, icon: null, hasIcon: tray.hasIcon, menu: seen(tray.menu) };
      }),
    clickTray: (labels) => clickTrayItem(shell.tray, click, labels),
    power: (event) =>
      program.evaluate(({ powerMonitor }, event) => {
        powerMonitor.emit(event);
      }, event),
    secondStart: (more = args) =>
      new Promise((resolve) => {
        spawn(binary, more, { env, stdio: 'ignore' }).once('exit', (code, signal) => {
          resolve(signal ?? code ?? -1);
        });
      }),
    closeWindow: () =>
      program.evaluate(({ BrowserWindow }) => {
        for (const window of BrowserWindow.getAllWindows()) window.close();
      }),
    hasWindow: () =>
      program.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().some((window) => window.isVisible() && !window.isMinimized()),
      ),
    notifications: () =>
      program.evaluate(() =>
        shellWitness.notifications.map(({ title, body }, id) => ({ id, title, body, open: true })),
      ),
    quit: () =>
      program.evaluate(({ app }) => {
        app.quit();
      }),
    ended,
  };
  const window: Driver['window'] = async () => {
    await expect.poll(() => program.windows().length, { timeout: 15_000 }).toBeGreaterThan(0);
    return program.firstWindow();
  };
  return {
    host: 'electron',
    app,
    shell,
    ways: trayWays(shell, window),
    faults,
    window,
    opened: async (click) => {
      const before = (await openedUrls()).length;
      await click();
      await expect.poll(async () => (await openedUrls()).length).toBe(before + 1);
      const page = await (await person()).newPage();
      await page.goto((await openedUrls())[before] ?? '');
      return page;
    },
    clipboard: () => program.evaluate(({ clipboard }) => clipboard.readText()),
    keepTimers: async () => {
      await program.evaluate(keepTimers);
      return (lengthMs) =>
        program.evaluate((_, lengthMs) => {
          globalThis.endTimers(lengthMs);
        }, lengthMs);
    },
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) await program.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
