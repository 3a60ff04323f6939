import { existsSync } from 'node:fs';
import path from 'node:path';
import { checkoutProgram } from '../../contract/command-text.ts';
import type { Context } from '../context.ts';
import { coreProgram } from './core-program.ts';
import { endBySignal } from './end-by-signal.ts';
import { FdOutput } from './fd-output.ts';
import { systemSurroundings } from './surroundings.ts';
import { TerminalInput } from './terminal-input.ts';

const CALL_TIMEOUT_MS = 30_000;
/** They ask this process to end, which may need a call to the app first. */
const INTERRUPTS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The context of this process. What `get` does not need is loaded lazily. */
export function processContext(): Context {
  const stdin = new TerminalInput();
  const surroundings = systemSurroundings();
  const serve = coreProgram(import.meta.dirname, process.platform, process.execPath, existsSync);
  let interruptedBy: NodeJS.Signals | null = null;
  return {
    ...surroundings,
    stdout: new FdOutput(1),
    stderr: new FdOutput(2),
    stdin,
    clock: {
      now: () => Date.now(),
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    },
    callTimeoutMs: CALL_TIMEOUT_MS,
    nodeMajor: Number(process.versions.node.split('.', 1)[0]),
    get program() {
      if (serve.host === 'electron') return 'tokentray';
      return checkoutProgram(path.join(import.meta.dirname, '..', '..'), surroundings.cwd);
    },
    serve,
    self: { program: process.execPath, file: process.argv[1] ?? '' },
    readGiven: async (file) => (await import('./read-given.ts')).readGiven(file),
    runChild: async (child) => (await import('./children.ts')).runChild(child),
    startChild: async (child) => (await import('./restartable-child.ts')).startChild(child),
    startBackground: (child) => {
      const started = import('./children.ts').then((children) => children.startBackground(child));
      let output = (): string => '';
      return {
        output: () => output(),
        ended: started.then((background) => {
          ({ output } = background);
          return background.ended;
        }),
      };
    },
    get interruptedBy() {
      return interruptedBy;
    },
    onInterrupt: (listener) => {
      const received = (signal: NodeJS.Signals): void => {
        interruptedBy = signal;
        // A second signal takes its default action.
        stop();
        listener();
      };
      const stop = (): void => {
        for (const signal of INTERRUPTS) process.off(signal, received);
      };
      for (const signal of INTERRUPTS) process.on(signal, received);
      return stop;
    },
    endBySignal: (signal) => {
      stdin.close();
      endBySignal(signal);
    },
  };
}
