import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ROOT, startApp, type CliAnswer, type RunningApp } from '../e2e/support/app.ts';
import { connect } from './support/connect.ts';

const EXPLORER = path.join(ROOT, 'test/integration/support/explorer.mjs');
/** Root has to say that it knows. */
const ISOLATED = process.getuid?.() === 0 ? '--isolated-as-root' : '--isolated';

let root: string;
let project: string;
let app: RunningApp;
let name: string;
const opened: { close: () => unknown }[] = [];

beforeAll(async () => {
  root = mkdtempSync('/tmp/tokentray-isolated-');
  project = path.join(root, 'project');
  for (const folder of ['person', 'data', 'project']) mkdirSync(path.join(root, folder), { mode: 0o700 });
  app = await startApp([], {
    home: path.join(root, 'data'),
    env: { HOME: path.join(root, 'person'), TMPDIR: undefined },
    keepHome: true,
  });
  const connected = await connect(app);
  if ('error' in connected) throw new Error(connected.error.message);
  ({ name } = connected.connection);
});
afterAll(async () => {
  for (const each of opened) each.close();
  await app.stop();
  rmSync(root, { recursive: true, force: true });
});

const isolated = (...command: string[]): Promise<CliAnswer> =>
  app.cli(['run', name, '--gateway', ISOLATED, '--', ...command], { cwd: project });

/** Somebody listens, who would do anything for anybody. */
async function listen(place: string): Promise<string> {
  const server = createServer((socket) => socket.end('what may I do for you?'));
  server.listen(place);
  await once(server, 'listening');
  opened.push(server);
  return place;
}

it('leaves no way out but the gateway: processes, sockets, ports, names, files', async () => {
  const envFile = path.join(project, '.env');
  const mcpFile = path.join(root, 'person', '.cursor', 'mcp.json');
  const store = path.join(root, 'data', 'sandbox', 'tokentray.db');
  expect((await app.cli(['export', 'add', envFile, '--connection', name])).code).toBe(0);
  const added = (await app.cli(['gateway', 'add', name, '--name', 'mine', '--json'])).json() as {
    key: string;
    addresses: { url: string }[];
  };
  const gatewayUrl = added.addresses[0]?.url ?? '';
  expect((await app.cli(['mcp', 'add', 'cursor', '--server', 'mcp-atlassian', '--yes'])).stderr).toContain(
    'cursor',
  );
  writeFileSync(
    mcpFile,
    readFileSync(mcpFile, 'utf8').replace(
      '"url"',
      `"headers": { "Authorization": "Bearer ${added.key}" }, "url"`,
    ),
  );
  const before = readFileSync(envFile, 'utf8');
  expect([before, readFileSync(mcpFile, 'utf8')]).toEqual([
    expect.stringContaining('ATLASSIAN_ACCESS_TOKEN='),
    expect.stringContaining(added.key),
  ]);

  const id = path.basename(root);
  const later = path.join('/tmp', `${id}-agent.sock`);
  const places = [
    await listen(path.join(root, 'person', 'agent.sock')),
    await listen(`\0${id}`),
    app.socket,
    later,
  ];
  const ports = [gatewayUrl, app.url, app.sandboxUrl].map((url) => Number(new URL(url).port));
  const files = [envFile, mcpFile, store];
  const running = isolated(
    process.execPath,
    EXPLORER,
    JSON.stringify({ places, ports, files, keys: [added.key] }),
  );
  await expect.poll(() => existsSync(path.join(project, 'ready')), { timeout: 20_000 }).toBe(true);
  // Made while it runs, as a new token is.
  await listen(later);
  opened.push({
    close: () => {
      rmSync(later, { force: true });
    },
  });
  expect((await app.cli(['refresh', name])).code).toBe(0);
  await expect.poll(() => readFileSync(envFile, 'utf8')).not.toBe(before);
  await new Promise((resolve) => setTimeout(resolve, 500));
  writeFileSync(path.join(project, 'go'), '');

  const { stdout, stderr } = await running;
  expect(stderr).toBe('');
  const found = JSON.parse(stdout) as Record<string, unknown> & { others: { seen: number }; port: number };
  expect(found.others.seen).toBeGreaterThan(3);
  expect(found).toEqual({
    others: { read: [], seen: expect.any(Number) as number },
    glimpsed: '',
    port: found.port,
    listening: [found.port],
    // A key that it finds somewhere is none here.
    gateway: [200, 401],
    ports: Object.fromEntries(ports.map((port) => [port, 'ECONNREFUSED'])),
    sockets: {
      [places[0] ?? '']: 'ECONNREFUSED',
      [`\0${id}`]: 'ECONNREFUSED',
      [app.socket]: 'ENOENT',
      [later]: 'ENOENT',
    },
    internet: 'ENETUNREACH',
    names: ['closed', 'closed'],
    files: { [envFile]: '', [mcpFile]: '', [store]: 'ENOENT' },
  });
});

it('leaves tools their work: git, Node and Python in the project, temporary files, results', async () => {
  const { code, stdout, stderr } = await isolated(
    'sh',
    '-ec',
    `git init -q . && echo one > kept.txt && git add kept.txt
     git -c user.name=a -c user.email=a@b.example commit -qm first && git log --format=%s
     "${process.execPath}" -e 'const fs = require("fs"); fs.writeFileSync("node.txt", fs.readFileSync("kept.txt", "utf8").repeat(2))'
     python3 -c 'import tempfile, shutil; f = tempfile.NamedTemporaryFile(delete=False); f.write(b"three"); f.close(); shutil.move(f.name, "python.txt")'
     mkdir -p sub && cd sub && cat ../node.txt && test -w /dev/shm && touch "$HOME/seen"`,
  );
  expect([stderr, stdout, code]).toEqual(['', 'first\none\none\n', 0]);
  expect(
    ['kept.txt', 'node.txt', 'python.txt'].map((file) => readFileSync(path.join(project, file), 'utf8')),
  ).toEqual(['one\n', 'one\none\n', 'three']);
  expect(existsSync(path.join(root, 'person', 'seen'))).toBe(true);
  const status = await promisify(execFile)('git', ['-C', project, 'status', '--porcelain', 'kept.txt']);
  expect(status.stdout).toBe('');
});

it('does not run where the folder it starts in is not there for it', async () => {
  const command = ['run', name, '--gateway', ISOLATED, '--', 'true'];
  for (const cwd of ['/tmp', path.join(root, 'data')])
    expect(await app.cli(command, { cwd })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('which an isolated command does not see') as string,
    });
});
