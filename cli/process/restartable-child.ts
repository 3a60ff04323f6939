import type { ChildProcess } from 'node:child_process';
import type { Child, RunningChild } from '../context.ts';
import { runToEnd } from './children.ts';

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
  const receiver = (started: ChildProcess): typeof target => {
    child = started;
    return target;
  };
  const ended = runToEnd(given, { ownGroup: isGroup, ownSession: true, receiver }).then((end) => {
    hasEnded = true;
    return end;
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
