import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
// The whole of it: its parts are getters, some of which are good only once the app is ready.
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
import { redact } from './lib/redact.ts';
import { ok, type Result } from './lib/result.ts';
import { makeFilesPrivate } from './lib/umask.ts';
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
  homedir: homedir(),
  uid: process.getuid?.() ?? null,
};

/** What starts the app again; what an AppImage unpacks to is gone after it has ended. */
const PROGRAM = ownAppImage(process) ?? process.execPath;

/** What a start with these options is given. In a checkout the app's folder comes first. */
const startArguments = (options: DesktopOptions): string[] => [
  ...(app.isPackaged ? [] : [app.getAppPath()]),
  ...(app.commandLine.hasSwitch('no-sandbox') ? ['--no-sandbox'] : []),
  ...desktopArguments(options),
];

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** There may be no terminal: who clicked an icon sees it too. */
function failed({ code, message, hint }: Failure): void {
  const text = hint === undefined ? message : `${message}\n${hint}`;
  say(`tokentray: ${text}`);
  // Before that the box goes to the terminal too, on Linux.
  void app.whenReady().then(() => {
    dialog.showErrorBox('Tokentray cannot start', text);
    app.exit(EXIT_CODES[code]);
  });
}

/** Null until there is something to lose. */
let running: Booted | null = null;

/** Ends the process as it is. */
function exit(code: number): void {
  // A keychain call that hangs keeps it from ending by itself.
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
    // The browser host has the data folder: one writer, so its page is the window.
    const opened = await askRunningApp(socket, home, 'app.open', { launch: true });
    if (opened === null) return lock;
    say('Tokentray runs already, in your browser: its page opens there.');
    if (opened.url !== null) await openUrl(shell, opened.url);
    app.exit(0);
    return ok(undefined);
  }

  parts.add(lock.value);
  const booted = await boot({ home, options, parts, say });
  if (!booted.ok) return booted;
  const { logger, store, sandbox } = booted.value;
  running = booted.value;

  await app.whenReady();
  // Only macOS tells, and only from now on.
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
    say(redact(`tokentray: An internal error has ended Tokentray.\n${fault.stack ?? fault.message}`));
    exit(EXIT_CODES.internal);
  });
  endOnSignals({
    ready: app.whenReady(),
    endInOrder: () => {
      app.quit();
    },
    endAtOnce: (code) => {
      say('Tokentray ends at once. What was under way is taken up at the next start.');
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
  // Chromium's own files; one instance a data folder.
  const profile = path.join(home, 'electron');
  mkdirSync(profile, { recursive: true, mode: 0o700 });
  app.setPath('userData', profile);
  app.setAppUserModelId('dev.tokentray.app');
  const words: StartMessage = { hidden: options.value.hidden, program: PROGRAM };
  // Arguments of a second start may come in another order, or with some of Chromium's; this comes as it is.
  if (!app.requestSingleInstanceLock(words)) {
    say('Tokentray runs already: its window opens.');
    app.exit(0);
    return;
  }
  // At once: another start may come while this one is still on its way.
  const requests = new StartRequests();
  app.on('second-instance', (_event, _argv, _folder, second) => {
    requests.receive(second);
  });
  if (process.platform === 'linux' && process.getuid?.() === 0)
    say('Tokentray runs as root: Chromium keeps pages in no sandbox then.');
  protocol.registerSchemesAsPrivileged([SCHEME]);
  // The app lives in the tray.
  app.on('window-all-closed', () => undefined);
  app.on('before-quit', () => {
    requests.setEnding(true);
  });
  const parts = new DisposableStack();
  const started = start(home, options.value, requests, parts);
  quitInOrder({
    app,
    // What is being started is ended once it is there.
    dispose: () => started.then(() => parts.dispose()),
    again: () => {
      if (requests.again === null) return null;
      const { hidden, program } = requests.again;
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
      say(fault instanceof Error ? (fault.stack ?? fault.message) : 'unknown fault');
      failed({ code: 'internal', message: 'Tokentray met a fault of its own.', hint: 'Start it once more.' });
    },
  );
}

main();
