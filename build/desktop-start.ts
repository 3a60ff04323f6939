import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import process from 'node:process';
import { childEnvironment } from '../contract/child-environment.ts';
import { END_SIGNALS, endedAs, killedWords } from './steps.ts';

const POLL_MS = 250;
/** A first start from a slow disk takes several seconds. */
const PATIENCE = { noticeMs: 10_000, limitMs: 45_000, killMs: 3_000 };

/** How a start of the desktop app went: it ran and exited with this code, or it never got to the point of answering. */
export type DesktopEnd = { kind: 'ran'; code: number } | { kind: 'not-started'; why: string };

export interface DesktopStart {
  program: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  /** Where the core of this data folder answers, once it is up. */
  socket: string;
  log: (line: string) => void;
  patience?: typeof PATIENCE;
}

/**
 * Runs the desktop app with our terminal until it ends. Whether it came up is seen from outside, by the core's socket:
 * Chromium aborts, hangs or lacks a library before any of our code runs.
 */
export async function startDesktop(start: DesktopStart): Promise<DesktopEnd> {
  const { program, args, env, socket, log, patience = PATIENCE } = start;
  // If so, an answer says nothing about the new process, which passes its request to the running one and exits.
  const wasRunning = await answers(socket);
  const child = spawn(program, args, { stdio: 'inherit', env: childEnvironment(env) });
  const ended = new Promise<Exit>((resolve) => {
    child.once('error', (fault) => {
      resolve({ code: 1, signal: null, why: `could not be run (${fault.message})` });
    });
    child.once('exit', (code, signal) => {
      resolve({
        code: endedAs(code, signal),
        signal,
        why: `ended before it was ready (${reason(code, signal)})`,
      });
    });
  });
  const interrupted = new AbortController();
  const passOn = (signal: NodeJS.Signals): void => {
    interrupted.abort();
    child.kill(signal);
  };
  for (const signal of END_SIGNALS) process.on(signal, passOn);
  void ended.then(() => {
    for (const signal of END_SIGNALS) process.off(signal, passOn);
  });

  const started = performance.now();
  let exit: Exit | null = null;
  let up = false;
  let slow = false;
  while (exit === null && !up && !interrupted.signal.aborted) {
    exit = await Promise.race([ended, pause(POLL_MS)]);
    if (wasRunning) continue;
    up = await answers(socket);
    const waitedMs = performance.now() - started;
    if (!slow && waitedMs >= patience.noticeMs) {
      slow = true;
      log('The desktop app is slow to start …');
    }
    if (up || exit !== null || waitedMs < patience.limitMs) continue;
    child.kill('SIGTERM');
    await Promise.race([ended, pause(patience.killMs)]);
    child.kill('SIGKILL');
    await ended;
    return { kind: 'not-started', why: `did not answer within ${patience.limitMs / 1000} seconds` };
  }

  exit ??= await ended;
  if (up && exit.signal !== null && !interrupted.signal.aborted) log(killedWords('Tokentray', exit.signal));
  const handedOver = exit.code === 0 && (await answers(socket));
  if (up || handedOver || interrupted.signal.aborted) return { kind: 'ran', code: exit.code };
  return { kind: 'not-started', why: exit.why };
}

interface Exit {
  code: number;
  signal: NodeJS.Signals | null;
  /** What it means if it never answered. */
  why: string;
}

function reason(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal !== null) return `crashed with ${signal}`;
  // What the dynamic loader and shells end with.
  return code === 127
    ? 'exit code 127: a library that it needs is missing'
    : `exit code ${code ?? 'unknown'}`;
}

const pause = (ms: number): Promise<null> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms, null);
  });

/** Whether anything listens there. */
function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(socket);
    const done = (listening: boolean): void => {
      connection.destroy();
      resolve(listening);
    };
    connection.once('connect', () => {
      done(true);
    });
    connection.once('error', () => {
      done(false);
    });
  });
}
