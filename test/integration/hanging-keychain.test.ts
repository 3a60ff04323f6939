// A keychain call that never comes back must not keep the app from ending, long after the app has given up on it.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ROOT, isolatedEnv } from '../e2e/support/app.ts';
import { callSocket } from '../e2e/support/socket-call.ts';

let home: string;
let core: ChildProcess;

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'tokentray-hanging-'));
});
afterEach(() => {
  core.kill('SIGKILL');
  rmSync(home, { recursive: true, force: true });
});

it.each([
  ['unavailable', []],
  // It fell back to memory, and the store whose keychain hangs is long closed.
  ['session-only', ['--sandbox']],
])(
  'ends when asked, its keychain %s',
  async (state, args) => {
    const fifo = path.join(home, 'fifo');
    execFileSync('mkfifo', [fifo]);
    core = spawn(
      process.execPath,
      [
        '--import',
        path.join(import.meta.dirname, 'support/hanging-keychain.mjs'),
        path.join(ROOT, 'out/main/serve.js'),
        '--json',
        '--no-open',
        ...args,
      ],
      { env: { ...isolatedEnv(home), HANGING_FIFO: fifo }, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const ended = new Promise<string | number | null>((resolve) =>
      core.once('exit', (code, signal) => {
        resolve(signal ?? code);
      }),
    );
    const line = await new Promise<string>((resolve) =>
      createInterface({ input: core.stdout! }).once('line', resolve),
    );
    const { socket } = JSON.parse(line) as { socket: string };
    const keychain = async (): Promise<unknown> =>
      ((await callSocket(socket, 'status', {})) as { keychain: { state: string } }).keychain.state;
    await expect.poll(keychain, { timeout: 15_000 }).toBe(state);
    core.kill('SIGTERM');
    const late = new Promise((resolve) => setTimeout(resolve, 5000, 'still there'));
    expect(await Promise.race([ended, late])).not.toBe('still there');
  },
  30_000,
);
