import type { ChildProcess } from 'node:child_process';
import type { Child, ChildEnd, RunningChild } from '../context.ts';
import { endOf, spawnWithOurs } from './children.ts';
import { passOutput } from './masked-output.ts';
import { passSignals } from './pass-signals.ts';

/** By these people end programs. */
const INTERRUPTS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];
const POLL_MS = 50;

/** Starts a command as `runChild` does, but in a process group of its own, so that all that it starts can be ended with it. */
export function startChild(given: Child): RunningChild {
  let child: ChildProcess | null = null;
  let interrupted = false;
  let hasEnded = false;
  const isGroup = process.platform !== 'win32';
  const kill = (signal: NodeJS.Signals | 0): boolean => {
    const pid = child?.pid;
    if (pid === undefined) return false;
    try {
      return process.kill(isGroup ? -pid : pid, signal);
    } catch {
      // It has ended.
      return false;
    }
  };
  const target = {
    get pid() {
      return child?.pid;
    },
    kill: (signal: NodeJS.Signals) => {
      interrupted ||= INTERRUPTS.includes(signal);
      return kill(signal);
    },
  };
  const ended = new Promise<ChildEnd>((resolve, reject) => {
    const stopPassing = passSignals(() => (child === null ? null : target), true);
    const finish = (end: ChildEnd): void => {
      hasEnded = true;
      stopPassing();
      resolve(end);
    };
    const notStarted = (fault: unknown): void => {
      finish({ kind: 'not-started', code: (fault as NodeJS.ErrnoException).code ?? 'unknown' });
    };
    try {
      child = spawnWithOurs(given, { detached: isGroup });
    } catch (fault) {
      notStarted(fault);
      return;
    }
    child.on('error', notStarted);
    const output = passOutput(child, given.mask);
    child.on('exit', (code, signal) => {
      output.left().then(() => {
        finish(endOf(code, signal));
      }, reject);
    });
  });
  return {
    ended,
    get interrupted() {
      return interrupted;
    },
    stop: async (limitMs) => {
      const isLeft = (): boolean => (isGroup ? kill(0) : !hasEnded);
      kill('SIGTERM');
      for (let waited = 0; waited < limitMs && (isLeft() || !hasEnded); waited += POLL_MS)
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      if (isLeft()) kill('SIGKILL');
      await ended;
    },
  };
}
