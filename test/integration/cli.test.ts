import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { rolldown, type OutputOptions } from 'rolldown';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import config from '../../build/cli.rolldown.config.ts';
import { socketPath } from '../../contract/paths.ts';
import type { SignInStage } from '../../contract/sign-in.ts';
import { FakeCore } from '../fakes/fake-core.ts';
import { aConnection, connectionId, signInId } from '../fakes/window-data.ts';

let out: string;
let program: string;
let home: string;
let core: FakeCore;
let env: NodeJS.ProcessEnv;
const running = new Set<ChildProcessWithoutNullStreams>();

const socketOf = (folder: string) =>
  socketPath(folder, { platform: process.platform, env: {}, homedir: '', uid: process.getuid?.() ?? null });

beforeAll(async () => {
  out = mkdtempSync(path.join(tmpdir(), 'tokentray-out-'));
  const bundle = await rolldown(config);
  await bundle.write({ ...(config.output as OutputOptions), dir: path.join(out, 'cli') });
  await bundle.close();
  program = path.join(out, 'cli', 'tokentray.cjs');
});
afterAll(() => {
  rmSync(out, { recursive: true });
});
beforeEach(async () => {
  home = mkdtempSync(path.join(tmpdir(), 'tokentray-home-'));
  env = { PATH: process.env['PATH'], HOME: home, TOKENTRAY_HOME: home, TERM: 'xterm', LC_ALL: 'C.UTF-8' };
  core = await FakeCore.listen(socketOf(home), {
    'credentials.get': () => ({
      connection: { id: connectionId(1), name: 'acme' },
      field: 'access_token',
      value: 'the-token',
      expiresAt: null,
    }),
    'credentials.env': () => ({
      connection: { id: connectionId(1), name: 'acme' },
      variables: [{ name: 'ATLASSIAN_ACCESS_TOKEN', value: 'a b$c', secret: true }],
      text: '',
      expiresAt: null,
    }),
    'connections.list': () => ({ connections: [aConnection(1, Date.now(), { name: 'acme – ana' })] }),
  });
});
afterEach(async () => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
  await core.close();
  rmSync(home, { recursive: true });
});

interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  out: string;
  err: string;
}

function start(
  command: string,
  args: readonly string[],
): { child: ChildProcessWithoutNullStreams; ended: Promise<Ended> } {
  const child = spawn(command, args, { env, cwd: home });
  running.add(child);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (piece: Buffer) => (stdout += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (stderr += piece.toString()));
  return {
    child,
    ended: new Promise((resolve) => {
      child.on('close', (code, signal) => {
        running.delete(child);
        resolve({ code, signal, out: stdout, err: stderr });
      });
    }),
  };
}
const tokentray = (...args: string[]) => start(process.execPath, [program, ...args]);
const ended = (...args: string[]) => tokentray(...args).ended;
const shell = (script: string) => start('bash', ['-c', script, process.execPath, program]).ended;

/** Resolves when the process has said it. */
const says = (child: ChildProcessWithoutNullStreams, text: string) =>
  new Promise<void>((resolve) => {
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (piece: Buffer) => {
        said += piece.toString();
        if (said.includes(text)) resolve();
      });
    }
  });

describe('streams', () => {
  it('has the value and nothing else on stdout', async () => {
    expect(await ended('get')).toEqual({ code: 0, signal: null, out: 'the-token\n', err: '' });
  });

  it('is quiet when nobody reads on', async () => {
    const many = Array.from({ length: 20_000 }, () => aConnection(1, Date.now()));
    core.answers['connections.list'] = () => ({ connections: many });
    const { code, out: text, err } = await shell('"$0" "$1" list | head -n 1; echo "${PIPESTATUS[0]}"');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(text).toMatch(/^ +NAME .*\n0\n$/);
    expect(await shell('"$0" "$1" get >&-')).toMatchObject({ code: 0, err: '' });
  });

  it('writes a large list whole through a slow pipe', async () => {
    const many = Array.from({ length: 20_000 }, (_, n) => aConnection(n, Date.now()));
    core.answers['connections.list'] = () => ({ connections: many });
    const { out: text } = await shell('"$0" "$1" list --json | (sleep 0.3; cat)');
    expect(JSON.parse(text)).toHaveLength(20_000);
  });
});

describe('run', () => {
  const node = (script: string) => ended('run', '--', process.execPath, '-e', script);

  it('gives the command the variables, our arguments untouched and our streams', async () => {
    const { code, out: text } = await node(
      'console.log(process.env.ATLASSIAN_ACCESS_TOKEN, process.env.HOME)',
    );
    expect({ code, text }).toEqual({ code: 0, text: `a b$c ${home}\n` });
  });

  it.each([
    ['process.exit(42)', 42],
    ['process.kill(process.pid, "SIGTERM"); setTimeout(() => {}, 1e4)', 143],
  ])('ends like the command: %s', async (script, code) => {
    expect(await node(script)).toMatchObject({ code, signal: null });
  });

  it('tells a command that is not there from one that cannot be run', async () => {
    expect(await ended('run', '--', 'no-such-command')).toMatchObject({ code: 127 });
    writeFileSync(path.join(home, 'plain'), '');
    chmodSync(path.join(home, 'plain'), 0o644);
    expect(await ended('run', '--', './plain')).toMatchObject({ code: 126 });
  });

  it('hands signals on and waits for the command to end', async () => {
    const { child, ended: end } = tokentray(
      'run',
      '--',
      process.execPath,
      '-e',
      'process.on("SIGTERM", () => process.exit(7)); console.log("ready"); setTimeout(() => {}, 1e5)',
    );
    await says(child, 'ready');
    child.kill('SIGTERM');
    expect(await end).toMatchObject({ code: 7 });
  });
});

