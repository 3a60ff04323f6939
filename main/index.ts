import process from 'node:process';
// The complete module: its members are getters, some of which work only once the app is ready.
import electron from 'electron';
import type { Failure } from '../contract/errors.ts';
import { EXIT_CODES } from '../contract/vocabulary.ts';
import { SCHEME } from './hosts/electron/app-protocol.ts';
import { systemClock } from './lib/clock.ts';
import { makeFilesPrivate } from './lib/inherited-settings.ts';
import { becomeOnlyInstance } from './start/desktop-instance.ts';
import { parseDesktopOptions } from './start/desktop-options.ts';
import { ownProgram, runDesktop } from './start/desktop.ts';
import { endNow } from './start/end-now.ts';
import { endOnFaults } from './start/end-on-faults.ts';
import { Ending, endOnSignals } from './start/end-on-signals.ts';
import { processEnvironment, startFolders } from './start/folders.ts';
import { keepMemoryPrivate } from './start/private-memory.ts';

const { app, dialog, protocol } = electron;

const print = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

const exitNow = (code: number): void => {
  endNow(code, (code) => {
    app.exit(code);
  });
};

/** Also shows a dialog, because there may be no terminal. */
function failed({ code, message, hint }: Failure): void {
  const text = hint === undefined ? message : `${message}\n${hint}`;
  print(`tokentray: ${text}`);
  // On Linux, before the app is ready the text would go to the terminal again instead of a dialog.
  void app.whenReady().then(() => {
    dialog.showErrorBox('Tokentray cannot start', text);
    app.exit(EXIT_CODES[code]);
  });
}

async function main(): Promise<void> {
  keepMemoryPrivate();
  makeFilesPrivate();
  endOnFaults({
    print,
    exitNow: () => {
      exitNow(EXIT_CODES.internal);
    },
  });
  const ending = new Ending(systemClock);
  const shutDown = (): void => {
    ending.begin();
    app.quit();
  };
  endOnSignals({ ending, shutDown, exitNow, print, ready: app.whenReady() });

  const options = parseDesktopOptions(process.argv.slice(1));
  if (!options.ok) {
    failed(options.error);
    return;
  }
  const environment = processEnvironment();
  const folders = startFolders(environment, options.value.sandbox);
  const message = { hidden: options.value.hidden, program: ownProgram() };
  const instance = becomeOnlyInstance(app, folders.home, message);
  if (!instance.ok) {
    failed(instance.error);
    return;
  }
  const requests = instance.value;
  if (requests === null) {
    print('Tokentray is already running. Opening its window.');
    app.exit(0);
    return;
  }
  if (process.platform === 'linux' && process.getuid?.() === 0)
    print('Tokentray is running as root, so Chromium’s sandbox is turned off.');
  protocol.registerSchemesAsPrivileged([SCHEME]);
  // The app stays in the tray.
  app.on('window-all-closed', () => undefined);

  const desktop = { electron, environment, folders, options: options.value, requests, print, exitNow };
  const started = await runDesktop(desktop);
  if (started.ok) return;
  // Another program asked, and tells its user.
  if (options.value.onlyIfUsed && started.error.code === 'not-reachable')
    exitNow(EXIT_CODES['not-reachable']);
  else failed(started.error);
}

main().catch((fault: unknown) => {
  print(fault instanceof Error ? (fault.stack ?? fault.message) : 'unknown fault');
  failed({
    code: 'internal',
    message: 'Tokentray failed with an internal error.',
    hint: 'Start it again.',
  });
});
