import path from 'node:path';
import process from 'node:process';
import { checkoutProgram } from '../../contract/command-text.ts';
import { CORE_NODE_FLAGS } from '../../contract/core-process.ts';
import { EXIT_CODES } from '../../contract/vocabulary.ts';
import { createBrowserHost } from '../hosts/browser/browser-host.ts';
import { pageMemory } from '../hosts/browser/page-memory.ts';
import { lazyPresence } from '../hosts/lazy-presence.ts';
import { systemClock } from '../lib/clock.ts';
import { DisposableStack, type Disposable } from '../lib/disposable.ts';
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

/** Of the desktop that the core was started on, if there is one. */
const desktopPresence = lazyPresence(async () => {
  const { busPresence } = await import('../hosts/bus-presence.ts');
  return busPresence({ env: process.env, uid: process.getuid?.() ?? 0, clock: systemClock });
});

/** Runs the core on the browser host until it is stopped; the process ends with the exit code of a failure. */
export async function runBrowserHost(): Promise<void> {
  const options = parseServeOptions(process.argv.slice(2));
  const terminal = new ServeTerminal(
    options.ok ? options.value : { json: process.argv.includes('--json'), background: false, sandbox: false },
    // This host runs only in a checkout; npm runs its scripts there, wherever the person is.
    checkoutProgram(path.join(import.meta.dirname, '..', '..'), process.env['INIT_CWD'] ?? process.cwd()),
  );
  endUnlessStarted(options.ok ? await start(options.value, terminal) : options, terminal);
}

function endUnlessStarted(started: Result<unknown>, terminal: ServeTerminal): void {
  if (started.ok) return;
  terminal.failed(started.error);
  exitNow(EXIT_CODES[started.error.code]);
}

/** `again`: after a restart of the core, of which whoever started it needs no news. */
async function start(options: ServeOptions, terminal: ServeTerminal, again = false): Promise<Result<void>> {
  const environment = processEnvironment();
  const folders = startFolders(environment, options.sandbox);
  const { home, socket } = folders;
  const print = (line: string): void => {
    terminal.log(line);
  };
  const parts = new DisposableStack();
  const ending = new Ending(systemClock);
  let signals: Disposable | null = null;
  const endWith = (ended: () => void): void => {
    if (!ending.begin()) return;
    parts.dispose().then(ended, () => {
      exitNow(EXIT_CODES.failed);
    });
  };
  const stop = (): void => {
    endWith(() => {
      exitNow(0);
    });
  };
  const restart = (): void => {
    endWith(() => {
      void signals?.dispose();
      void start(options, terminal, true).then((started) => {
        endUnlessStarted(started, terminal);
      });
    });
  };

  const started = await startCore({
    startCommand: 'tokentray serve',
    folders,
    options,
    launch: options.open,
    print,
    parts,
    createHost: ({ logger }) => {
      const host = createBrowserHost({
        port: options.port,
        rendererFolder: path.join(import.meta.dirname, '..', 'renderer'),
        memory: pageMemory(home, logger),
        clock: systemClock,
        ...(process.platform === 'linux' && { presence: desktopPresence }),
      });
      return Promise.resolve(ok(host));
    },
    attach: (host, core) => host.attach(core.router),
    isEnding: () => ending.forMs !== null,
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
  if (!started.ok) {
    await parts.dispose();
    return started;
  }
  if (started.value.state === 'already-running') {
    const status = await askRunningApp(socket, home, 'status', {});
    terminal.alreadyRunning({ url: started.value.url, socket, sandbox: status?.sandbox ?? null });
    return ok(undefined);
  }
  signals = endOnSignals({ ending, shutDown: stop, exitNow, print });
  if (again) return ok(undefined);

  const { host, sandboxUrl } = started.value;
  const url = host.link();
  terminal.ready({ url, socket, sandbox: sandboxUrl === null ? null : { url: sandboxUrl } });
  if (options.open) {
    const opened = await host.openUrl(url);
    if (!opened.ok) terminal.log('Open that address in your browser.');
  }
  return ok(undefined);
}
