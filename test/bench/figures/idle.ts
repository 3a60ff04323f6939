import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isolatedEnv, startApp } from '../../e2e/support/app.ts';
import { connect } from '../../integration/support/connect.ts';
import { againstFloor, notMeasured, type Bench } from '../figure.ts';

/** Both have long finished starting, and V8 has tidied up after it. */
const SETTLE_MS = 5000;

/** Of all threads since they were started, voluntary or not. */
function contextSwitches(pid: number): number {
  let sum = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    const status = readFileSync(`/proc/${pid}/task/${thread}/status`, 'utf8');
    for (const [, count] of status.matchAll(/ctxt_switches:\s+(\d+)/g)) sum += Number(count);
  }
  return sum;
}

/** Proportional set size, MB. */
function pssMb(pid: number): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1]) / 1024;
}

const pidOf = ({ pid }: ChildProcess): number => {
  if (pid === undefined) throw new Error('the process did not start');
  return pid;
};

export const idle: Bench = {
  id: 'idle',
  run: async ({ idleSeconds }) => {
    const what = 'idle core, context switches';
    if (process.platform !== 'linux')
      return [notMeasured(what, '≤ 2×', 'read from /proc, which only Linux has')];
    const app = await startApp(['--session-only']);
    const waiting = spawn(
      process.execPath,
      [
        '-e',
        `require('node:net').createServer().listen(${JSON.stringify(path.join(app.home, 'idle.sock'))})`,
      ],
      { env: isolatedEnv(app.home), stdio: 'ignore' },
    );
    const ended = once(waiting, 'exit');
    try {
      const connected = await connect(app);
      if ('error' in connected) throw new Error(connected.error.message);
      const pids = [pidOf(waiting), pidOf(app.process)] as const;
      await sleep(SETTLE_MS);
      const before = pids.map(contextSwitches);
      await sleep(idleSeconds * 1000);
      const [floor = 0, core = 0] = pids.map((pid, index) => contextSwitches(pid) - (before[index] ?? 0));
      const [floorPss, corePss] = [pssMb(pids[0]), pssMb(pids[1])];
      const floorOf = 'node waiting on a socket';
      return [
        againstFloor({
          name: `${what}, ${idleSeconds} s`,
          unit: '',
          floorOf,
          // None at all cannot be divided by.
          floor: Math.max(floor, 1),
          figure: core,
          limit: 2,
        }),
        againstFloor({
          name: 'idle core, memory (PSS)',
          unit: 'MB',
          floorOf,
          floor: floorPss,
          figure: corePss,
          limit: 2,
        }),
      ];
    } finally {
      waiting.kill('SIGTERM');
      await ended;
      await app.stop();
    }
  },
};
