import { constants } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { CORE_NODE_FLAGS } from '../contract/core-process.ts';
import { dataFolder, sandboxFolder, socketPath, type PathEnvironment } from '../contract/paths.ts';
import { EXIT_CODES } from '../contract/vocabulary.ts';
import { boot } from './boot.ts';
import { compose } from './compose.ts';
import { END_SIGNALS, endSignal } from './end-signal.ts';
import { createBrowserHost } from './hosts/browser/browser-host.ts';
import { pageMemory } from './hosts/browser/page-memory.ts';
import { systemClock } from './lib/clock.ts';
import { DisposableStack } from './lib/disposable.ts';
import { homeFolder } from './lib/home-folder.ts';
import { ok, type Result } from './lib/result.ts';
import { sandboxProgram } from './sandbox-program.ts';
import { parseServeOptions, type ServeOptions } from './serve-options.ts';
import { ServeTerminal } from './serve-terminal.ts';
import { openKeychainCalls } from './store/native-keychain.ts';
import { acquireWriterLock } from './store/writer-lock.ts';
import { askRunningApp } from './transports/local-client.ts';
import { listenOnLocalSocket } from './transports/local-socket.ts';

const environment: PathEnvironment = {
  platform: process.platform,
  env: process.env,
  homedir: homeFolder(),
  uid: process.getuid?.() ?? null,
};

/** A hanging keychain call would keep `process.exit` from ending; everything is closed by then. */
function end(code: number): void {
  if (openKeychainCalls() > 0) process.kill(process.pid, 'SIGKILL');
  else process.exit(code);
}

/**
 * Runs the core on the browser host until it is stopped; the process ends with the exit code of a failure. `again`: after
 * a restart of the core, of which whoever started it needs no news.
 */
async function serve(options: ServeOptions, terminal: ServeTerminal, again = false): Promise<Result<void>> {
  const base = path.resolve(dataFolder(environment));
  const home = options.sandbox ? sandboxFolder(base, process.platform) : base;
  const socket = socketPath(home, environment);
  const lock = acquireWriterLock(home);
  if (!lock.ok) {
    // There is only one writer: the running app shows its window, and this start ends.
    const opened = await askRunningApp(socket, home, 'app.open', { launch: options.open });
    if (opened === null) return lock;
    const status = await askRunningApp(socket, home, 'status', {});
    terminal.alreadyRunning({ url: opened.url, socket, sandbox: status?.sandbox ?? null });
    return ok(undefined);
  }

  const parts = new DisposableStack();
  parts.add(lock.value);
  let endingSince: number | null = null;
  const endWith = (ended: () => void): void => {
    if (endingSince !== null) return;
    endingSince = systemClock.monotonicMs();
    parts.dispose().then(ended, () => {
      end(EXIT_CODES.failed);
    });
  };
  const stop = (): void => {
    endWith(() => {
      end(0);
    });
  };
  const restart = (): void => {
    endWith(() => {
      for (const [signal, listener] of signalListeners) process.off(signal, listener);
      endUnlessServed(serve(options, terminal, true), terminal);
    });
  };
  const signalListeners: [NodeJS.Signals, () => void][] = [];

  const booted = await boot({
    home,
    options,
    parts,
    print: (line) => {
      terminal.log(line);
    },
  });
  if (!booted.ok) return booted;
  const { logger, store, sandbox } = booted.value;

  const host = await createBrowserHost({
    port: options.port,
    rendererFolder: path.join(import.meta.dirname, '..', 'renderer'),
    memory: pageMemory(home, logger),
    clock: systemClock,
  });
  if (!host.ok) return host;
  parts.add(host.value);

  const core = compose({
    store,
    host: host.value,
    home,
    socket,
    sandbox,
    clock: systemClock,
    logger,
    stop,
    restart,
    openSandbox: sandboxProgram({
      environment,
      program: process.execPath,
      // Not the flags that we were started with: a debugger may be among them.
      args: [...CORE_NODE_FLAGS, ...process.argv.slice(1, 2), '--sandbox', '--background'],
      launch: false,
      command: 'tokentray serve --sandbox',
    }),
  });
  parts.add(core);
  const listening = await listenOnLocalSocket(socket, home, core.router);
  if (!listening.ok) return listening;
  parts.add(listening.value);
  host.value.attach(core.router);
  core.start();
  for (const signal of END_SIGNALS) {
    const listener = (): void => {
      const response = endSignal(
        signal,
        endingSince === null ? null : systemClock.monotonicMs() - endingSince,
      );
      if (response === 'graceful') stop();
      if (response !== 'immediate') return;
      terminal.log('Tokentray is ending immediately. Anything in progress is resumed at the next start.');
      end(128 + constants.signals[signal]);
    };
    signalListeners.push([signal, listener]);
    process.on(signal, listener);
  }
  if (again) return ok(undefined);

  const url = host.value.link();
  terminal.ready({ url, socket, sandbox: sandbox === null ? null : { url: sandbox.url } });
  if (options.open) {
    const opened = await host.value.openUrl(url);
    if (!opened.ok) terminal.log('Open that address in your browser.');
  }
  return ok(undefined);
}

function endUnlessServed(serving: Promise<Result<unknown>>, terminal: ServeTerminal): void {
  void serving.then((served) => {
    if (served.ok) return;
    terminal.failed(served.error);
    end(EXIT_CODES[served.error.code]);
  });
}

const options = parseServeOptions(process.argv.slice(2));
const terminal = new ServeTerminal(
  options.ok ? options.value : { json: process.argv.includes('--json'), background: false },
);
endUnlessServed(options.ok ? serve(options.value, terminal) : Promise.resolve(options), terminal);
