import { expect } from '@playwright/test';
import type { Driver, Shell, Ways } from './driver.ts';
import { marked, radios } from './tray-reading.ts';

/** The ways of a desktop: the tray's, and the system's. */
export function trayWays(shell: Shell, window: Driver['window']): Ways {
  return {
    lines: async () => radios(await shell.tray()),
    active: async () => marked(await shell.tray()),
    use: (name) => shell.clickTray([name]),
    copyToken: () => shell.clickTray(['Copy token']),
    reconnect: (name) => shell.clickTray([`Reconnect “${name}”…`]),
    lookAgain: async () => {
      await shell.power('suspend');
      await shell.power('resume');
    },
    closeWindow: () => shell.closeWindow(),
    hasWindow: () => shell.hasWindow(),
    startAgain: async () => {
      expect(await shell.secondStart()).toBe(0);
      return window();
    },
    quit: () => shell.clickTray(['Quit Tokentray']),
    ended: shell.ended,
  };
}
