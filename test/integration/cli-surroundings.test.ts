import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROOT } from '../e2e/support/app.ts';

const PROGRAM = path.join(ROOT, 'out/cli/tokentray.cjs');
/** Somebody without an account here. */
const OTHER = 23_456;
const root = process.getuid?.() === 0;

let folder: string;
const started = new Set<string>();

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tokentray-around-'));
  chmodSync(folder, 0o755);
});
afterEach(() => {
  for (const home of started) run(['stop'], { TOKENTRAY_HOME: home });
  started.clear();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
});

interface Given {
  cwd?: string;
  uid?: number;
  shell?: string;
}

/** Runs the real command line, in surroundings of its own. */
function run(args: readonly string[], env: NodeJS.ProcessEnv, { cwd = folder, uid, shell }: Given = {}) {
  const common = {
    encoding: 'utf8',
    cwd,
    timeout: 30_000,
    env: { PATH: process.env['PATH'], ...env },
    ...(uid === undefined ? {} : { uid, gid: uid }),
  } as const;
  const { status, stdout, stderr } =
    shell === undefined
      ? spawnSync(process.execPath, [PROGRAM, ...args], common)
      : spawnSync('sh', ['-c', shell, process.execPath, PROGRAM, ...args], common);
  return { code: status, out: stdout, err: stderr };
}

/** A data folder that is stopped afterwards. */
function aHome(): string {
  const home = path.join(folder, 'home');
  mkdirSync(home, { mode: 0o700 });
  started.add(home);
  return home;
}

const errorOf = (out: string) =>
  (JSON.parse(out.trim()) as { error: { code: string; message: string; hint: string } }).error;

describe('the app starts in the background', () => {
  it.each<[string, (home: string) => [NodeJS.ProcessEnv, Given]]>([
    [
      'from a folder that was deleted',
      (home) => [
        { TOKENTRAY_HOME: home, HOME: home },
        { shell: 'd=$(mktemp -d); cd $d; rmdir $d; exec "$0" "$@"' },
      ],
    ],
    ['without HOME', (home) => [{ TOKENTRAY_HOME: home }, {}]],
    ['with a HOME that is not there', (home) => [{ TOKENTRAY_HOME: home, HOME: '/nowhere' }, {}]],
    ['with HOME=/', (home) => [{ TOKENTRAY_HOME: home, HOME: '/' }, {}]],
    [
      'with a preload that only our folder has',
      (home) => {
        writeFileSync(path.join(folder, 'x.cjs'), '');
        return [{ TOKENTRAY_HOME: home, HOME: home, NODE_OPTIONS: '--require ./x.cjs' }, {}];
      },
    ],
    [
      'with what Electron and a debugger were told',
      (home) => [{ TOKENTRAY_HOME: home, ELECTRON_RUN_AS_NODE: '1', NODE_V8_COVERAGE: './coverage' }, {}],
    ],
  ])('%s', (_, given) => {
    expect(run(['list', '--json'], ...given(aHome()))).toEqual({ code: 0, out: '[]\n', err: '' });
  });

  it.runIf(root)('for a user without an account', () => {
    const home = aHome();
    chownSync(home, OTHER, OTHER);
    expect(run(['list', '--json'], { TOKENTRAY_HOME: home }, { uid: OTHER })).toEqual({
      code: 0,
      out: '[]\n',
      err: '',
    });
    run(['stop'], { TOKENTRAY_HOME: home }, { uid: OTHER });
  });

  it('and SIGUSR1 opens no debugger in it', async () => {
    const home = aHome();
    run(['list'], { TOKENTRAY_HOME: home });
    const { pid } = JSON.parse(run(['status', '--json'], { TOKENTRAY_HOME: home }).out) as { pid: number };
    const sockets = () =>
      readdirSync(`/proc/${pid}/fd`).filter((fd) =>
        readlinkSync(`/proc/${pid}/fd/${fd}`).startsWith('socket:'),
      );
    // The connections of the commands before are closed by then.
    const settled = () => new Promise((resolve) => setTimeout(resolve, 500));
    await settled();
    const before = sockets().length;
    process.kill(pid, 'SIGUSR1');
    await settled();
    expect(sockets().length).toBe(before);
    expect(run(['status'], { TOKENTRAY_HOME: home }).code).toBe(0);
  });
});

it('the installed script takes no options of Node that were meant for another, and hands them on', () => {
  const home = aHome();
  const bin = path.join(folder, 'resources', 'bin');
  mkdirSync(bin, { recursive: true });
  copyFileSync(path.join(ROOT, 'build/command/tokentray'), path.join(bin, 'tokentray'));
  cpSync(path.join(ROOT, 'out/cli'), path.join(folder, 'resources', 'cli'), { recursive: true });
  const shell = `exec ${path.join(bin, 'tokentray')} status --json`;
  const env = {
    TOKENTRAY_HOME: home,
    TOKENTRAY_NODE: process.execPath,
    NODE_OPTIONS: '--require ./gone.cjs',
  };
  const { code, out, err } = run([], env, { shell });
  expect({ code, err }).toEqual({ code: 3, err: '' });
  expect(JSON.parse(out)).toMatchObject({ running: false });
});

