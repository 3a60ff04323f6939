import { setTimeout as sleep } from 'node:timers/promises';
import type { HeldRequestView } from '../../../contract/gateway.ts';
import { startApp, type RunningApp } from '../../e2e/support/app.ts';
import { connect } from '../../integration/support/connect.ts';
import { againstLimit, type Bench } from '../figure.ts';
import { interleavedMedians, timed } from '../statistics.ts';
import { localCall } from '../support/local-call.ts';
import { openLoad } from '../support/socket-load.ts';

const ROUNDS = 60;
const CALL = 'credentials.get';
const input = (connection: string) => ({ connection, field: 'access_token' });

/** Allows this process what it asks for, for good. */
async function allow(app: RunningApp, connection: string): Promise<void> {
  const asked = localCall(app.socket, CALL, input(connection));
  for (;;) {
    const [held] = (await app.cli(['gateway', 'held', '--json'])).json() as HeldRequestView[];
    if (held !== undefined) {
      await app.cli(['gateway', 'approve', held.id, '--for', 'always']);
      break;
    }
    await sleep(50);
  }
  await asked;
}

/** `get` where programs need an approval, by one that has it, beside a connection that asks nobody. */
export const approvedGet: Bench = {
  id: 'approved-get',
  run: async () => {
    const app = await startApp(['--session-only']);
    try {
      for (const name of ['free', 'asking']) await connect(app, { sites: ['acme'] }, ['--name', name]);
      await app.cli(['grants', 'require', 'asking']);
      await allow(app, 'asking');
      const on = (connection: string) => () => timed(() => localCall(app.socket, CALL, input(connection)));
      const [free, asking] = await interleavedMedians(ROUNDS, [on('free'), on('asking')]);
      const kept = openLoad(app.socket, CALL, input('asking'), 1);
      await kept.latencies(3);
      const [again] = await interleavedMedians(ROUNDS, [async () => (await kept.latencies(1))[0] ?? NaN]);
      kept.end();
      return [
        againstLimit({
          name: 'get of an approved program, a connection each',
          unit: 'ms',
          figure: asking,
          limit: 30,
          note: `${free.toFixed(1)} ms without approvals`,
        }),
        againstLimit({
          name: 'get of an approved program, connection kept',
          unit: 'ms',
          figure: again,
          limit: 10,
        }),
      ];
    } finally {
      await app.stop();
    }
  },
};
