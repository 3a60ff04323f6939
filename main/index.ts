import { mkdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
// The complete module: its members are getters, some of which work only once the app is ready.
import electron from 'electron';
import { dataFolder, sandboxFolder, socketPath, type PathEnvironment } from '../contract/paths.ts';
import { EXIT_CODES } from '../contract/vocabulary.ts';
import type { Failure } from '../contract/errors.ts';
import { boot, type Booted } from './boot.ts';
import { compose } from './compose.ts';
import { endOnFaults, endOnSignals } from './desktop-end.ts';
import { desktopArguments, parseDesktopOptions, type DesktopOptions } from './desktop-options.ts';
import { ownAppImage } from './hosts/electron/app-image.ts';
import { SCHEME } from './hosts/electron/app-protocol.ts';
import { createElectronHost } from './hosts/electron/electron-host.ts';
import { openUrl } from './hosts/electron/open-url.ts';
import { hasTray, trayPresence } from './hosts/electron/tray-presence.ts';
import { quitInOrder } from './hosts/electron/quit-in-order.ts';
import { StartRequests, type StartMessage } from './hosts/electron/start-requests.ts';
import { isWayland } from './hosts/electron/wayland.ts';
import { systemClock } from './lib/clock.ts';
import { DisposableStack } from './lib/disposable.ts';
import { homeFolder } from './lib/home-folder.ts';
import { redact } from './lib/redact.ts';
import { ok, type Result } from './lib/result.ts';
import { makeFilesPrivate } from './lib/inherited-settings.ts';
import { keepMemoryPrivate } from './private-memory.ts';
import { sandboxProgram } from './sandbox-program.ts';
import { openKeychainCalls } from './store/native-keychain.ts';
import { preparePrivateFolder } from './store/private-files.ts';
import { acquireWriterLock } from './store/writer-lock.ts';
import { askRunningApp } from './transports/local-client.ts';
import { listenOnLocalSocket } from './transports/local-socket.ts';

const { app, dialog, protocol, shell } = electron;
const environment: PathEnvironment = {
  platform: process.platform,
  env: process.env,
  homedir: homeFolder(),
  uid: process.getuid?.() ?? null,
};

/** The program that starts the app again; the unpacked files of an AppImage are gone once it has ended. */
const PROGRAM = ownAppImage(process) ?? process.execPath;

/** The arguments for a start with these options. In a checkout the app's folder comes first. */
const startArguments = (options: DesktopOptions): string[] => [
  ...(app.isPackaged ? [] : [app.getAppPath()]),
  ...(app.commandLine.hasSwitch('no-sandbox') ? ['--no-sandbox'] : []),
  ...desktopArguments(options),
];

const print = (line: string): void => {
  process.stderr.write(`${line}\n`);
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

/** The app is to start again once it has ended. */
let restarting = false;

/** Null until the store is open. */
let running: Booted | null = null;

/** Ends the process immediately. */
function exit(code: number): void {
  // A hanging keychain call would keep the process from ending.
  if (openKeychainCalls() > 0) process.kill(process.pid, 'SIGKILL');
  else app.exit(code);
}

/** Runs the core on the desktop until it is quit; `parts` ends it. */
async function start(
  home: string,
  options: DesktopOptions,
  requests: StartRequests,
  parts: DisposableStack,
): Promise<Result<void>> {
  const socket = socketPath(home, environment);
  const lock = acquireWriterLock(home);
  if (!lock.ok) {
    // The browser host holds the data folder. There is only one writer, so open its page instead of a window.
    const opened = await askRunningApp(socket, home, 'app.open', { launch: true });
    if (opened === null) return lock;
    print('Tokentray is already running in your browser. Opening its page there.');
    if (opened.url !== null) await openUrl(shell, opened.url);
    app.exit(0);
    return ok(undefined);
  }

  parts.add(lock.value);
  const booted = await boot({ home, options, parts, print });
  if (!booted.ok) return booted;
  const { logger, store, sandbox } = booted.value;
  running = booted.value;

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
    home,
    root: path.join(import.meta.dirname, '..', '..'),
    resources: process.resourcesPath,
    execPath: process.execPath,
    wayland: isWayland({
      ...environment,
      ozonePlatform: app.commandLine.getSwitchValue('ozone-platform'),
    }),
    trayPresence: tray,
    requests,
    clock: systemClock,
    logger,
  });
  parts.add(host);
  const core = compose({
    store,
    host,
    home,
    socket,
    sandbox,
    clock: systemClock,
    logger,
    stop: () => {
      app.quit();
    },
    restart: () => {
      restarting = true;
      app.quit();
    },
    openSandbox: sandboxProgram({
      environment,
      program: PROGRAM,
      args: startArguments({ ...options, sandbox: true, hidden: true }),
      launch: true,
      command: 'tokentray --sandbox',
    }),
  });
  parts.add(core);
  const listening = await listenOnLocalSocket(socket, home, core.router);
  if (!listening.ok) return listening;
  parts.add(listening.value);

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
  await host.attach(core.api);
  if (!requests.ending) core.start();
  return ok(undefined);
}

