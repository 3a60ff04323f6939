import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import process from 'node:process';
import { childEnvironment } from '../contract/child-environment.ts';

/** A step's name, and the command with its arguments; commands of npm packages are on the PATH. */
export type Step = readonly [name: string, command: string, ...args: string[]];

export const END_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The code that a shell gives a process which ended like this. */
export const endedAs = (code: number | null, signal: NodeJS.Signals | null): number =>
  signal === null ? (code ?? 1) : 128 + constants.signals[signal];

/** Runs one command with our terminal; gives its exit code. */
export function run(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: 'inherit',
      env: childEnvironment(env),
      shell: process.platform === 'win32',
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      resolve(code ?? 1);
    });
  });
}

/** Runs one command beside others: what it writes is kept, and printed by whoever waits for it. */
export function runKeeping(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: childEnvironment(env),
      shell: process.platform === 'win32',
    });
    const written: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part: Buffer) => {
        written.push(part);
      });
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code: code ?? 1, output: Buffer.concat(written).toString('utf8') });
    });
  });
}

/** Runs a command in place of this process, as far as possible: it gets our terminal and signals, we exit with its code. */
export async function runAndExit(
  command: string,
  args: readonly string[],
  name = 'The program',
): Promise<never> {
  const child = spawn(command, args, { stdio: 'inherit', env: childEnvironment(process.env) });
  let passedOn = false;
  for (const signal of END_SIGNALS) {
    process.on(signal, () => {
      passedOn = true;
      child.kill(signal);
    });
  }
  const code = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (exit, signal) => {
      if (signal !== null && !passedOn) console.error(killedWords(name, signal));
      resolve(endedAs(exit, signal));
    });
  });
  process.exit(code);
}

/** For a program that ended by a signal that we did not pass on: nothing else says so. */
export const killedWords = (name: string, signal: NodeJS.Signals): string =>
  `${name} was ended from outside (${signal}).`;

/** Runs the steps one after the other and ends the process with the first failure's code. */
export async function runAll(steps: readonly Step[]): Promise<void> {
  for (const [name, command, ...args] of steps) {
    const started = performance.now();
    const code = await run(command, args);
    if (code !== 0) {
      console.error(`✗ ${name}`);
      process.exit(code);
    }
    console.error(`✓ ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  }
}
