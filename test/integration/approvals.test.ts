import { spawn, spawnSync, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { realpathSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import path from 'node:path';
import process from 'node:process';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { HeldRequestView } from '../../contract/gateway.ts';
import type { GrantView } from '../../contract/grants.ts';
import { createAskPeer } from '../../main/programs/ask-peer.ts';
import { isolatedEnv, ROOT, startApp, type RunningApp } from '../e2e/support/app.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';
import { connect } from './support/connect.ts';

const CLI = path.join(ROOT, 'out/cli/tokentray.cjs');
const hasPython = spawnSync('python3', ['--version']).status === 0;

let app: RunningApp;
let folder: string;
let token: string;

beforeAll(async () => {
  app = await startApp();
  await connect(app, { sites: ['acme'] }, ['--name', 'acme']);
  token = (await app.cli(['get'])).stdout.trim();
  expect((await app.cli(['grants', 'require', 'acme'])).code).toBe(0);
});
afterAll(() => app.stop());

beforeEach(async () => {
  folder = realpathSync(temporaryFolder());
  await app.cli(['grants', 'revoke', '--all']);
});

interface Program {
  child: ChildProcessByStdio<null, Readable, Readable>;
  ended: Promise<{ code: number | null; out: string; err: string }>;
}

/** In a terminal session of its own: that of the tests may have lost its first process, and so be none. */
function start(command: string, args: readonly string[]): Program {
  const child = spawn(command, args, {
    env: isolatedEnv(app.home),
    cwd: folder,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (piece: Buffer) => (out += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (err += piece.toString()));
  const ended = new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    child.on('close', (code) => {
      resolve({ code, out, err });
    });
  });
  return { child, ended };
}

/** A script that asks through the command line, `times` at once, and ends with the exit codes. */
function script(name: string, times = 1): string {
  const file = path.join(folder, name);
  writeFileSync(
    file,
    `import { spawn } from 'node:child_process';
     const get = () => new Promise((resolve) => {
       spawn(process.execPath, [${JSON.stringify(CLI)}, 'get'], { stdio: 'inherit' }).on('exit', resolve);
     });
     const codes = await Promise.all(Array.from({ length: ${times} }, get));
     process.exit(Math.max(...codes));`,
  );
  return file;
}

const held = async (): Promise<HeldRequestView[]> =>
  (await app.cli(['gateway', 'held', '--json'])).json() as HeldRequestView[];

async function waiting(count = 1): Promise<HeldRequestView[]> {
  await expect.poll(async () => (await held()).length, { timeout: 5000, interval: 30 }).toBe(count);
  return held();
}

const grants = async (): Promise<GrantView[]> =>
  (await app.cli(['grants', 'list', '--json'])).json() as GrantView[];

const answer = (decision: 'approve' | 'deny', { id }: HeldRequestView, ...more: string[]) =>
  app.cli(['gateway', decision, id, ...more]);

describe('a program that asks for a token', () => {
  it('is named, not the command line that it runs, and waits for the answer', async () => {
    const file = script('deploy.mjs');
    const program = start(process.execPath, [file]);
    const [prompt] = await waiting();
    expect(prompt).toMatchObject({
      consumer: { kind: 'program', name: 'deploy.mjs' },
      connection: { name: 'acme' },
      summary: 'Get the access token',
      program: {
        executable: realpathSync(process.execPath),
        script: file,
        pid: program.child.pid,
        folder,
        contained: false,
        lasts: ['once', 'session', 'day', 'always'],
      },
    });
    expect(prompt?.program?.startedBy).not.toContain('tokentray.cjs');
    expect((await answer('approve', prompt!)).code).toBe(0);
    expect(await program.ended).toEqual({
      code: 0,
      out: `${token}\n`,
      err: 'Waiting for your approval in Tokentray …\n',
    });
    expect(await grants()).toEqual([]);
  });

  it('gets one question for all that it asks at once, and none once it is allowed', async () => {
    const file = script('many.mjs', 4);
    const program = start(process.execPath, [file]);
    const [prompt] = await waiting();
    await expect
      .poll(async () => (await app.cli(['log', '--json'])).stdout.match(/"program.asked"/g)?.length)
      .toBeGreaterThan(0);
    expect((await answer('approve', prompt!, '--for', 'always')).code).toBe(0);
    expect(await program.ended).toMatchObject({ code: 0, out: `${token}\n`.repeat(4) });
    expect(await grants()).toMatchObject([
      { program: { name: 'many.mjs', script: file }, decision: 'allow', lasts: 'always' },
    ]);
    expect(await start(process.execPath, [file]).ended).toMatchObject({ code: 0, err: '' });
    expect((await grants())[0]?.lastUsedAt).not.toBeNull();
    const other = start(process.execPath, [script('other.mjs')]);
    await answer('deny', (await waiting())[0]!);
    expect((await other.ended).code).toBe(1);
  });

  it('is told that it was denied, and is not asked about again while that holds', async () => {
    const file = script('bad.mjs');
    const program = start(process.execPath, [file]);
    await answer('deny', (await waiting())[0]!, '--for', 'day');
    const denied = await program.ended;
    expect(denied).toMatchObject({ code: 1, out: '' });
    expect(denied.err).toContain('“bad.mjs” may not use “acme”: it was denied in Tokentray.');
    const again = await start(process.execPath, [file]).ended;
    expect(again).toMatchObject({ code: 1, out: '' });
    expect(again.err).toContain('still holds');
    expect((await app.cli(['grants', 'revoke', 'bad.mjs'])).code).toBe(0);
    const asked = start(process.execPath, [file]);
    await answer('approve', (await waiting())[0]!);
    expect((await asked.ended).code).toBe(0);
  });

  it('is asked about no longer when it went away', async () => {
    const file = path.join(folder, 'leaves.sh');
    writeFileSync(file, `exec "${process.execPath}" "${CLI}" get\n`);
    const program = start('bash', [file]);
    await waiting();
    program.child.kill('SIGKILL');
    expect(await waiting(0)).toEqual([]);
  });

  it('waits in the native client as in the Node one', async () => {
    const file = path.join(folder, 'native.sh');
    writeFileSync(file, `"${path.join(ROOT, 'out/native/tokentray')}" get\ntrue\n`);
    const program = start('bash', [file]);
    const [prompt] = await waiting();
    expect(prompt?.program).toMatchObject({ name: 'native.sh', script: file });
    await sleep(500);
    expect(await held()).toEqual([prompt]);
    await answer('approve', prompt!);
    expect(await program.ended).toEqual({
      code: 0,
      out: `${token}\n`,
      err: 'Waiting for your approval in Tokentray …\n',
    });
  });

  it('is a shell’s script by the file that the shell reads, wherever it goes', async () => {
    const file = path.join(folder, 'moves.sh');
    writeFileSync(file, `cd /\n"${process.execPath}" "${CLI}" get\ntrue\n`);
    const program = start('bash', ['moves.sh']);
    const [prompt] = await waiting();
    expect(prompt?.program).toMatchObject({ name: 'moves.sh', script: file, folder: '/' });
    await answer('approve', prompt!);
    await program.ended;
  });

  it('cannot be known again as what is typed into a shell: not beyond its session', async () => {
    // As at a prompt: commands come in, and nothing says which.
    const file = path.join(folder, 'typed');
    writeFileSync(file, `"${process.execPath}" "${CLI}" get\ntrue\n`);
    const terminal = (times: number): Program =>
      start('sh', ['-c', `${'bash < "$0"; '.repeat(times)}true`, file]);
    const twice = terminal(2);
    const [prompt] = await waiting();
    expect(prompt?.program).toMatchObject({ name: 'bash', script: null, lasts: ['once', 'session'] });
    expect(await answer('approve', prompt!, '--for', 'always')).toMatchObject({ code: 2 });
    expect((await answer('approve', prompt!, '--for', 'session')).code).toBe(0);
    expect((await twice.ended).out).toBe(`${token}\n`.repeat(2));
    const elsewhere = terminal(1);
    await answer('deny', (await waiting())[0]!);
    expect((await elsewhere.ended).out).toBe('');
  });

  it('is the program that runs a command through a shell, as git runs its helpers', async () => {
    const file = path.join(folder, 'build.mjs');
    const command = `X=1 "${process.execPath}" "${CLI}" get "$@"; true`;
    writeFileSync(
      file,
      `import { spawnSync } from 'node:child_process';
       spawnSync('sh', ['-c', ${JSON.stringify(command)}], { stdio: 'inherit' });`,
    );
    const program = start(process.execPath, [file]);
    const [prompt] = await waiting();
    expect(prompt?.program).toMatchObject({ name: 'build.mjs', script: file, pid: program.child.pid });
    await answer('approve', prompt!);
    expect((await program.ended).out).toBe(`${token}\n`);
  });

  it('is the command of “tokentray run”', async () => {
    const file = path.join(folder, 'tool.mjs');
    writeFileSync(file, `process.stdout.write(process.env.ATLASSIAN_ACCESS_TOKEN)`);
    const program = start(process.execPath, [CLI, 'run', '--', process.execPath, file]);
    const [prompt] = await waiting();
    expect(prompt).toMatchObject({
      summary: 'Get the variables of atlassian',
      program: { name: 'tool.mjs', script: file },
    });
    await answer('approve', prompt!);
    expect(await program.ended).toMatchObject({ code: 0, out: token });
  });

  it('is asked about before a run through the gateway gets its key', async () => {
    const program = start(process.execPath, [CLI, 'run', '--gateway', '--', 'true']);
    const [prompt] = await waiting();
    expect(prompt).toMatchObject({ summary: 'Use it through the gateway', program: { name: 'true' } });
    await answer('deny', prompt!);
    expect((await program.ended).code).toBe(1);
  });
});

describe.runIf(hasPython)('a program that hides', () => {
  const ASK = `import os, socket, sys, time
body = b'{"field":"access_token"}'
request = b'POST /v1/credentials.get HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\nContent-Type: application/json\\r\\nContent-Length: %d\\r\\n\\r\\n' % len(body) + body
`;
  const SEND = `s.sendall(request)
print(s.makefile().read().splitlines()[0])
`;

  it('behind another program that it becomes after it connected: what runs when it asks is named', async () => {
    const second = path.join(folder, 'second.py');
    writeFileSync(second, `${ASK}s = socket.socket(socket.AF_UNIX, fileno=int(sys.argv[1]))\n${SEND}`);
    const first = path.join(folder, 'first.py');
    writeFileSync(
      first,
      `${ASK}s = socket.socket(socket.AF_UNIX)
s.connect(sys.argv[1])
s.set_inheritable(True)
os.execv(sys.executable, [sys.executable, ${JSON.stringify(second)}, str(s.fileno())])`,
    );
    const program = start('python3', [first, app.socket]);
    const [prompt] = await waiting();
    expect(prompt?.program).toMatchObject({ name: 'second.py', pid: program.child.pid });
    await answer('deny', prompt!);
    expect((await program.ended).out).toContain('422');
  });

  it('behind a process that has ended: it is “A program”, and each answer holds once', async () => {
    const file = path.join(folder, 'orphan.py');
    writeFileSync(
      file,
      `${ASK}s = socket.socket(socket.AF_UNIX)
s.connect(sys.argv[1])
parent = os.getpid()
if os.fork() != 0: os._exit(0)
while os.getppid() == parent: time.sleep(0.01)
${SEND}`,
    );
    const program = start('python3', [file, app.socket]);
    const [prompt] = await waiting();
    expect(prompt?.program).toMatchObject({ name: 'A program', executable: null, lasts: ['once'] });
    await answer('approve', prompt!);
    expect((await program.ended).out).toContain('200');
  });
});

it('asks nobody about what is not secret, or is the person’s own export', async () => {
  expect((await app.cli(['get', '--field', 'site_url'])).code).toBe(0);
  const file = path.join(folder, '.env');
  expect((await app.cli(['export', 'add', file, '--connection', 'acme'])).code).toBe(0);
  expect((await app.cli(['export', 'remove', file])).code).toBe(0);
  expect(await held()).toEqual([]);
});

const hasSs = process.platform === 'linux' && spawnSync('ss', ['-V']).status === 0;

it.runIf(hasSs)('asks ss where there is no helper, and the connection goes on being read', async () => {
  const file = path.join(temporaryFolder(), 's');
  const server = createServer().listen(file);
  await once(server, 'listening');
  const code = `const s = require('node:net').connect(process.argv[1]);
    s.on('data', () => s.write('more'));`;
  const client = spawn(process.execPath, ['-e', code, file], { stdio: 'ignore' });
  onTestFinished(() => {
    client.kill('SIGKILL');
    server.close();
  });
  const [accepted] = (await once(server, 'connection')) as [Socket];
  const ask = createAskPeer({ helper: path.join(file, 'missing'), platform: 'linux' });
  expect(await ask(accepted)).toEqual({ pid: client.pid, uid: process.getuid?.() });
  accepted.write('go on');
  expect(String((await once(accepted, 'data'))[0])).toBe('more');
  expect(await createAskPeer({ helper: '', platform: 'win32' })(accepted)).toBeNull();
  accepted.destroy();
  expect(await ask(accepted)).toBeNull();
});
