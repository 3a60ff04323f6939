import { spawn, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import path from 'node:path';
import type { Child, ChildEnd } from '../context.ts';
import { passSignals } from './pass-signals.ts';

/** A folder that is always there. */
const ROOT = path.parse(process.execPath).root;

/** Runs a command, without a shell, with our streams; passes signals on to it and gives how it ended. */
export function runChild({ command, args, env, cwd }: Child): Promise<ChildEnd> {
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
      child = spawn(command, args, { stdio: 'inherit', env, cwd });
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

/** What is kept of a background process's words. */
const MAX_SAID_BYTES = 65_536;

/**
 * Starts a process in a session of its own that keeps nothing of ours: no terminal, no folder, and of its streams only
 * one to say why it cannot start.
 */
export function startBackground({ command, args, env, says }: Child): {
  ended: Promise<ChildEnd>;
  said: () => string;
} {
  const child = spawn(command, args, {
    detached: true,
    stdio: ['ignore', says ? 'pipe' : 'ignore', 'ignore'],
    cwd: ROOT,
    env,
    // Of a console. A program with windows, as any but this Node may be, would have its first one hidden.
    windowsHide: command === process.execPath,
  });
  child.unref();
  const { stdout } = child;
  // It is a socket, whatever its type says; it must not keep us.
  (stdout as Socket | null)?.unref();
  let said = '';
  stdout?.setEncoding('utf8').on('data', (piece: string) => {
    if (said.length < MAX_SAID_BYTES) said += piece;
  });
  return {
    said: () => said,
    ended: new Promise((resolve) => {
      child.on('error', (fault: NodeJS.ErrnoException) => {
        resolve({ kind: 'not-started', code: fault.code ?? 'unknown' });
      });
      // Its words are all there by then, unlike at `exit`.
      child.on('close', (code, signal) => {
        resolve(signal === null ? { kind: 'exited', code: code ?? 1 } : { kind: 'killed', signal });
      });
    }),
  };
}
