import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../../e2e/support/app.ts';
import { desktopEnv } from '../../e2e/support/stand-in-driver.ts';
import { againstFloor, notMeasured, type Bench, type Figure } from '../figure.ts';
import { interleavedMedians } from '../statistics.ts';
import { treePssMb } from '../support/process-memory.ts';
import { withFolder } from '../support/temporary-folder.ts';

const ROUNDS = 9;
const START_LIMIT_MS = 60_000;
/** Chromium starts processes of its own for a while, and lets some of them go. */
const SETTLE_MS = 10_000;
const SUPPORT = path.resolve(import.meta.dirname, '../support');
const TRAY = { name: 'Electron: process until tray', limit: 1.25 };
const MEMORY = { name: 'Electron: idle memory without window (PSS)', limit: 1.15 };

interface Program {
  /** What the witness has to say for the program to be there. */
  there: 'ready' | 'tray';
  args: readonly string[];
}
const EMPTY: Program = { there: 'ready', args: [path.join(SUPPORT, 'empty-electron-app.cjs')] };
const OURS: Program = { there: 'tray', args: [ROOT, '--tray', '--hidden', '--session-only'] };
const FLOOR_OF = 'empty Electron app';

interface Started {
  /** From the start of the process until it was there. */
  elapsedMs: number;
  pid: number;
  stop: () => Promise<void>;
}

/** Each with a home of its own, as one instance runs for each. */
async function start(binary: string, { there, args }: Program, home: string): Promise<Started> {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  const env = { ...desktopEnv(home), DISPLAY, WAYLAND_DISPLAY };
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const witness = ['--require', path.join(SUPPORT, 'electron-witness.cjs')];
  const started = performance.now();
  const child = spawn(binary, [...witness, ...args, ...root], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  const exited = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await exited;
  };
  const heard = new Promise<void>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line === `bench: ${there}`) resolve();
    });
  });
  const ending = new AbortController();
  const outcome = await Promise.race([
    heard.then(() => 'there' as const),
    exited.then(() => 'ended' as const),
    sleep(START_LIMIT_MS, 'late' as const, { signal: ending.signal }),
  ]);
  const elapsedMs = performance.now() - started;
  ending.abort();
  if (outcome !== 'there' || child.pid === undefined) {
    if (outcome === 'late') await stop();
    throw new Error(`${binary} ${args.join(' ')}: ${outcome} before “${there}”`);
  }
  return { elapsedMs, pid: child.pid, stop };
}

const startTime = (binary: string, program: Program): Promise<number> =>
  withFolder(async (home) => {
    const { elapsedMs, stop } = await start(binary, program, home);
    await stop();
    return elapsedMs;
  });

const idleMemory = (binary: string, program: Program): Promise<number> =>
  withFolder(async (home) => {
    const { pid, stop } = await start(binary, program, home);
    try {
      await sleep(SETTLE_MS);
      return treePssMb(pid);
    } finally {
      await stop();
    }
  });

async function taken(binary: string): Promise<Figure[]> {
  const [floor, figure] = await interleavedMedians(ROUNDS, [
    () => startTime(binary, EMPTY),
    () => startTime(binary, OURS),
  ]);
  const tray = againstFloor({ ...TRAY, unit: 'ms', floorOf: `${FLOOR_OF}, until ready`, floor, figure });
  if (process.platform !== 'linux')
    return [tray, notMeasured(MEMORY.name, `≤ ${MEMORY.limit}×`, 'read from /proc, which only Linux has')];
  const floorMb = await idleMemory(binary, EMPTY);
  const figureMb = await idleMemory(binary, OURS);
  return [tray, againstFloor({ ...MEMORY, unit: 'MB', floorOf: FLOOR_OF, floor: floorMb, figure: figureMb })];
}

/** The desktop program, where `ELECTRON_BIN` names Electron's binary. */
export const electron: Bench = {
  id: 'electron',
  run: () => {
    const binary = process.env['ELECTRON_BIN'];
    if (binary !== undefined && binary !== '') return taken(binary);
    return Promise.resolve(
      [TRAY, MEMORY].map(({ name, limit }) =>
        notMeasured(name, `≤ ${limit}×`, 'no Electron binary: ELECTRON_BIN is not set'),
      ),
    );
  },
};
