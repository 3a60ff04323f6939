import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MemoryKeychain } from '../../fakes/memory-keychain.ts';
import { startKeyring } from '../../integration/support/keyring.ts';
import { againstFloor, notMeasured, type Bench } from '../figure.ts';
import { fill, openReadyStore } from '../support/filled-store.ts';
import { CORE_ARGS } from '../support/core-args.ts';
import { localCall } from '../support/local-call.ts';
import { pssMb } from '../support/process-memory.ts';
import { withFolder } from '../support/temporary-folder.ts';

const CONNECTIONS = 20;

/** Both have long finished starting, and V8 has tidied up after it. */
const SETTLE_MS = 5000;

/** Of each thread since it was started, voluntary or not. */
function contextSwitches(pid: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    const status = readFileSync(`/proc/${pid}/task/${thread}/status`, 'utf8');
    let count = 0;
    for (const [, switches] of status.matchAll(/ctxt_switches:\s+(\d+)/g)) count += Number(switches);
    counts.set(thread, count);
  }
  return counts;
}

/** Since `before`; of threads that ended meanwhile nothing is known. */
function switchesSince(before: ReadonlyMap<string, number>, pid: number): number {
  let sum = 0;
  for (const [thread, count] of contextSwitches(pid)) sum += count - (before.get(thread) ?? 0);
  return sum;
}

/** Makes a store, and puts its key into a real keyring. */
async function prepareHome(home: string, keyringEnv: NodeJS.ProcessEnv): Promise<void> {
  const keychain = new MemoryKeychain();
  const store = await openReadyStore(home, keychain);
  fill(store, CONNECTIONS);
  store.close();
  for (const [account, secret] of keychain.items) {
    // What libsecret looks for when keytar asks.
    const attributes = { 'xdg:schema': 'org.freedesktop.Secret.Generic', service: 'Tokentray', account };
    const args = ['store', '--label=Tokentray', ...Object.entries(attributes).flat()];
    const tool = spawn('secret-tool', args, { env: keyringEnv, stdio: ['pipe', 'ignore', 'inherit'] });
    const ended = once(tool, 'exit');
    tool.stdin.end(secret);
    const [code] = (await ended) as [number | null];
    if (code !== 0) throw new Error('secret-tool failed');
  }
}

function startNode(env: NodeJS.ProcessEnv, ...args: string[]): { pid: number; stop: () => Promise<void> } {
  const child = spawn(process.execPath, args, { env, stdio: 'ignore' });
  const exited = once(child, 'exit');
  if (child.pid === undefined) throw new Error('Node did not start');
  return {
    pid: child.pid,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

export const idle: Bench = {
  id: 'idle',
  run: async ({ idleSeconds }) => {
    const what = 'idle core, context switches';
    if (process.platform !== 'linux')
      return [notMeasured(what, '≤ 2×', 'read from /proc, which only Linux has')];
    const keyring = await startKeyring();
    try {
      return await withFolder(async (home) => {
        await prepareHome(home, keyring.env);
        const env = { ...keyring.env, TOKENTRAY_HOME: home };
        const listen = `require('node:http').createServer().listen(${JSON.stringify(path.join(home, 'x.sock'))})`;
        const waiting = startNode(env, '-e', listen);
        const core = startNode(env, ...CORE_ARGS);
        try {
          await sleep(SETTLE_MS);
          const status = (await localCall(path.join(home, 'run/api.sock'), 'status', {})) as {
            keychain: { state: string };
          } | null;
          if (status?.keychain.state !== 'ready')
            throw new Error(`the core has no keychain: ${JSON.stringify(status)}`);
          await sleep(SETTLE_MS);
          const before = [contextSwitches(waiting.pid), contextSwitches(core.pid)] as const;
          await sleep(idleSeconds * 1000);
          const floor = switchesSince(before[0], waiting.pid);
          const figure = switchesSince(before[1], core.pid);
          const floorOf = 'node: HTTP on a socket';
          return [
            againstFloor({
              name: `${what}, ${idleSeconds} s`,
              unit: '',
              floorOf,
              // None at all cannot be divided by.
              floor: Math.max(floor, 1),
              figure,
              limit: 2,
            }),
            againstFloor({
              name: 'idle core, memory (PSS)',
              unit: 'MB',
              floorOf,
              floor: pssMb(waiting.pid),
              figure: pssMb(core.pid),
              limit: 2,
            }),
          ];
        } finally {
          await waiting.stop();
          await core.stop();
        }
      });
    } finally {
      await keyring.stop();
    }
  },
};
