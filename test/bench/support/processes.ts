import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { isolatedEnv } from '../../e2e/support/app.ts';
import { timed } from '../statistics.ts';

/** From the start of a Node process to its end, ms. Throws when it fails. */
export function nodeRun(home: string, ...args: string[]): Promise<number> {
  return timed(async () => {
    const child = spawn(process.execPath, args, { env: isolatedEnv(home), stdio: 'ignore' });
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${code}`);
  });
}

/** Node starting and doing nothing: what no program of ours can be quicker than. */
export const bareNode = (home: string): Promise<number> => nodeRun(home, '-e', '0');
