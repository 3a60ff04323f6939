import path from 'node:path';
import process from 'node:process';
import { checkoutProgram } from '../../contract/command-text.ts';
import { CORE_NODE_FLAGS } from '../../contract/core-process.ts';
import { EXIT_CODES } from '../../contract/vocabulary.ts';
import { createBrowserHost } from '../hosts/browser/browser-host.ts';
import { pageMemory } from '../hosts/browser/page-memory.ts';
import { systemClock } from '../lib/clock.ts';
import { DisposableStack } from '../lib/disposable.ts';
import { ok, type Result } from '../lib/result.ts';
import { askRunningApp } from '../transports/local-client.ts';
import { endNow } from './end-now.ts';
import { Ending, endOnSignals } from './end-on-signals.ts';
import { processEnvironment, startFolders } from './folders.ts';
import { sandboxProgram } from './sandbox-program.ts';
import { parseServeOptions, type ServeOptions } from './serve-options.ts';
import { ServeTerminal } from './serve-terminal.ts';
import { startCore } from './start-core.ts';

const exitNow = (code: number): void => {
  endNow(code, (code) => process.exit(code));
};

/** Runs the core on the browser host until it is stopped; the process ends with the exit code of a failure. */
export async function runBrowserHost(): Promise<void> {
  const options = parseServeOptions(process.argv.slice(2));
  const terminal = new ServeTerminal(
    options.ok ? options.value : { json: process.argv.includes('--json'), background: false, sandbox: false },
    // This host runs only in a checkout; npm runs its scripts there, wherever the person is.
    checkoutProgram(path.join(import.meta.dirname, '..', '..'), process.env['INIT_CWD'] ?? process.cwd()),
  );
  const started = options.ok ? await start(options.value, terminal) : options;
  if (started.ok) return;
  terminal.failed(started.error);
  exitNow(EXIT_CODES[started.error.code]);
}

async function start(options: ServeOptions, terminal: ServeTerminal): Promise<Result<void>> {
  const environment = processEnvironment();
  const folders = startFolders(environment, options.sandbox);
  const { home, socket } = folders;
  const print = (line: string): void => {
    terminal.log(line);
  };
  const parts = new DisposableStack();
  const ending = new Ending(systemClock);
  const stop = (): void => {
    if (!ending.begin()) return;
    parts.dispose().then(
      () => {
        exitNow(0);
      },
      () => {
        exitNow(EXIT_CODES.failed);
      },
    );
  };

  const started = await startCore({
    folders,
    options,
    launch: options.open,
    print,
    parts,
    createHost: ({ logger }) =>
      createBrowserHost({
        port: options.port,
        rendererFolder: path.join(import.meta.dirname, '..', 'renderer'),
        memory: pageMemory(home, logger),
        clock: systemClock,
      }),
    attach: (host, core) => {
      host.attach(core.router);
      return Promise.resolve();
    },
    isEnding: () => ending.forMs !== null,
    stop,
    openSandbox: sandboxProgram({
      environment,
      program: process.execPath,
      // Not the flags that we were started with: a debugger may be among them.
      args: [...CORE_NODE_FLAGS, ...process.argv.slice(1, 2), '--sandbox', '--background'],
      launch: false,
      command: 'tokentray serve --sandbox',
    }),
  });
  if (!started.ok) return started;
  if (started.value.state === 'already-running') {
    const status = await askRunningApp(socket, home, 'status', {});
    terminal.alreadyRunning({ url: started.value.url, socket, sandbox: status?.sandbox ?? null });
    return ok(undefined);
  }
  endOnSignals({ ending, shutDown: stop, exitNow, print });

  const { host, sandboxUrl } = started.value;
  const url = host.link();
  terminal.ready({ url, socket, sandbox: sandboxUrl === null ? null : { url: sandboxUrl } });
  if (options.open) {
    const opened = await host.openUrl(url);
    if (!opened.ok) terminal.log('Open that address in your browser.');
  }
  return ok(undefined);
}
