import { spawn, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import path from 'node:path';
import type { Child, ChildEnd } from '../context.ts';
import { passOutput } from './masked-output.ts';
import { passSignals, type Target } from './pass-signals.ts';

/** A folder that always exists. */
const ROOT = path.parse(process.execPath).root;

/** Runs a command without a shell and with our streams; passes signals on to it and resolves to how it ended. */
export const runChild = (given: Child): Promise<ChildEnd> =>
  runToEnd(given, { ownGroup: false, ownSession: given.ownSession ?? false, receiver: (child) => child });

/**
 * The same. `ownGroup`: as the leader of a process group; `ownSession`: no signal of a terminal reaches it but through us;
 * `receiver`: what gets our signals once the command exists.
 */
export function runToEnd(
  given: Child,
  {
    ownGroup,
    ownSession,
    receiver,
  }: { ownGroup: boolean; ownSession: boolean; receiver: (child: ChildProcess) => Target },
): Promise<ChildEnd> {
  return new Promise((resolve, reject) => {
    let started: Target | null = null;
    // Before the command exists, so that no signal is handled by this process alone.
    const stopPassing = passSignals(() => started, ownSession);
    const finish = (end: ChildEnd): void => {
      stopPassing();
      resolve(end);
    };
    const notStarted = (fault: unknown): void => {
      finish({ kind: 'not-started', code: (fault as NodeJS.ErrnoException).code ?? 'unknown' });
    };
    let child: ChildProcess;
    try {
      child = spawnWithOurs(given, { detached: ownGroup });
      started = receiver(child);
    } catch (fault) {
      // For example, the argument list is too long: Node throws for errors that it does not expect.
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
}

/** With our streams, or with pipes in the place of those that it prints to, if something is masked. */
const spawnWithOurs = (
  { command, args, env, cwd, mask }: Child,
  { detached }: { detached: boolean },
): ChildProcess => {
  const prints = mask === undefined ? 'inherit' : 'pipe';
  return spawn(command, args, { stdio: ['inherit', prints, prints], env, cwd, detached });
};

const endOf = (code: number | null, signal: NodeJS.Signals | null): ChildEnd =>
  signal === null ? { kind: 'exited', code: code ?? 1 } : { kind: 'killed', signal };

/** How much of a background process's output is kept. */
const MAX_OUTPUT_LENGTH = 65_536;

/**
 * Starts a process in its own session, which keeps nothing of ours: no terminal, no working folder, and of the streams
 * only stdout, to report why it cannot start.
 */
export function startBackground({ command, args, env, captureOutput }: Child): {
  ended: Promise<ChildEnd>;
  output: () => string;
} {
  const child = spawn(command, args, {
    detached: true,
    stdio: ['ignore', captureOutput ? 'pipe' : 'ignore', 'ignore'],
    cwd: ROOT,
    env,
    // Hides the console. In a program with windows it would hide the first one, so only for this Node.
    windowsHide: command === process.execPath,
  });
  child.unref();
  const { stdout } = child;
  // It is a socket, whatever its type says; it must not keep this process alive.
  (stdout as Socket | null)?.unref();
  let output = '';
  stdout?.setEncoding('utf8').on('data', (piece: string) => {
    if (output.length < MAX_OUTPUT_LENGTH) output += piece;
  });
  return {
    output: () => output,
    ended: new Promise((resolve) => {
      child.on('error', (fault: NodeJS.ErrnoException) => {
        resolve({ kind: 'not-started', code: fault.code ?? 'unknown' });
      });
      // Its output is complete by then, unlike at `exit`.
      child.on('close', (code, signal) => {
        resolve(signal === null ? { kind: 'exited', code: code ?? 1 } : { kind: 'killed', signal });
      });
    }),
  };
}
