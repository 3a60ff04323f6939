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
export async function connect(
  app: RunningApp,
  choice: SandboxChoice = { sites: ['acme'] },
  args: string[] = [],
): Promise<Connected> {
  const child = spawn(
    process.execPath,
    [path.join(ROOT, 'out/cli/tokentray.cjs'), 'connect', 'atlassian', '--no-open', '--json', ...args],
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
  const callback = await signInAtSandbox(first.authorizeUrl, choice);
  await (await fetch(callback)).text();
  return (await read()) as Connected;
}
