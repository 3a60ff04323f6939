import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { ROOT, isolatedEnv } from '../e2e/support/app.ts';
import { FAILING_ELECTRON } from './support/failing-electron.ts';
import { run } from './support/run.ts';

/** `npm start -- …`, as a person types it. */
interface Started {
  npm: ChildProcess;
  /** What it said so far, on both streams. */
  said: () => string;
  /** Resolves when the browser host runs; fails when the start ends before. */
  ready: Promise<void>;
  ended: Promise<unknown>;
}

const asRoot = process.getuid?.() === 0;
/** `nobody`. */
const ORDINARY = 65_534;

let folder: string;
let started: Started[];

beforeAll(() => {
  // Else the start would install them, below the feet of the other tests.
  const lock = createHash('sha256').update(readFileSync(path.join(ROOT, 'package-lock.json')));
  const stamp = readFileSync(path.join(ROOT, 'node_modules', '.tokentray-lock'), 'utf8');
  expect(stamp, 'node_modules is not that of package-lock.json: run any npm script once').toBe(
    lock.digest('hex'),
  );
});
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tokentray start-'));
  started = [];
});
afterEach(async () => {
  for (const { npm, ended } of started) {
    // The whole session: npm hands nothing on when it is killed.
    if (npm.pid !== undefined && npm.exitCode === null) process.kill(-npm.pid, 'SIGTERM');
    await ended;
  }
  rmSync(folder, { recursive: true });
});

function start(args: string[], env: NodeJS.ProcessEnv = {}, uid?: number): Started {
  const npm = spawn('npm', ['start', '--', '--sandbox', '--session-only', ...args], {
    cwd: ROOT,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...isolatedEnv(path.join(folder, 'data')), HOME: folder, ...env },
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  let said = '';
  const ready = new Promise<void>((resolve, reject) => {
    for (const stream of [npm.stdout, npm.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString('utf8');
        if (said.includes('Press Ctrl+C')) resolve();
      });
    }
    npm.once('exit', (code) => {
      reject(new Error(`npm start ended with ${code}:\n${said}`));
    });
  });
  ready.catch(() => undefined);
  const ended = new Promise((resolve) => npm.once('close', resolve));
  const one = { npm, said: () => said, ready, ended };
  started.push(one);
  return one;
}

/** The core of this test's data folder. */
function core(): { pid: number; arguments: string[]; env: string[] } {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const [argv, env] = ['cmdline', 'environ'].map((name) =>
        readFileSync(`/proc/${pid}/${name}`, 'utf8').split('\0'),
      );
      if (!argv!.some((arg) => arg.endsWith('out/main/serve.js'))) continue;
      if (env!.includes(`TOKENTRAY_HOME=${path.join(folder, 'data')}`))
        return { pid: Number(pid), arguments: argv!, env: env! };
    } catch {
      // It has ended, or is not ours.
    }
  }
  throw new Error('there is no core');
}

/** A folder with a program in Electron's place, as the environment for it. */
function electron(script: string): NodeJS.ProcessEnv {
  writeFileSync(path.join(folder, 'electron'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return { ELECTRON_OVERRIDE_DIST_PATH: folder, DISPLAY: ':77' };
}

it.each(FAILING_ELECTRON)(
  'starts the browser host, and says why, where Electron $what',
  async ({ script, why }) => {
    const { ready, said } = start([], electron(script));
    await ready;
    expect(said()).toContain(`The desktop app ended before it was ready (${why})`);
    expect(said()).toContain('Starting the browser host');
  },
);

it('gives Electron the checkout and the options, and ends with it when it hands over', async () => {
  const first = start(['--no-open']);
  await first.ready;
  const second = start(['--hidden'], electron('printf "%s\\n" "$@"; exit 0'));
  await second.ended;
  expect(second.npm.exitCode).toBe(0);
  expect(second.said()).toContain(
    [...(asRoot ? ['--no-sandbox'] : []), ROOT, '--sandbox', '--session-only', '--hidden'].join('\n'),
  );
});

it('starts with a home whose path has spaces, and a proxy that leads nowhere', async () => {
  const nowhere = 'http://127.0.0.1:9';
  await start(['--no-open'], { HTTPS_PROXY: nowhere, HTTP_PROXY: nowhere }).ready;
});

it('keeps a preload, a debugger and ELECTRON_RUN_AS_NODE of the shell from the core', async () => {
  const log = path.join(folder, 'preloaded');
  const preload = path.join(folder, 'preload.cjs');
  writeFileSync(
    preload,
    `require('node:fs').appendFileSync(${JSON.stringify(log)}, process.argv[1] + '\\n');`,
  );
  const { ready, said } = start(['--no-open'], {
    NODE_OPTIONS: `--inspect=127.0.0.1:0 --require "${preload}"`,
    ELECTRON_RUN_AS_NODE: '1',
  });
  await ready;
  // npm and the first Node of ours were started with it; nothing after them.
  expect(readFileSync(log, 'utf8')).toContain('run.mjs');
  expect(readFileSync(log, 'utf8')).not.toMatch(/scripts\/start\.ts|serve\.js/);
  expect(said().match(/Debugger listening/g)).toHaveLength(2);
  expect(core().env.filter((entry) => /^(NODE_OPTIONS|ELECTRON_RUN_AS_NODE)=/.test(entry))).toEqual([]);
});

it('opens no debugger in the core for a signal', async () => {
  const { ready, said } = start(['--no-open']);
  await ready;
  const { pid, arguments: given } = core();
  expect(given).toContain('--disable-sigusr1');
  process.kill(pid, 'SIGUSR1');
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(said()).not.toContain('Debugger');
  expect(core().pid).toBe(pid);
});

/** Whether others may pass through every folder on the way to the checkout. */
function isReachable(): boolean {
  for (let at = ROOT; at !== path.dirname(at); at = path.dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
  }
  return true;
}

it.runIf(asRoot && isReachable())('starts for an ordinary user in a checkout of somebody else', async () => {
  chmodSync(folder, 0o755);
  chownSync(folder, ORDINARY, ORDINARY);
  await start(['--no-open'], {}, ORDINARY).ready;
});

it('sets the tests up with the same variables', async () => {
  const tested = await run('npm', ['run', 'test:unit', '--', 'test/contract/child-environment.test.ts'], {
    cwd: ROOT,
    env: {
      ...process.env,
      HOME: folder,
      NODE_OPTIONS: '--inspect=127.0.0.1:0',
      ELECTRON_RUN_AS_NODE: '1',
      HTTPS_PROXY: 'http://127.0.0.1:9',
    },
  });
  expect(tested.stderr).toContain('✓ unit tests');
  expect(tested.code).toBe(0);
});

it('says that the app it started was killed', async () => {
  const { ready, said, ended } = start(['--no-open']);
  await ready;
  const { pid } = JSON.parse(readFileSync(path.join(folder, 'data', 'sandbox', 'lock.json'), 'utf8')) as {
    pid: number;
  };
  process.kill(pid, 'SIGKILL');
  await ended;
  expect(said()).toContain('Tokentray was ended from outside (SIGKILL).');
});
