import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { stripVTControlCharacters } from 'node:util';
import { ROOT } from '../../e2e/support/app.ts';
import { startGatewayWorld, type GatewayWorld } from '../../integration/support/gateway-world.ts';
import { run } from '../../integration/support/run.ts';

/** Names of the connections: OAuth and an API token of Jira Cloud, a token of Jira Data Center, and Bitbucket. */
export const CONNECTIONS = { cloud: 'cloud', token: 'token', server: 'server', git: 'git' } as const;

const WAYS = {
  cloud: 'atlassian: authorization-code',
  token: 'classic API token of Atlassian Cloud',
  server: 'jira-data-center: personal access token',
  git: 'bitbucket: authorization-code',
} as const;

/** The app with its sandbox and some connections, for programs of a person who has the command `tokentray`. */
export interface MatrixWorld {
  gateway: GatewayWorld;
  /** Of the gateway. */
  key: string;
  /** The person’s environment. */
  env: NodeJS.ProcessEnv;
  /** A new folder. */
  folder: () => string;
  /** What a program prints; throws with what it complains of when it fails. */
  output: (file: string, args: readonly string[], options?: OutputOptions) => Promise<string>;
  /** What the command line prints, without the line break at its end. */
  tokentray: (...args: string[]) => Promise<string>;
  stop: () => Promise<void>;
}

interface OutputOptions {
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  input?: string;
}

export async function startMatrixWorld(): Promise<MatrixWorld> {
  const gateway = await startGatewayWorld();
  for (const [name, way] of Object.entries(WAYS)) await gateway.connect(way, name);
  const home = mkdtempSync(path.join(tmpdir(), 'tokentray-matrix-'));
  const program = path.join(ROOT, 'out/cli/tokentray.cjs');
  writeFileSync(path.join(home, 'tokentray'), `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`, {
    mode: 0o700,
  });
  const env = {
    PATH: `${home}:${path.dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
    HOME: home,
    LC_ALL: 'C.UTF-8',
    TOKENTRAY_HOME: gateway.app.home,
    TOKENTRAY_SANDBOX: '1',
    DBUS_SESSION_BUS_ADDRESS: 'disabled:',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
  };
  const output: MatrixWorld['output'] = async (file, args, options) => {
    const ended = await run(file, args, { cwd: home, ...options, env: { ...env, ...options?.env } });
    if (ended.code === 0) return ended.stdout;
    const lines = stripVTControlCharacters(ended.stderr || ended.stdout).split('\n');
    const why = lines
      .filter((line) => line.trim() !== '')
      .slice(-3)
      .join(' ');
    throw new Error(`${path.basename(file)} ended with ${ended.code}: ${why}`);
  };
  return {
    gateway,
    key: await gateway.key(),
    env,
    folder: () => mkdtempSync(path.join(home, 'row-')),
    output,
    tokentray: async (...args) => (await output('tokentray', args)).replace(/\n$/, ''),
    stop: async () => {
      await gateway.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