function main(): void {
  keepMemoryPrivate();
  makeFilesPrivate();
  endOnFaults((fault) => {
    print(
      redact(`tokentray: Tokentray ended because of an internal error.\n${fault.stack ?? fault.message}`),
    );
    exit(EXIT_CODES.internal);
  });
  endOnSignals({
    ready: app.whenReady(),
    shutDown: () => {
      app.quit();
    },
    exitNow: (code) => {
      print('Tokentray is ending immediately. Anything in progress is resumed at the next start.');
      exit(code);
    },
    clock: systemClock,
  });
  const options = parseDesktopOptions(process.argv.slice(1));
  if (!options.ok) {
    failed(options.error);
    return;
  }
  const base = path.resolve(dataFolder(environment));
  const home = options.value.sandbox ? sandboxFolder(base, process.platform) : base;
  const prepared = preparePrivateFolder(home);
  if (!prepared.ok) {
    failed(prepared.error);
    return;
  }
  // Chromium's own files; one instance per data folder.
  const profile = path.join(home, 'electron');
  mkdirSync(profile, { recursive: true, mode: 0o700 });
  app.setPath('userData', profile);
  app.setAppUserModelId('dev.tokentray.app');
  const words: StartMessage = { hidden: options.value.hidden, program: PROGRAM };
  // The arguments of a second start may arrive reordered or with Chromium's own among them; this data arrives unchanged.
  if (!app.requestSingleInstanceLock(words)) {
    print('Tokentray is already running. Opening its window.');
    app.exit(0);
    return;
  }
  // Registered first: another start may come while this one is still in progress.
  const requests = new StartRequests();
  app.on('second-instance', (_event, _argv, _folder, second) => {
    requests.receive(second);
  });
  if (process.platform === 'linux' && process.getuid?.() === 0)
    print('Tokentray is running as root, so Chromium’s sandbox is turned off.');
  protocol.registerSchemesAsPrivileged([SCHEME]);
  // The app stays in the tray.
  app.on('window-all-closed', () => undefined);
  app.on('before-quit', () => {
    requests.setEnding(true);
  });
  const parts = new DisposableStack();
  const started = start(home, options.value, requests, parts);
  quitInOrder({
    app,
    // A start in progress is completed before it is disposed of.
    dispose: () => started.then(() => parts.dispose()),
    again: () => {
      const wanted = requests.again ?? (restarting ? { hidden: false, program: null } : null);
      if (wanted === null) return null;
      const { hidden, program } = wanted;
      return { execPath: program ?? PROGRAM, args: startArguments({ ...options.value, hidden }) };
    },
    timedOut: () => running?.logger.error('app.end-timed-out', {}),
    exit,
    clock: systemClock,
  });
  void started.then(
    (started) => {
      if (!started.ok) failed(started.error);
    },
    (fault: unknown) => {
      print(fault instanceof Error ? (fault.stack ?? fault.message) : 'unknown fault');
      failed({
        code: 'internal',
        message: 'Tokentray failed with an internal error.',
        hint: 'Start it again.',
      });
    },
  );
}

main();
