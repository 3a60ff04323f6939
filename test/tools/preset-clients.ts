// mcp-atlassian reads what its preset gives for each way to connect: with the credential itself, through the gateway, and
// through the proxy. What cannot be installed here is said.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import process from 'node:process';
import { isolatedEnv, ROOT } from '../e2e/support/app.ts';
import { startGatewayWorld } from '../integration/support/gateway-world.ts';
import { pythonProgram } from './support/installed.ts';
import { stdioClient } from './support/stdio-client.ts';
import { Table } from './support/table.ts';

const MCP_ATLASSIAN = ['mcp-atlassian==0.23.1'];
/** Python programs take long to start on a busy machine. */
const LIMIT_MS = 180_000;

const PAT = 'jira-data-center: personal access token';

/** Way to connect, and how the tool is run. */
const ROWS: readonly (readonly [string, readonly string[]])[] = [
  ['classic API token of Atlassian Cloud', []],
  ['classic API token of Atlassian Cloud', ['--proxy']],
  [PAT, []],
  [PAT, ['--gateway']],
  ['jira-data-center: password', []],
  ['jira-data-center: password', ['--gateway']],
  ['jira-data-center: authorization-code', []],
  ['jira-data-center: authorization-code', ['--gateway']],
];

const program = path.join(ROOT, 'out/cli/tokentray.cjs');
const world = await startGatewayWorld();
const table = new Table();
const names = new Map<string, string>();

try {
  const server = pythonProgram(MCP_ATLASSIAN, 'mcp-atlassian');
  for (const [title, options] of ROWS) {
    let name = names.get(title);
    if (name === undefined) {
      name = `way-${names.size}`;
      names.set(title, name);
      await world.connect(title, name);
    }
    const args = [program, 'run', name, ...options, '--preset', 'mcp-atlassian', '--'];
    await table.row(['mcp-atlassian, preset', options.join(' ') || 'run', ` ${title}: `], server, (file) =>
      isLetIn([...args, file]),
    );
  }
  const args = [program, 'run', names.get(PAT) ?? '', '--preset', 'mcp-atlassian', '--'];
  await table.row(['mcp-atlassian, preset', 'run', ' another token is refused: '], server, async (file) =>
    /401|Authentication/i.test(await asks([...args, 'env', 'JIRA_PERSONAL_TOKEN=another', file])),
  );
} finally {
  await world.stop();
}
process.exit(table.exitCode);

/** The sandbox’s server has no issues: that it says so shows that it knows who asks. */
async function isLetIn(command: readonly string[]): Promise<boolean> {
  return /"key": ?"TRAY-1"|Issue TRAY-1 not found/.test(await asks(command));
}

/** What the tool gives for an issue, or why not. */
async function asks(command: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, command, {
    env: isolatedEnv(world.app.home),
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
    // The end of its input ends it; it does not mind SIGTERM while it waits for more.
    child.stdin.end();
    await exited;
  }
}
