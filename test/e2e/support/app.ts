import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { run } from '../../integration/support/run.ts';

export const ROOT = path.resolve(import.meta.dirname, '../../..');

export interface CliAnswer {
  code: number;
  stdout: string;
  stderr: string;
  /** The first JSON document on stdout. */
  json: () => unknown;
}

/** The ways around the window. */
export interface AppControls {
  /** What stands in `TOKENTRAY_HOME`. */
  home: string;
  sandboxUrl: string;
  /** Runs `tokentray …` against this app. */
  cli: (args: string[], options?: { input?: string; cwd?: string }) => Promise<CliAnswer>;
  /** Steers the sandbox, such as `down`. */
  sandbox: (path: string, body?: object) => Promise<unknown>;
}

export interface RunningApp extends AppControls {
  url: string;
  socket: string;
  process: ChildProcess;
  /** The exit code, or the signal's name, once it has ended. */
  ended: Promise<number | string>;
  stop: () => Promise<void>;
}

/** Environment for our processes: a home of their own, no desktop, no keychain. */
export const isolatedEnv = (home: string): NodeJS.ProcessEnv => {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, FORCE_COLOR: _color, ...rest } = process.env;
  // The bus of systemd would be found without a name.
  return { ...rest, TOKENTRAY_HOME: home, DBUS_SESSION_BUS_ADDRESS: 'disabled:', NO_COLOR: '1' };
};

/** Runs the compiled command line. */
export async function runCli(
  args: string[],
  env: NodeJS.ProcessEnv,
  { input = '', cwd = ROOT }: { input?: string; cwd?: string } = {},
): Promise<CliAnswer> {
  const program = path.join(ROOT, 'out/cli/tokentray.cjs');
  const answer = await run(process.execPath, [program, ...args], { env, cwd, input });
  return { ...answer, json: () => JSON.parse(answer.stdout.split('\n', 1)[0] ?? '') as unknown };
}

/** The controls of the app in `home` whose environment is `env`. */
export const controlsOf = (home: string, env: NodeJS.ProcessEnv, sandboxUrl: string): AppControls => ({
  home,
  sandboxUrl,
  cli: (args, options) => runCli(args, env, options),
  sandbox: async (route, body) => {
    const response = await fetch(`${sandboxUrl}/__sandbox/${route}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'x-sandbox-control': '1', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return (await response.json()) as unknown;
  },
});

/** Starts the compiled core on the browser host, as `tokentray serve --sandbox` does; or without the sandbox. */
export async function startApp(
  args: string[] = [],
  options: { home?: string; env?: NodeJS.ProcessEnv; keepHome?: boolean; sandbox?: boolean } = {},
): Promise<RunningApp> {
  const home = options.home ?? mkdtempSync(path.join(tmpdir(), 'tokentray-e2e-'));
  const env = { ...isolatedEnv(home), ...options.env };
  const child = spawn(
    process.execPath,
    [
      path.join(ROOT, 'out/main/serve.js'),
      ...(options.sandbox === false ? [] : ['--sandbox']),
      '--json',
      '--no-open',
      ...args,
    ],
    { env, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise<number | string>((resolve) => {
    child.once('exit', (code, signal) => {
      resolve(signal ?? code ?? -1);
    });
  });
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => {
      reject(new Error(`serve ended with ${code}`));
    });
  });
  const ready = JSON.parse(line) as { url: string; socket: string; sandbox: { url: string } | null };
  const sandboxUrl = ready.sandbox?.url ?? '';
  return {
    ...controlsOf(home, env, sandboxUrl),
    url: ready.url,
    socket: ready.socket,
    process: child,
    ended,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await ended;
      if (options.keepHome !== true) rmSync(home, { recursive: true, force: true });
    },
  };
}
