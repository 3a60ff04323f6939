import { spawn } from 'node:child_process';
import { homedir } from 'node:os';
import type { Child, ChildEnd } from '../context.ts';

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/** Runs a command, without a shell, with our streams; hands signals on to it and gives how it ended. */
export function runChild({ command, args, env }: Child): Promise<ChildEnd> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit', env });
    const listeners = FORWARDED.map((signal) => {
      const forward = (): void => {
        // Ctrl-C and Ctrl-\ at a terminal reach the child by themselves; twice would make many tools give up hard.
        if (process.stdin.isTTY && (signal === 'SIGINT' || signal === 'SIGQUIT')) return;
        child.kill(signal);
      };
      process.on(signal, forward);
      return () => process.off(signal, forward);
    });
    const finish = (end: ChildEnd): void => {
      for (const stop of listeners) stop();
      resolve(end);
    };
    child.on('error', (fault: NodeJS.ErrnoException) => {
      finish({ kind: 'not-started', code: fault.code ?? 'unknown' });
    });
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
    // Of a console. A program with windows, as any but this Node may be, would have its first one hidden.
    windowsHide: command === process.execPath,
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
