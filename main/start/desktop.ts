import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import type { PathEnvironment } from '../../contract/paths.ts';
import { shellWord } from '../../contract/shell-word.ts';
import { ownAppImage } from '../hosts/electron/app-image.ts';
import type { ElectronApi } from '../hosts/electron/electron-api.ts';
import { createElectronHost, type ElectronHost } from '../hosts/electron/electron-host.ts';
import { openUrl } from '../hosts/electron/open-url.ts';
import { quitInOrder } from '../hosts/electron/quit-in-order.ts';
import type { StartRequests } from '../hosts/electron/start-requests.ts';
import { hasTray, trayPresence } from '../hosts/electron/tray-presence.ts';
import { isWayland } from '../hosts/electron/wayland.ts';
import { systemClock } from '../lib/clock.ts';
import { DisposableStack } from '../lib/disposable.ts';
import type { Logger } from '../lib/log.ts';
import { ok, type Result } from '../lib/result.ts';
import { desktopArguments, type DesktopOptions } from './desktop-options.ts';
import type { Folders } from './folders.ts';
import { sandboxProgram } from './sandbox-program.ts';
import { startCore } from './start-core.ts';

/** The program that starts the app again; the unpacked files of an AppImage are gone once it has ended. */
export const ownProgram = (): string => ownAppImage(process) ?? process.execPath;

export interface DesktopStart {
  electron: ElectronApi;
  environment: PathEnvironment;
  folders: Folders;
  options: DesktopOptions;
  requests: StartRequests;
  print: (line: string) => void;
  exitNow: (code: number) => void;
}

/** Runs the core on the desktop until it is quit; resolves once it is started. */
export function runDesktop(desktop: DesktopStart): Promise<Result<void>> {
  const { electron, options, requests, exitNow } = desktop;
  const parts = new DisposableStack();
  let logger: Logger | null = null;
  let restarting = false;
  const started = start(desktop, parts, {
    opened: (log) => {
      logger = log;
    },
    restart: () => {
      restarting = true;
      electron.app.quit();
    },
  });
  quitInOrder({
    app: electron.app,
    // A start in progress is completed before it is disposed of.
    dispose: () => started.then(() => parts.dispose()),
    again: () => {
      const wanted = requests.again ?? (restarting ? { hidden: false, program: null } : null);
      if (wanted === null) return null;
      const { hidden, program } = wanted;
      return {
        execPath: program ?? ownProgram(),
        args: startArguments(electron.app, { ...options, hidden }),
      };
    },
    timedOut: () => logger?.error('app.end-timed-out', {}),
    exit: exitNow,
    clock: systemClock,
  });
  return started;
}

/** The arguments for a start with these options. In a checkout the app's folder comes first. */
const startArguments = (app: ElectronApi['app'], options: DesktopOptions): string[] => [
  ...(app.isPackaged ? [] : [app.getAppPath()]),
  ...(app.commandLine.hasSwitch('no-sandbox') ? ['--no-sandbox'] : []),
  ...desktopArguments(options),
];

/** As a person types it: the packaged command of this app has no options for it. */
function startCommand(app: ElectronApi['app']): string {
  // Windows' shells know no single quotes.
  const word = process.platform === 'win32' ? (text: string): string => `"${text}"` : shellWord;
  return [ownProgram(), ...(app.isPackaged ? [] : [app.getAppPath()])].map(word).join(' ');
}

async function start(
  desktop: DesktopStart,
  parts: DisposableStack,
  { opened, restart }: { opened: (logger: Logger) => void; restart: () => void },
): Promise<Result<void>> {
  const { electron, environment, folders, options, print } = desktop;
  const { app, shell } = electron;
  const started = await startCore({
    startCommand: startCommand(app),
    folders,
    options,
    launch: true,
    print,
    parts,
    createHost: async ({ logger }) => {
      opened(logger);
      return ok(await createHost(desktop, logger, parts));
    },
    attach: async (host, core) => {
      await host.attach(core.api);
      return ok(undefined);
    },
    isEnding: () => desktop.requests.ending,
    stop: () => {
      app.quit();
    },
    restart,
    openSandbox: sandboxProgram({
      environment,
      program: ownProgram(),
      args: startArguments(app, { ...options, sandbox: true, hidden: true }),
      launch: true,
      command: 'tokentray --sandbox',
    }),
  });
  if (!started.ok) return started;
  if (started.value.state === 'already-running') {
    // The browser host holds the data folder. There is only one writer, so open its page instead of a window.
    print('Tokentray is already running in your browser. Opening its page there.');
    if (started.value.url !== null) await openUrl(shell, started.value.url);
    app.exit(0);
  }
  return ok(undefined);
}

/** Waits for Electron. The window opens as soon as the host is attached, if this start shows one. */
async function createHost(
  desktop: DesktopStart,
  logger: Logger,
  parts: DisposableStack,
): Promise<ElectronHost> {
  const { electron, environment, folders, options, requests } = desktop;
  const { app } = electron;
  await app.whenReady();
  // Only macOS reports it, and only once the app is ready.
  const hidden = options.hidden || app.getLoginItemSettings().wasOpenedAtLogin;
  const tray = await trayPresence({
    ask: () =>
      options.tray === null
        ? hasTray({ ...environment, uid: environment.uid ?? 0 })
        : Promise.resolve(options.tray),
    atLogin: hidden && options.tray === null,
    clock: systemClock,
  });
  parts.add(tray);
  const host = createElectronHost({
    ...environment,
    electron,
    home: folders.home,
    root: path.join(import.meta.dirname, '..', '..'),
    resources: process.resourcesPath,
    execPath: process.execPath,
    release: os.release(),
    wayland: isWayland({
      ...environment,
      ozonePlatform: app.commandLine.getSwitchValue('ozone-platform'),
    }),
    trayPresence: tray,
    requests,
    clock: systemClock,
    logger,
  });
  app.on('before-quit', () => {
    host.setEnding(true);
  });
  app.on('activate', () => {
    requests.ask();
  });
  if (!hidden) requests.ask();
  // Without a tray the window is the only way in.
  void tray.settled.then((shown) => {
    if (!shown) requests.ask();
  });
  return host;
}
