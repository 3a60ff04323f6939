import path from 'node:path';
import { connect } from '../../integration/support/connect.ts';
import { ROOT, startApp } from '../../e2e/support/app.ts';
import { againstFloor, atLeastOfFloor, type Bench, type Figure } from '../figure.ts';
import { interleavedMedians } from '../statistics.ts';
import { startBareSocketServer } from '../support/bare-socket-server.ts';
import { localCall } from '../support/local-call.ts';
import { bareNode, nodeRun } from '../support/processes.ts';
import { openLoad } from '../support/socket-load.ts';

const COMMAND = path.join(ROOT, 'out/cli/tokentray.cjs');
const COMMAND_ROUNDS = 40;
const KEPT = 50;
const LOAD_ROUNDS = 15;
const LOAD_MS = 500;
const AT_ONCE = 200;

const CALL = 'credentials.get';
const INPUT = { field: 'access_token' };

/** Calls on connections that are kept, beside a server that gives the same bytes and knows nothing. */
async function throughput(socket: string): Promise<Figure> {
  const answer = JSON.stringify(await localCall(socket, CALL, INPUT));
  const bare = await startBareSocketServer(answer.length);
  const loads = [bare.socket, socket].map((path) => openLoad(path, CALL, INPUT, KEPT));
  try {
    const [floor, figure] = await interleavedMedians(
      LOAD_ROUNDS,
      loads.map((load) => () => load.perSecond(LOAD_MS)),
    );
    const many = Array.from({ length: AT_ONCE }, () => localCall(socket, CALL, INPUT));
    const failed = (await Promise.allSettled(many)).filter(
      (one) => one.status === 'rejected' || one.value === null,
    );
    return atLeastOfFloor({
      name: `get on the socket, ${KEPT} connections kept alive`,
      unit: '/s',
      floorOf: 'bare Node HTTP server, same size',
      floor: floor ?? Number.NaN,
      figure: figure ?? Number.NaN,
      least: 0.7,
      also: failed.length === 0,
      note: `${failed.length} of ${AT_ONCE} at once failed`,
    });
  } finally {
    for (const load of loads) load.end();
    await bare.stop();
  }
}

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
      return [
        againstFloor({
          name: 'tokentray get, Node client',
          unit: 'ms',
          floorOf: 'node -e 0',
          floor,
          figure,
          limit: 1.15,
        }),
        await throughput(app.socket),
      ];
    } finally {
      await app.stop();
    }
  },
};