describe('with an app of its own', () => {
  /** Stands for `out/main/serve.js`: listens where it should, or ends with 1 where another does. */
  function installApp(): void {
    mkdirSync(path.join(out, 'main'), { recursive: true });
    writeFileSync(
      path.join(out, 'main', 'serve.js'),
      `const { createServer } = require('node:http'); const fs = require('node:fs');
       if (process.argv.includes('--background')) {
         const run = process.env.TOKENTRAY_HOME + '/run';
         fs.mkdirSync(run, { recursive: true });
         try { fs.mkdirSync(process.env.TOKENTRAY_HOME + '/lock'); } catch { process.exit(1); }
         fs.writeFileSync(process.env.TOKENTRAY_HOME + '/pid', String(process.pid));
         setTimeout(() => createServer((request, response) => {
           const { pid } = process;
           response.end(JSON.stringify(request.url === '/v1/clients.list' ? { clients: [{ pid }] } : {}));
         }).listen(run + '/api.sock'), 200);
         setTimeout(() => process.exit(0), 20000);
       } else {
         process.on('SIGINT', () => process.exit(5));
         console.log(JSON.stringify(process.argv.slice(2)));
         setTimeout(() => process.exit(9), process.argv.includes('--port') ? 0 : 20000);
       }`,
    );
  }

  it('starts it once for commands that come at once, and leaves it running', async () => {
    installApp();
    await core.close();
    const all = await Promise.all([
      ended('clients', '--json'),
      ended('clients', '--json'),
      ended('clients', '--json'),
    ]);
    const answers = all.map(({ code, out: text }) => ({
      code,
      clients: JSON.parse(text) as { pid: number }[],
    }));
    const pid = answers[0]?.clients[0]?.pid ?? 0;
    expect(answers).toEqual(Array(3).fill({ code: 0, clients: [{ pid }] }));
    process.kill(pid, 'SIGKILL');
  });

  it('serve ends like the app and hands signals on', async () => {
    installApp();
    expect(await ended('serve', '--port', '0')).toMatchObject({ code: 9, out: '["--port","0"]\n' });
    const { child, ended: end } = tokentray('serve', '--sandbox');
    await says(child, 'sandbox');
    child.kill('SIGINT');
    expect(await end).toMatchObject({ code: 5 });
  });
});

describe('at a terminal', () => {
  const waiting: SignInStage = {
    stage: 'waiting',
    authorizeUrl: 'https://auth.example/',
    redirectUri: 'http://127.0.0.1:7979/callback',
    listening: true,
    notice: null,
    deadline: new Date(Date.now() + 300_000).toISOString(),
  };
  const view = (stage: SignInStage) => ({ id: signInId(1), providerName: 'Atlassian Cloud', stage }) as never;

  /** The command on a terminal of its own (util-linux `script`); what is written to it is typed. */
  const terminal = (...args: string[]) =>
    start('script', [
      '--quiet',
      '--return',
      '--command',
      ['exec', process.execPath, program, ...args].join(' '),
      '/dev/null',
    ]);

  it('does not show a secret while it is typed', async () => {
    core.answers['clients.add'] = (input) => ({ ...input, hasSecret: true, connections: 0 }) as never;
    const { child, ended: end } = terminal(
      'clients',
      'add',
      'atlassian',
      '--client-id',
      'abc',
      '--name',
      'x',
      '--redirect-uri',
      'y',
    );
    await says(child, 'not shown');
    child.stdin.write('hunter2\r');
    const { code, out: text } = await end;
    expect({ code, shown: text.includes('hunter2') }).toEqual({ code: 0, shown: false });
    expect(core.inputs('clients.add')[0]?.clientSecret).toBe('hunter2');
  });

  it('cancels a sign-in on Ctrl-C', async () => {
    core.answers['sign-in.start'] = () => view(waiting);
    core.answers['sign-in.wait'] = () => new Promise<never>(() => undefined);
    core.answers['sign-in.cancel'] = () => view(waiting);
    const { child, ended: end } = terminal('connect', 'atlassian');
    await says(child, 'Ctrl-C cancels');
    child.stdin.write('\u0003');
    expect(await end).toMatchObject({ code: 1 });
    expect(core.inputs('sign-in.cancel')).toHaveLength(1);
  });

  it('takes a pasted address longer than a terminal’s own line', async () => {
    const callback = `http://127.0.0.1:7979/callback?code=${'c'.repeat(9000)}&state=s`;
    core.answers['sign-in.start'] = () => view(waiting);
    core.answers['sign-in.wait'] = () => new Promise<never>(() => undefined);
    core.answers['sign-in.complete'] = () => view({ stage: 'done', connection: connectionId(1) });
    const { child, ended: end } = terminal('connect', 'atlassian');
    await says(child, 'Ctrl-C cancels');
    child.stdin.write(`${callback}\r`);
    expect(await end).toMatchObject({ code: 0 });
    expect(core.inputs('sign-in.complete')[0]?.callbackUrl === callback).toBe(true);
  });
});

describe('completion in bash', () => {
  const complete = (...words: string[]) =>
    shell(
      `tokentray() { "$node" "$program" "$@"; }; node=$0 program=$1
       source <(tokentray completion bash)
       COMP_WORDS=(tokentray ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}
       _tokentray 2>/dev/null; printf '%s\\n' "\${COMPREPLY[@]}"`,
    );

  it.each([
    [['sta'], 'status\n'],
    [['use', ''], 'acme\\ –\\ ana\n'],
    [['use', 'acme\\ '], 'acme\\ –\\ ana\n'],
    [['get', '--field', 'cl'], 'cloud_id\n'],
  ])('completes %j', async (words, reply) => {
    expect(await complete(...words)).toMatchObject({ code: 0, out: reply });
  });
});
