import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { rolldown, type OutputOptions } from 'rolldown';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import config from '../../../build/cli.rolldown.config.ts';
import { socketPath } from '../../../contract/paths.ts';
import { FakeCore } from '../../fakes/fake-core.ts';
import { aConnection, connectionId } from '../../fakes/window-data.ts';

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  out: string;
  err: string;
}

export interface Started {
  child: ChildProcessWithoutNullStreams;
  ended: Promise<Ended>;
}

const socketOf = (folder: string): string =>
  socketPath(folder, { platform: process.platform, env: {}, homedir: '', uid: process.getuid?.() ?? null });

/** The real command line, bundled as it ships, with a home of its own for each test and a fake core that answers it. */
export class CommandLine {
  /** Holds `cli/`, as `out` does. */
  out = '';
  home = '';
  core!: FakeCore;
  env: NodeJS.ProcessEnv = {};
  readonly #running = new Set<ChildProcessWithoutNullStreams>();

  get program(): string {
    return path.join(this.out, 'cli', 'tokentray.cjs');
  }

  async build(): Promise<void> {
    this.out = mkdtempSync(path.join(tmpdir(), 'tokentray-out-'));
    const bundle = await rolldown(config);
    await bundle.write({ ...(config.output as OutputOptions), dir: path.join(this.out, 'cli') });
    await bundle.close();
  }

  async begin(): Promise<void> {
    this.home = mkdtempSync(path.join(tmpdir(), 'tokentray-home-'));
    const { home } = this;
    this.env = {
      PATH: process.env['PATH'],
      HOME: home,
      TOKENTRAY_HOME: home,
      TERM: 'xterm',
      LC_ALL: 'C.UTF-8',
    };
    this.core = await FakeCore.listen(socketOf(home), {
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
  }

  async end(): Promise<void> {
    for (const child of this.#running) child.kill('SIGKILL');
    this.#running.clear();
    await this.core.close();
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  start(command: string, args: readonly string[], cwd = this.home): Started {
    const child = spawn(command, args, { env: this.env, cwd });
    this.#running.add(child);
    let out = '';
    let err = '';
    child.stdout.on('data', (piece: Buffer) => (out += piece.toString()));
    child.stderr.on('data', (piece: Buffer) => (err += piece.toString()));
    return {
      child,
      ended: new Promise((resolve) => {
        child.on('close', (code, signal) => {
          this.#running.delete(child);
          resolve({ code, signal, out, err });
        });
      }),
    };
  }

  tokentray(...args: string[]): Started {
    return this.start(process.execPath, ['--', this.program, ...args]);
  }

  /** Runs a bash script; `"$0" -- "$1"` is the command line, or without `--` where Node has none of its options. */
  shell(script: string): Promise<Ended> {
    return this.start('bash', ['-c', script, process.execPath, this.program]).ended;
  }

  /** Runs a command on a terminal of its own (util-linux `script`); what is written to it is typed. */
  terminal(command: string): Started {
    return this.start('script', ['--quiet', '--return', '--command', command, '/dev/null']);
  }
}

const SAY_LIMIT_MS = 20_000;

/** Resolves when the process says it from now on; rejects with what it said instead. */
export const says = (child: ChildProcessWithoutNullStreams, text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    let said = '';
    const late = setTimeout(() => {
      reject(new Error(`it did not say ${JSON.stringify(text)} but ${JSON.stringify(said)}`));
    }, SAY_LIMIT_MS);
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (piece: Buffer) => {
        said += piece.toString();
        if (!said.includes(text)) return;
        clearTimeout(late);
        resolve();
      });
    }
  });

/** Builds the command line for the tests of a file. */
export function commandLine(): CommandLine {
  const line = new CommandLine();
  beforeAll(() => line.build());
  afterAll(() => {
    rmSync(line.out, { recursive: true });
  });
  beforeEach(() => line.begin());
  afterEach(() => line.end());
  return line;
}
