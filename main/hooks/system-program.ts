import { spawn, type ChildProcess } from 'node:child_process';
import process from 'node:process';
import type { Clock } from '../lib/clock.ts';
import { withInheritedSettings } from '../lib/inherited-settings.ts';
import { openPlace } from './open-place.ts';
import type { ProgramOutcome, StartProgram } from './ports.ts';

const MAX_STDERR_BYTES = 8192;
/** From the polite signal to the other one. */
const GRACE_MS = 2000;
/** For the last words of a program that has ended. */
const LAST_WORDS_MS = 200;

/** Where the key to the store comes from is nobody else's business. */
const NOT_PASSED_ON = new Set(['TOKENTRAY_KEY_SOURCE', 'CREDENTIALS_DIRECTORY']);

export interface SystemProgramParts {
  env: Readonly<Record<string, string | undefined>>;
  /** Where programs are run. */
  cwd: string;
  clock: Clock;
}

/**
 * Runs programs of this machine without a shell, with the person's environment. What a program started in its process group
 * ends with it: with SIGTERM, and 2 s later with SIGKILL.
 */
export function systemProgram({ env, cwd, clock }: SystemProgramParts): StartProgram {
  const environment = Object.fromEntries(Object.entries(env).filter(([name]) => !NOT_PASSED_ON.has(name)));
  return ({ program, args, input, limitMs }) => {
    const { promise: ended, resolve } = Promise.withResolvers<ProgramOutcome>();
    const said: Buffer[] = [];
    let saidBytes = 0;
    let isOver = false;
    const place = openPlaceOf(program);
    if (place !== null) {
      resolve({ end: { kind: 'refused', place }, stderr: '', cut: false });
      return { ended, kill: () => undefined };
    }
    const child = start(() =>
      spawn(program, args, {
        shell: false,
        stdio: ['pipe', 'ignore', 'pipe'],
        // Not hidden on Windows: it may have a window to show. A group of its own, so that what it starts ends with it.
        detached: process.platform !== 'win32',
        cwd: cwd === '' ? undefined : cwd,
        env: environment,
      }),
    );
    if (child instanceof Error) {
      resolve({ end: { kind: 'not-started', code: codeOf(child) }, stderr: '', cut: false });
      return { ended, kill: () => undefined };
    }
    const finish = (end: ProgramOutcome['end']): void => {
      void limit.dispose();
      isOver = true;
      child.stdin.destroy();
      child.stderr.destroy();
      const stderr = Buffer.concat(said).toString('utf8', 0, MAX_STDERR_BYTES);
      resolve({ end, stderr, cut: saidBytes > MAX_STDERR_BYTES });
    };
    const endGroup = (): void => {
      if (child.pid === undefined) return;
      const { pid } = child;
      // Where nobody was left, the number may soon be somebody else’s.
      if (signalGroup(pid, 'SIGTERM'))
        clock.setTimeout(() => {
          signalGroup(pid, 'SIGKILL');
        }, GRACE_MS);
    };
    const limit = clock.setTimeout(() => {
      endGroup();
      finish({ kind: 'timed-out' });
    }, limitMs);
    // It need not read what it is given.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    child.stderr.on('data', (chunk: Buffer) => {
      if (saidBytes <= MAX_STDERR_BYTES) said.push(chunk);
      saidBytes += chunk.length;
    });
    child.on('error', (fault) => {
      if (!isOver) finish({ kind: 'not-started', code: codeOf(fault) });
    });
    child.on('exit', (code, signal) => {
      if (isOver) return;
      void limit.dispose();
      endGroup();
      const exited = { kind: 'exited', code, signal } as const;
      const late = clock.setTimeout(() => {
        finish(exited);
      }, LAST_WORDS_MS);
      child.once('close', () => {
        void late.dispose();
        if (!isOver) finish(exited);
      });
    });
    return {
      ended,
      kill: (signal) => {
        if (child.pid !== undefined) signalGroup(child.pid, signal);
      },
    };
  };
}

/** What cannot be looked at cannot be run either, and the system says why. */
function openPlaceOf(program: string): string | null {
  try {
    return openPlace(program);
  } catch {
    return null;
  }
}

type Child = ChildProcess & {
  stdin: NonNullable<ChildProcess['stdin']>;
  stderr: NonNullable<ChildProcess['stderr']>;
};

/** Arguments with a NUL, and the like, throw instead of failing later. */
function start(spawnIt: () => Child): Child | Error {
  try {
    return withInheritedSettings(spawnIt);
  } catch (fault) {
    return fault instanceof Error ? fault : new Error(String(fault));
  }
}

/** False: nobody of the group is left. */
function signalGroup(pid: number, signal: 'SIGTERM' | 'SIGKILL'): boolean {
  if (process.platform === 'win32') {
    // There are no groups; this ends what it started as well.
    const taskkill = spawn('taskkill', ['/pid', String(pid), '/T', '/F'], {
      stdio: 'ignore',
      windowsHide: true,
    });
    taskkill.on('error', () => undefined);
    return false;
  }
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}

const codeOf = (fault: Error): string =>
  'code' in fault && typeof fault.code === 'string' ? fault.code : 'unknown fault';
