import path from 'node:path';
import { connect } from '../../integration/support/connect.ts';
import { ROOT, startApp } from '../../e2e/support/app.ts';
import { againstFloor, type Bench } from '../figure.ts';
import { interleaved, interleavedMedians, median, percentile, timed } from '../statistics.ts';
import { localCall } from '../support/local-call.ts';
import { bareNode, nodeRun } from '../support/processes.ts';

const COMMAND = path.join(ROOT, 'out/cli/tokentray.cjs');
const COMMAND_ROUNDS = 40;
const BURST = 200;
const BURST_ROUNDS = 7;

/** How long each of `BURST` calls at once takes, ms. Throws when one fails. */
const burst = (call: () => Promise<unknown>): Promise<number[]> =>
  Promise.all(Array.from({ length: BURST }, () => timed(call)));

/** What callers of a running core meet, from outside. */
export const getCommand: Bench = {
  id: 'get-command',
  run: async () => {
    const app = await startApp(['--session-only']);
    try {
      const connected = await connect(app);
      if ('error' in connected) throw new Error(connected.error.message);
      const [floor, figure] = await interleavedMedians(COMMAND_ROUNDS, [
        () => bareNode(app.home),
        () => nodeRun(app.home, COMMAND, 'get', '--sandbox'),
      ]);

      const get = async (): Promise<void> => {
        if ((await localCall(app.socket, 'credentials.get', { field: 'access_token' })) === null)
          throw new Error('the socket refused a call');
      };
      const [alone = [], together = []] = await interleaved(BURST_ROUNDS, [
        async () => {
          const values: number[] = [];
          for (let index = 0; index < 30; index += 1) values.push(await timed(get));
          return median(values);
        },
        async () => percentile(await burst(get), 0.99),
      ]);
      return [
        againstFloor({
          name: 'tokentray get, Node client',
          unit: 'ms',
          floorOf: 'node -e 0',
          floor,
          figure,
          limit: 1.15,
        }),
        againstFloor({
          name: `${BURST} get at once on the socket, p99, none failed`,
          unit: 'ms',
          floorOf: 'one, p50',
          floor: median(alone),
          figure: median(together),
          limit: 10,
        }),
      ];
    } finally {
      await app.stop();
    }
  },
};
