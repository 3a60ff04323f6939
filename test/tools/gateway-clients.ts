// Tools that are not packages of this repository work with a key of Tokentray's: with the gateway's address, through the
// proxy with the addresses of the real services, and with the key in a header. What cannot be installed here is said.
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { isolatedEnv, ROOT } from '../e2e/support/app.ts';
import { freePort } from '../integration/support/free-port.ts';
import { startGatewayWorld } from '../integration/support/gateway-world.ts';
import { httpMcpTool } from './support/http-client.ts';
import { pythonProgram } from './support/installed.ts';
import { stdioClient } from './support/stdio-client.ts';
import { Table } from './support/table.ts';

const LIBRARIES = ['requests==2.34.2', 'httpx==0.28.1', 'atlassian-python-api==5.0.5'];
const MCP_ATLASSIAN = ['mcp-atlassian==0.23.1'];
const CLOUD = 'cloud';
const GIT = 'git';
/** Python programs take long to start on a busy machine. */
const LIMIT_MS = 180_000;

const script = path.join(import.meta.dirname, 'python_clients.py');
const program = path.join(ROOT, 'out/cli/tokentray.cjs');
const world = await startGatewayWorld();
const table = new Table();
const folder = mkdtempSync(path.join(tmpdir(), 'tokentray-tools-'));

try {
  await world.connect('atlassian: authorization-code', CLOUD);
  await world.connect('token of a repository, which belongs to nobody', GIT);
  const key = await world.key();
  const python = pythonProgram(LIBRARIES, 'python');
  for (const library of ['requests', 'httpx', 'atlassian-python-api']) {
    for (const way of ['gateway', 'proxy'])
      await table.row([library, `run --${way}`, 'as the token'], python, (file) =>
        throughRun(way, 'atlassian', [file, script, library, 'bearer']).then(isAna),
      );
    for (const auth of library === 'atlassian-python-api'
      ? ['bearer', 'basic']
      : ['bearer', 'basic', 'header'])
      await table.row([library, 'gateway’s address', `key as ${auth}`], python, (file) =>
        ended(file, [script, library, auth], addressesWith(key)).then(isAna),
      );
  }
  const server = pythonProgram(MCP_ATLASSIAN, 'mcp-atlassian');
  await table.row(['mcp-atlassian, stdio', 'run --gateway', 'refused: fixed hosts'], server, (file) =>
    throughRun('gateway', 'mcp-atlassian', [file]).then(
      () => false,
      (fault: unknown) => String(fault).includes('Use --proxy'),
    ),
  );
  await table.row(['mcp-atlassian, stdio', 'run --proxy', 'as the token'], server, stdioServer);
  await table.row(['mcp-atlassian, HTTP', 'run --proxy', 'in headers of each request'], server, httpServer);
  await table.row(['git', 'run --proxy', 'none'], 'git', async () => {
    const clone = path.join(folder, 'clone');
    await ended(
      process.execPath,
      [
        program,
        'run',
        GIT,
        '--proxy',
        '--',
        'git',
        'clone',
        '-q',
        'https://bitbucket.org/acme/tray.git',
        clone,
      ],
      isolatedEnv(world.app.home),
    );
    return (await ended('git', ['-C', clone, 'log', '--format=%s'], process.env)).includes('Start');
  });
} finally {
  await world.stop();
  rmSync(folder, { recursive: true });
}
process.exit(table.exitCode);

function isAna(output: string): boolean {
  return output.trim() === 'Ana Keller';
}

/** As a person's script would have them in its settings. */
function addressesWith(key: string): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return {
    ...{ PATH, HOME },
    ATLASSIAN_JIRA_API_URL: `${world.url}/${CLOUD}/jira`,
    ATLASSIAN_CONFLUENCE_API_URL: `${world.url}/${CLOUD}/confluence`,
    ATLASSIAN_ACCESS_TOKEN: key,
  };
}

function runArguments(way: string, preset: string, command: readonly string[]): string[] {
  return [program, 'run', CLOUD, `--${way}`, '--preset', preset, '--', ...command];
}

function throughRun(way: string, preset: string, command: readonly string[]): Promise<string> {
  return ended(process.execPath, runArguments(way, preset, command), isolatedEnv(world.app.home));
}

/** What a program printed; throws with what it complained of when it fails. */
function ended(file: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(file, args, { env, timeout: LIMIT_MS }, (fault, stdout, stderr) => {
      if (fault === null) resolve(stdout);
      else reject(new Error(stderr.trim().split('\n').at(-1)));
    });
  });
}

async function stdioServer(file: string): Promise<boolean> {
  const child = spawn(process.execPath, runArguments('proxy', 'mcp-atlassian', [file]), {
    env: isolatedEnv(world.app.home),
    stdio: ['pipe', 'pipe', 'ignore'],
    timeout: LIMIT_MS,
  });
  const exited = once(child, 'exit');
  try {
    const client = await stdioClient('mcp-atlassian', child);
    return (await client.callTool('jira_search', { jql: 'project = TRAY', limit: 5 })).includes('TRAY-1');
  } finally {
    // The end of its input ends it; it does not mind SIGTERM while it waits for more.
    child.stdin.end();
    await exited;
  }
}

/** One server for whoever brings a token and says to which site it belongs. */
async function httpServer(file: string): Promise<boolean> {
  const port = await freePort();
  const options = ['--transport', 'streamable-http', '--host', '127.0.0.1', '--port', String(port)];
  const child = spawn(process.execPath, runArguments('proxy', 'mcp-atlassian', [file, ...options]), {
    env: { ...isolatedEnv(world.app.home), ATLASSIAN_OAUTH_ENABLE: 'true' },
    stdio: 'ignore',
    timeout: LIMIT_MS,
  });
  const exited = once(child, 'exit');
  try {
    const cloudId = (await world.app.cli(['get', CLOUD, '--field', 'cloud_id'])).stdout.trim();
    const headers = { authorization: 'Bearer no-token', 'x-atlassian-cloud-id': cloudId };
    const input = { jql: 'project = TRAY', limit: 5 };
    const text = await httpMcpTool(`http://127.0.0.1:${port}/mcp`, headers, 'jira_search', input, LIMIT_MS);
    return text.includes('TRAY-1');
  } finally {
    child.kill();
    await exited;
  }
}
