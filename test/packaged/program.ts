import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';

export const ROOT = path.resolve(import.meta.dirname, '../..');

export interface Program {
  /** What it has written so far. */
  output: () => string;
  /** The exit code; fails after the limit. */
  ended: (limitMs: number) => Promise<number>;
  /** For when something else failed. */
  kill: () => void;
}

/** An environment with a data folder of its own, in which no browser opens. */
export const ownEnvironment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  BROWSER: 'true',
  TOKENTRAY_HOME: mkdtempSync(path.join(tmpdir(), 'tokentray-')),
});

/** Starts a program and shows what it writes. */
export function start(command: string, args: string[], env: NodeJS.ProcessEnv): Program {
  console.log(`$ ${[command, ...args].join(' ')}`);
  // Windows starts a script through its shell only.
  const shell = process.platform === 'win32' && !command.endsWith('.exe');
  const child = spawn(shell ? `"${command}"` : command, args, {
    cwd: ROOT,
    env,
    shell,
    // A group of its own, so that all of it can be ended.
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
      process.stdout.write(chunk);
    });
  }
  const exit = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      resolve(code ?? (signal === null ? -1 : 128));
    });
  });
  return {
    output: () => output,
    ended: (limitMs) =>
      Promise.race([
        exit,
        new Promise<never>((_, reject) => {
          setTimeout(reject, limitMs, new Error(`${command} did not end within ${limitMs / 1000} s`)).unref();
        }),
      ]),
    kill: () => {
      if (child.pid === undefined || child.exitCode !== null) return;
      if (process.platform === 'win32') child.kill();
      else process.kill(-child.pid, 'SIGKILL');
    },
  };
}

/** Runs a program to its end; throws unless it ends with 0. Gives what it wrote. */
export async function runToEnd(command: string, args: string[], env: NodeJS.ProcessEnv): Promise<string> {
  const program = start(command, args, env);
  const code = await program.ended(120_000);
  if (code !== 0) throw new Error(`${[command, ...args].join(' ')} ended with ${code}`);
  return program.output();
}

export function check(holds: boolean, what: string): void {
  if (!holds) throw new Error(`Not so: ${what}`);
  console.log(`✓ ${what}`);
}

/** Waits until something is written; throws when it is not within the limit. */
export async function written(program: Program, text: string, limitMs: number): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (!program.output().includes(text)) {
    if (performance.now() > deadline) throw new Error(`Not written within ${limitMs / 1000} s: ${text}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
