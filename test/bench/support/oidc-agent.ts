import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';

const PROGRAM = '/usr/bin/oidc-agent';
const START_LIMIT_MS = 5000;

/** Starts an agent of its own (Debian package `oidc-agent-cli`); null where it is not installed. */
export async function startOidcAgent(
  folder: string,
): Promise<{ socket: string; stop: () => Promise<void> } | null> {
  if (!existsSync(PROGRAM)) return null;
  const socket = path.join(folder, 'oidc-agent.sock');
  const child = spawn(PROGRAM, ['--console', '--no-webserver', `--socket-path=${socket}`], {
    stdio: 'ignore',
  });
  const exited = once(child, 'exit');
  const deadline = performance.now() + START_LIMIT_MS;
  while (!existsSync(socket)) {
    if (performance.now() > deadline || child.exitCode !== null) throw new Error('oidc-agent did not start');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    socket,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
