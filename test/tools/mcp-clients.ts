// MCP clients sign in by themselves, call a tool, and outlive tokens: the official SDKs for TypeScript and Python, and
// mcp-remote. What cannot be installed here is said. Prints a row for each. No time passes but that of a clock which this
// program moves between calls, so that nothing depends on how fast the machine is.
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
import { FakeClock } from '../fakes/fake-clock.ts';
import { TYPESCRIPT_SDKS, type Connect } from '../integration/support/mcp-sdks.ts';
import { startMcpWorld, type McpWorld } from '../integration/support/mcp-world.ts';
import { MemoryOAuthProvider } from '../integration/support/memory-oauth-provider.ts';
import { nodeProgram, pythonProgram } from './support/installed.ts';
import { stdioClient } from './support/stdio-client.ts';

const PYTHON_SDKS = [
  ['mcp==1.30.0', ['sessions']],
  ['mcp==2.3.0', ['auto', 'legacy']],
] as const;
const MCP_ATLASSIAN = 'mcp-atlassian==0.23.1';
const MCP_REMOTE = 'mcp-remote@0.15.1';

const here = import.meta.dirname;
const LIMIT_MS = 60_000;

/** The server's tokens last 10 minutes, those of clients an hour. */
const PAUSES_SECONDS = [0, 601, 601, 601, 3601];

interface Client {
  /** Calls the tool, `seconds` after the last call; gives what it said. */
  call: (seconds: number) => Promise<string>;
  /** How often the person had to sign in so far. */
  signIns: () => number;
  end: () => void;
}

type Start = (world: McpWorld) => Promise<Client>;

const withPython =
  (file: string, mode: string): Start =>
  (world) => {
    const args = [path.join(here, 'mcp_sdk.py'), world.url, mode];
    const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    let signIns = 0;
    return Promise.resolve({
      call: async (seconds) => {
        child.stdin.write(`${seconds}\n`);
        const line = await lines.next();
        if (line.done === true) throw new Error('it ended');
        const answer = JSON.parse(line.value) as { signIns: number; text: string };
        ({ signIns } = answer);
        return answer.text;
      },
      signIns: () => signIns,
      end: () => child.kill(),
    });
  };

/** As a client of stdio uses it; the person's browser is played here. */
const withMcpRemote =
  (file: string, protocol: readonly string[]): Start =>
  async (world) => {
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
    const client = await stdioClient('mcp-remote', child);
    return {
      call: () => client.callTool('atlassianUserInfo', {}),
      signIns: () => signIns,
      end: () => {
        child.kill();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  };

const withTypescript =
  (connect: Connect): Start =>
  async (world) => {
    const provider = new MemoryOAuthProvider();
    const connected = await connect(world.url, provider, world.browse);
    return {
      call: async () => {
        const { content } = await connected.call('atlassianUserInfo');
        return (content as { text: string }[])[0]?.text ?? '';
      },
      signIns: () => provider.signIns,
      end: () => void connected.close(),
    };
  };

let failed = 0;
async function row(name: string, start: Start | null): Promise<void> {
  if (start === null) {
    console.log(`${name}: not run here (cannot be installed)`);
    return;
  }
  const clock = new FakeClock(Date.now());
  const world = await startMcpWorld(clock);
  world.consenting();
  let client: Client | null = null;
  const limit = setTimeout(() => {
    client?.end();
  }, LIMIT_MS);
  try {
    client = await start(world);
    const texts = new Set<string>();
    for (const seconds of PAUSES_SECONDS) {
      await clock.advanceAsync(seconds * 1000);
      texts.add(await client.call(seconds));
    }
    const calls = world.sandbox.control.mcpCalls();
    const tools = calls.filter(({ tool }) => tool !== null);
    const tokens = new Set(tools.map(({ token }) => token)).size;
    const revisions = [...new Set(tools.map(({ protocol }) => protocol ?? 'none'))].join(', ');
    const begun = calls.filter(({ method }) => ['initialize', 'server/discover'].includes(method)).length;
    const signIns = client.signIns();
    const isGood =
      signIns === 1 &&
      texts.size === 1 &&
      [...texts][0]?.includes('ana@acme.example') === true &&
      tokens === PAUSES_SECONDS.length;
    if (!isGood) failed += 1;
    console.log(
      `${name}: ${isGood ? 'passed' : 'FAILED'} (revision ${revisions}, ${signIns} sign-in, ${tools.length} calls, ${tokens} tokens of the server, ${begun} beginning)`,
    );
  } catch (fault) {
    failed += 1;
    console.log(`${name}: FAILED (${fault instanceof Error ? fault.message : String(fault)})`);
  } finally {
    clearTimeout(limit);
    client?.end();
    await world.dispose();
  }
}

for (const [name, connect] of TYPESCRIPT_SDKS) await row(name, withTypescript(connect));
for (const [version, modes] of PYTHON_SDKS) {
  const sdk = pythonProgram([version], 'python');
  for (const mode of modes)
    await row(`Python SDK ${version}, ${mode}`, sdk === null ? null : withPython(sdk, mode));
}
const remote = nodeProgram(MCP_REMOTE, 'node_modules/mcp-remote/dist/proxy.js');
await row(MCP_REMOTE, remote === null ? null : withMcpRemote(remote, []));
await row(
  `${MCP_REMOTE}, newest revision`,
  remote === null ? null : withMcpRemote(remote, ['--protocol', 'auto']),
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
