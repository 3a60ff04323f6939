import { childEnvironment } from '../../contract/child-environment.ts';
import type { PathEnvironment } from '../../contract/paths.ts';
import type { Services } from '../api/services.ts';
import { systemClock } from '../lib/clock.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import { withInheritedSettings } from '../lib/inherited-settings.ts';
import { askRunningApp } from '../transports/local-client.ts';
import { startFolders } from './folders.ts';

const START_LIMIT_MS = 20_000;
const PAUSE_MS = 150;

export interface SandboxProgram {
  environment: PathEnvironment;
  program: string;
  /** Start the sandbox without showing anything yet. */
  args: readonly string[];
  /** Whether the sandbox opens its own window; else a one-time link to its page is given. */
  launch: boolean;
  /** What a person runs in a terminal to see why it does not start. */
  command: string;
}

/** Opens the sandbox, a separate process with its own data folder; starts it if it is not running. */
export function sandboxProgram(parts: SandboxProgram): Services['app']['openSandbox'] {
  let opening: ReturnType<typeof open> | null = null;
  // Concurrent requests share one process.
  return () => (opening ??= open(parts).finally(() => (opening = null)));
}

async function open(parts: SandboxProgram): Promise<Result<{ url: string | null }>> {
  const { environment, program, args, launch, command } = parts;
  const { base, home, socket } = startFolders(environment, true);
  const ask = (): Promise<{ url: string | null } | null> =>
    askRunningApp(socket, home, 'app.open', { launch });

  let opened = await ask();
  if (opened !== null) return ok(opened);
  const env = childEnvironment(environment.env);
  // Loaded only now, to keep the start fast.
  const { spawn } = await import('node:child_process');
  const child = withInheritedSettings(() =>
    spawn(program, args, {
      detached: true,
      stdio: 'ignore',
      // A program with a window would get its first one hidden; without, only a console.
      windowsHide: !launch,
      // A relative folder means the same one there.
      env: env['TOKENTRAY_HOME'] ? { ...env, TOKENTRAY_HOME: base } : env,
    }),
  );
  child.unref();
  const failed = new AbortController();
  child.once('error', () => {
    failed.abort();
  });
  child.once('exit', (code) => {
    // Zero: another start was faster; wait for that one.
    if (code !== 0) failed.abort();
  });
  const deadline = systemClock.monotonicMs() + START_LIMIT_MS;
  while (opened === null && !failed.signal.aborted && systemClock.monotonicMs() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    opened = await ask();
  }
  if (opened !== null) return ok(opened);
  return fail('failed', 'The sandbox did not start.', `To see why, run in a terminal: ${command}`);
}
