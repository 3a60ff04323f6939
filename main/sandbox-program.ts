import { spawn } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { dataFolder, sandboxFolder, socketPath, type PathEnvironment } from '../contract/paths.ts';
import { systemClock } from './lib/clock.ts';
import { fail, ok, type Result } from './lib/result.ts';
import { askRunningApp } from './transports/local-client.ts';

const START_LIMIT_MS = 20_000;
const PAUSE_MS = 150;

export interface SandboxProgram {
  environment: PathEnvironment;
  program: string;
  /** With these it starts on the sandbox and shows nothing yet. */
  args: readonly string[];
  /** Whether the sandbox opens its own window; else a one-time link to its page is given. */
  launch: boolean;
  /** What a person runs in a terminal to see why it does not start. */
  command: string;
}

/** Opens the sandbox: a program of its own beside this one, with its own data folder; starts it when none runs. */
export async function openSandboxProgram({
  environment,
  program,
  args,
  launch,
  command,
}: SandboxProgram): Promise<Result<{ url: string | null }>> {
  const base = path.resolve(dataFolder(environment));
  const home = sandboxFolder(base, environment.platform);
  const ask = (): Promise<{ url: string | null } | null> =>
    askRunningApp(socketPath(home, environment), home, 'app.open', { launch });

  let opened = await ask();
  if (opened !== null) return ok(opened);
  const { TOKENTRAY_HOME: chosen } = process.env;
  const child = spawn(program, args, {
    detached: true,
    stdio: 'ignore',
    windowsHide: true,
    // A relative folder means the same one there.
    env: chosen ? { ...process.env, TOKENTRAY_HOME: base } : process.env,
  });
  child.unref();
  const ended = new AbortController();
  const end = (): void => {
    ended.abort();
  };
  child.once('error', end).once('exit', end);
  const deadline = systemClock.now() + START_LIMIT_MS;
  while (opened === null && !ended.signal.aborted && systemClock.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    opened = await ask();
  }
  if (opened !== null) return ok(opened);
  return fail('failed', 'The sandbox did not start.', `See why in a terminal: ${command}`);
}
