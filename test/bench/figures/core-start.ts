import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, watch } from 'node:fs';
import path from 'node:path';
import { isolatedEnv } from '../../e2e/support/app.ts';
import { againstFloor, type Bench } from '../figure.ts';
import { interleavedMedians } from '../statistics.ts';
import { CORE_ARGS } from '../support/core-args.ts';
import { fill, openReadyStore } from '../support/filled-store.ts';
import { localCall } from '../support/local-call.ts';
import { bareNode } from '../support/processes.ts';
import { withFolder } from '../support/temporary-folder.ts';

const ROUNDS = 21;
const CONNECTIONS = 20;

/** From the start of the core's process to its first answer on the socket, ms. */
async function startCore(home: string): Promise<number> {
  const folder = path.join(home, 'run');
  const socket = path.join(folder, 'api.sock');
  const watcher = watch(folder);
  const answered = new Promise<void>((resolve, reject) => {
    const ask = (): void => {
      localCall(socket, 'status', {}).then((answer) => {
        if (answer !== null) resolve();
      }, reject);
    };
    // The socket appears, then its mode is set: the first that finds somebody listening counts.
    watcher.on('change', ask);
  });
  const started = performance.now();
  const child = spawn(process.execPath, CORE_ARGS, { env: isolatedEnv(home), stdio: 'ignore' });
  const exited = once(child, 'exit');
  try {
    await Promise.race([answered, exited]);
    const elapsed = performance.now() - started;
    if (child.exitCode !== null) throw new Error(`the core ended with ${child.exitCode}`);
    return elapsed;
  } finally {
    watcher.close();
    child.kill('SIGTERM');
    await exited;
  }
}

export const coreStart: Bench = {
  id: 'core-start',
  run: () =>
    withFolder(async (home) => {
      const store = await openReadyStore(home);
      fill(store, CONNECTIONS);
      store.close();
      mkdirSync(path.join(home, 'run'), { recursive: true, mode: 0o700 });
      const [floor, figure] = await interleavedMedians(ROUNDS, [() => bareNode(home), () => startCore(home)]);
      return [
        againstFloor({
          name: `core start until the socket answers (${CONNECTIONS} connections)`,
          unit: 'ms',
          floorOf: 'node -e 0',
          floor,
          figure,
          limit: 3,
        }),
      ];
    }),
};
