// MCP clients that are not packages of this repository sign in by themselves, call a tool, and outlive tokens:
// the official Python SDK, and mcp-remote. What cannot be installed here is said. Prints a row for each.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { MCP_ATLASSIAN_PROGRAM } from '../../main/atlassian/mcp-atlassian-program.ts';
import { toolReadsOnly } from '../../main/atlassian/tool-reads-only.ts';
import { systemPrograms } from '../../main/gateway/mcp/local/system-programs.ts';
import { WatchedPrograms } from '../../main/gateway/mcp/local/watched-program.ts';
import { systemClock } from '../../main/lib/clock.ts';
import { silentLogger } from '../../main/lib/log.ts';
import { startMcpWorld, type McpWorld } from '../integration/support/mcp-world.ts';
import { nodeProgram, pythonProgram } from './support/installed.ts';
import { stdioClient } from './support/stdio-client.ts';

const PYTHON_SDK = 'mcp==2.3.0';
const MCP_ATLASSIAN = 'mcp-atlassian==0.23.1';
const MCP_REMOTE = 'mcp-remote@0.15.1';
const CALLS = 5;
const PAUSE_MS = 1200;
/** Of the server's tokens and the client's own: each call needs new ones. */
const TTL_SECONDS = 1;

const here = import.meta.dirname;

type Outcome = { signIns: number; texts: readonly string[] };

async function withPython(world: McpWorld, file: string, mode: string): Promise<Outcome> {
  const args = [path.join(here, 'mcp_sdk.py'), world.url, mode, String(CALLS), String(PAUSE_MS / 1000)];
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) out += chunk.toString('utf8');
  return JSON.parse(out) as Outcome;
}

/** As a client of stdio uses it; the person's browser is played here. */
async function withMcpRemote(world: McpWorld, file: string, protocol: readonly string[]): Promise<Outcome> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tokentray-mcp-remote-'));
  const child = spawn(process.execPath, [file, world.url, ...protocol], {
    // It opens a browser by itself, where there is one.
    env: { ...process.env, MCP_REMOTE_CONFIG_DIR: folder, BROWSER: 'true', PATH: '/nonexistent' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let signIns = 0;
  createInterface({ input: child.stderr }).on('line', (line) => {
    const address = /https?:\/\/\S+\/authorize\?\S+/.exec(line)?.[0];
    if (address === undefined) return;
    signIns += 1;
    void world.browse(address).then((callback) => fetch(callback));
  });
  try {
    const client = await stdioClient('mcp-remote', child);
    const texts = new Set<string>();
    for (let call = 0; call < CALLS; call += 1) {
      texts.add(await client.callTool('atlassianUserInfo', {}));
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    return { signIns, texts: [...texts] };
  } finally {
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

let failed = 0;
async function row(
  name: string,
  file: string | null,
  use: (world: McpWorld, file: string) => Promise<Outcome>,
): Promise<void> {
  if (file === null) {
    console.log(`${name}: not run here (cannot be installed)`);
    return;
  }
  const world = await startMcpWorld(systemClock, TTL_SECONDS, TTL_SECONDS * 1000);
  world.consenting();
  try {
    const { signIns, texts } = await use(world, file);
    const calls = world.sandbox.control.mcpCalls();
    const tokens = new Set(calls.filter(({ tool }) => tool !== null).map(({ token }) => token)).size;
    const begun = calls.filter(({ method }) => method === 'initialize').length;
    const isGood =
      signIns === 1 && texts.length === 1 && texts[0]?.includes('ana@acme.example') === true && tokens > 3;
    if (!isGood) failed += 1;
    console.log(
      `${name}: ${isGood ? 'passed' : 'FAILED'} (${signIns} sign-in, ${CALLS} calls, ${tokens} tokens of the server, ${begun} initialize)`,
    );
  } catch (fault) {
    failed += 1;
    console.log(`${name}: FAILED (${fault instanceof Error ? fault.message : String(fault)})`);
  } finally {
    await world.dispose();
  }
}

const sdk = pythonProgram([PYTHON_SDK], 'python');
for (const mode of ['auto', 'legacy'])
  await row(`Python SDK, ${mode}`, sdk, (world, file) => withPython(world, file, mode));
const remote = nodeProgram(MCP_REMOTE, 'node_modules/mcp-remote/dist/proxy.js');
await row('mcp-remote', remote, (world, file) => withMcpRemote(world, file, []));
await row('mcp-remote, newest revision', remote, (world, file) =>
  withMcpRemote(world, file, ['--protocol', 'auto']),
);
await localProgram(pythonProgram([MCP_ATLASSIAN], 'mcp-atlassian'));
process.exit(failed === 0 ? 0 : 1);

/** The real program, started and watched as the app does, without anything of the accounts that it asks. */
async function localProgram(file: string | null): Promise<void> {
  if (file === null) {
    console.log('mcp-atlassian: not run here (cannot be installed)');
    return;
  }
  const running = new WatchedPrograms({
    program: { ...MCP_ATLASSIAN_PROGRAM, commands: [[file]] },
    ports: systemPrograms(process.env),
    clock: systemClock,
    logger: silentLogger,
  });
  try {
    const url = await running.address({});
    if (!url.ok) throw new Error(url.error.message);
    const ask = (body: object, headers: Readonly<Record<string, string>>): Promise<Response> =>
      fetch(url.value, {
        method: 'POST',
        headers: {
          accept: 'application/json, text/event-stream',
          'content-type': 'application/json',
          ...headers,
        },
        body: JSON.stringify({ jsonrpc: '2.0', ...body }),
      });
    const params = {
      protocolVersion: '2025-06-18',
      capabilities: {},
      clientInfo: { name: 'x', version: '1' },
    };
    const begin = { id: 1, method: 'initialize', params };
    const credential = { authorization: 'Bearer someone', [MCP_ATLASSIAN_PROGRAM.siteHeader]: 'cloud-id' };
    const without = (await ask(begin, {})).status;
    const begun = await ask(begin, credential);
    const session = { ...credential, 'mcp-session-id': begun.headers.get('mcp-session-id') ?? '' };
    await ask({ method: 'notifications/initialized' }, session);
    const listed = await (await ask({ id: 2, method: 'tools/list', params: {} }, session)).text();
    const tools = [
      ...new Set([...listed.matchAll(/"name":"((?:jira|confluence)_\w+)"/g)].map(([, name]) => name ?? '')),
    ];
    const reading = tools.filter((name) => toolReadsOnly(name));
    const isGood = begun.status === 200 && tools.length > 10;
    if (!isGood) failed += 1;
    console.log(
      `mcp-atlassian: ${isGood ? 'passed' : 'FAILED'} (without a credential ${without}, ${tools.length} tools, ${reading.length} taken to read)`,
    );
    if (process.argv.includes('--tools'))
      console.log({ reading, changing: tools.filter((name) => !reading.includes(name)) });
  } catch (fault) {
    failed += 1;
    console.log(`mcp-atlassian: FAILED (${fault instanceof Error ? fault.message : String(fault)})`);
  } finally {
    running.dispose();
  }
}
