import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import process from 'node:process';
import { pythonProgram } from '../../support/installed.ts';
import { stdioClient } from '../../support/stdio-client.ts';
import { must, type Row } from '../row.ts';
import type { MatrixWorld } from '../world.ts';

/** As `gateway-clients.ts` has them, so that they are installed once. */
const LIBRARIES = ['requests==2.34.2', 'httpx==0.28.1', 'atlassian-python-api==5.0.5'];
const SERVER = 'mcp-atlassian==0.23.1';
/** Python programs take long to start on a busy machine. */
const LIMIT_MS = 180_000;

const script = path.resolve(import.meta.dirname, '../../python_clients.py');

const found = (packages: readonly string[], program: string) => {
  const file = pythonProgram(packages, program);
  return file === null ? null : { file, version: packages.at(-1)?.split('==')[1] ?? '' };
};

const library = (fedBy: string, run: string[]): Row => ({
  ...{ tool: 'atlassian-python-api', fedBy, needed: 'tools', find: () => found(LIBRARIES, 'python') },
  use: async ({ tokentray }, { file }) => {
    const command = [file, script, 'atlassian-python-api', 'bearer'];
    must((await tokentray('run', ...run, '--', ...command)) === 'Ana Keller', 'Jira did not say who it is');
  },
});

const server = (fedBy: string, options: string[], isThere: RegExp): Row => ({
  ...{ tool: 'mcp-atlassian', fedBy, needed: 'tools', find: () => found([SERVER], 'mcp-atlassian') },
  use: async (world, { file }) => {
    const text = await issue(world, ['run', ...options, '--preset', 'mcp-atlassian', '--', file]);
    must(isThere.test(text), `it answered: ${text.slice(0, 200)}`);
  },
});

export const PYTHON: readonly Row[] = [
  library('run', ['cloud']),
  library('run --gateway', ['cloud', '--gateway']),
  server('run --proxy, OAuth', ['cloud', '--proxy'], /"key": ?"TRAY-1"/),
  server('run, API token', ['token'], /"key": ?"TRAY-1"/),
  // The sandbox’s server has no issues one by one: that it says so shows that it knows who asks.
  server('run --gateway, Data Center', ['server', '--gateway'], /TRAY-1 not found/),
];

async function issue({ env }: MatrixWorld, args: string[]): Promise<string> {
  const child = spawn('tokentray', args, {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'ignore'],
    timeout: LIMIT_MS,
  });
  const exited = once(child, 'exit');
  try {
    const client = await stdioClient('mcp-atlassian', child);
    return await client.callTool('jira_get_issue', { issue_key: 'TRAY-1' });
  } catch (fault) {
    return String(fault);
  } finally {
    // The end of its input ends it.
    child.stdin.end();
    await exited;
  }
}