describe('one clear line, with the cure', () => {
  it.runIf(root)('where the data folder cannot be made', () => {
    const { code, out } = run(['get', '--json'], { HOME: '/nowhere' }, { uid: OTHER });
    expect(code).toBe(3);
    expect(errorOf(out)).toMatchObject({
      code: 'not-reachable',
      message: expect.stringMatching(/^The app could not start\. .*\/nowhere/) as string,
      hint: expect.stringContaining('TOKENTRAY_HOME') as string,
    });
    const served = run(['serve', '--no-open'], { HOME: '/nowhere' }, { uid: OTHER });
    expect(served.code).toBe(1);
    expect(served.err).toMatch(/^tokentray: .*\n {2}.*TOKENTRAY_HOME.*\n$/);
  });

  it.runIf(root)('for a user without a home', () => {
    const { code, err } = run(['get'], {}, { uid: OTHER });
    expect({ code, err }).toEqual({
      code: 1,
      err:
        'tokentray: There is no home folder: HOME is not set, and the system has none for this user.\n' +
        '  Set HOME, or set TOKENTRAY_HOME to a folder of your own.\n',
    });
  });

  it.runIf(root)('where sudo left a data folder of root', () => {
    const home = path.join(folder, 'ana');
    mkdirSync(path.join(home, '.config', 'tokentray'), { recursive: true });
    chownSync(home, OTHER, OTHER);
    chownSync(path.join(home, '.config'), OTHER, OTHER);
    chmodSync(path.join(home, '.config', 'tokentray'), 0o700);
    for (const command of ['get', 'list', 'status', 'stop', 'serve']) {
      const { code, err } = run([command], { HOME: home }, { uid: OTHER });
      expect({ command, code, err }).toEqual({
        command,
        code: 3,
        err:
          `tokentray: The data folder ${home}/.config/tokentray belongs to root.\n` +
          `  Tokentray was probably run with sudo once. Take it back: sudo chown -R ${OTHER} ${home}/.config/tokentray\n`,
      });
    }
    expect(run(['doctor'], { HOME: home }, { uid: OTHER }).out).toContain('belongs to root');
  });

  it.runIf(root)('where root would leave one', () => {
    chownSync(folder, OTHER, OTHER);
    const { code, err } = run(['list'], { HOME: folder });
    expect(code).toBe(1);
    expect(err).toContain('Run Tokentray as that user, without sudo');
  });
});

describe.runIf(root)('a socket that another user planted', () => {
  it('is told nothing, not even by commands that send a secret', async () => {
    const home = aHome();
    mkdirSync(path.join(home, 'run'), { mode: 0o777 });
    let bytes = 0;
    const server = createServer((_, response) => response.end('{"value":"foreign"}'));
    server.on('connection', () => (bytes += 1));
    const socket = path.join(home, 'run', 'api.sock');
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    chownSync(socket, OTHER, OTHER);
    for (const args of [['get'], ['clients', 'add', 'atlassian', '--client-id', 'x'], ['status'], ['stop']]) {
      const child = spawn(process.execPath, [PROGRAM, ...args], {
        env: { PATH: process.env['PATH'], TOKENTRAY_HOME: home },
        stdio: ['pipe', 'pipe', 'pipe'],
      });
      child.stdin.end('a-secret\n');
      const code = await new Promise((resolve) => child.on('close', resolve));
      expect({ args, code }).toEqual({ args, code: 1 });
    }
    expect(bytes).toBe(0);
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('a full device', () => {
  it.each([
    ['--version'],
    ['--help'],
    ['list'],
    ['list', '--json'],
    ['nonsense', '--json'],
    ['completion', 'bash'],
  ])('is told on stderr: %s %s', (...args) => {
    const home = aHome();
    const { code, err } = run(args, { TOKENTRAY_HOME: home }, { shell: 'exec "$0" "$@" >/dev/full' });
    if (args.join() === 'list') expect(code).toBe(0);
    else
      expect({ code, err }).toEqual({
        code: 1,
        err: 'tokentray: The output could not be written: the disk is full.\n  The command itself may have succeeded.\n',
      });
  });

  it('ends with 1 where nothing can be told', () => {
    expect(run(['--version'], {}, { shell: 'exec "$0" "$@" >/dev/full 2>/dev/full' })).toMatchObject({
      code: 1,
    });
  });
});
