import { spawn, type ChildProcess } from 'node:child_process';
import { homedir } from 'node:os';
import type { Child, ChildEnd } from '../context.ts';
import { passSignals } from './pass-signals.ts';

/** Runs a command, without a shell, with our streams; passes signals on to it and gives how it ended. */
export function runChild({ command, args, env }: Child): Promise<ChildEnd> {
  return new Promise((resolve) => {
    let child: ChildProcess | null = null;
    // Before the command is there, so that no signal finds us alone.
    const stopPassing = passSignals(() => child);
    const finish = (end: ChildEnd): void => {
      stopPassing();
      resolve(end);
    };
    const notStarted = (fault: unknown): void => {
      finish({ kind: 'not-started', code: (fault as NodeJS.ErrnoException).code ?? 'unknown' });
    };
    try {
      child = spawn(command, args, { stdio: 'inherit', env, windowsHide: true });
    } catch (fault) {
      // Such as a list of arguments that is too long: Node throws what it does not expect.
      notStarted(fault);
      return;
    }
    child.on('error', notStarted);
    child.on('exit', (code, signal) => {
      finish(signal === null ? { kind: 'exited', code: code ?? 1 } : { kind: 'killed', signal });
    });
  });
}

/** Starts a process in a session of its own, with no stream of ours and no hold on our folder. */
export function startBackground({ command, args, env }: Child): { ended: Promise<ChildEnd> } {
  const child = spawn(command, args, {
    detached: true,
    stdio: 'ignore',
    cwd: homedir(),
    env,
    windowsHide: true,
  });
  child.unref();
  return {
    ended: new Promise((resolve) => {
      child.on('error', (fault: NodeJS.ErrnoException) => {
        resolve({ kind: 'not-started', code: fault.code ?? 'unknown' });
      });
      child.on('exit', (code, signal) => {
        resolve(signal === null ? { kind: 'exited', code: code ?? 1 } : { kind: 'killed', signal });
      });
    }),
  };
}
