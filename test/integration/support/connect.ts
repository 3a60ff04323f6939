import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT, isolatedEnv, type RunningApp } from '../../e2e/support/app.ts';
import { signInAtSandbox, type SandboxChoice } from './sandbox-sign-in.ts';

/** The last document of `tokentray connect --no-open --json`. */
export type Connected =
  | { connection: { id: string; name: string; expiresAt: string } }
  | { error: { code: string; message: string } };

/** Connects through the command line and the sandbox's page, as a script would. */
export const connect = (
  app: RunningApp,
  choice: SandboxChoice = { sites: ['acme'] },
  args: string[] = [],
): Promise<Connected> =>
  connectBy(app, (url) => signInAtSandbox(url, choice), ['connect', 'atlassian', ...args]);

/** Runs `connect` or `reconnect`; `signIn` does what the person does at the provider, and gives the callback address. */
export async function connectBy(
  app: RunningApp,
  signIn: (authorizeUrl: string) => Promise<string>,
  command: string[],
): Promise<Connected> {
  const child = spawn(
    process.execPath,
    [path.join(ROOT, 'out/cli/tokentray.cjs'), ...command, '--no-open', '--json'],
    { env: isolatedEnv(app.home), stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const read = async (): Promise<unknown> => {
    const line = await lines.next();
    if (line.done === true) throw new Error('connect ended without an answer');
    return JSON.parse(line.value) as unknown;
  };
  const first = (await read()) as { authorizeUrl: string } | Connected;
  if (!('authorizeUrl' in first)) return first;
  const callback = await signIn(first.authorizeUrl);
  await (await fetch(callback)).text();
  return (await read()) as Connected;
}
