import path from 'node:path';
import { connect } from '../../integration/support/connect.ts';
import { ROOT, isolatedEnv, startApp } from '../../e2e/support/app.ts';
import { againstFloor, againstLimit, notMeasured, type Bench, type Figure } from '../figure.ts';
import { median, percentile } from '../statistics.ts';
import { emptyProgram, spawnTimes } from '../support/compiled.ts';
import { startOidcAgent } from '../support/oidc-agent.ts';
import { withFolder } from '../support/temporary-folder.ts';

const COMMAND = path.join(ROOT, 'out/native/tokentray');
const NAME = 'tokentray get, native client';
const ROUNDS = 1000;
/** Starting the native client would start Node there, which would take far longer and fail. */
const NO_NODE = { TOKENTRAY_NODE: '/nowhere/node' };

/** The native client, from outside, beside programs of about the same size in the same rounds. */
export const nativeCommand: Bench = {
  id: 'native-command',
  run: () =>
    withFolder(async (folder) => {
      const empty = await emptyProgram(folder);
      const agent = await startOidcAgent(folder);
      const app = await startApp(['--session-only']);
      try {
        const connected = await connect(app);
        if ('error' in connected) throw new Error(connected.error.message);
        const env = { ...isolatedEnv(app.home), ...NO_NODE, OIDC_SOCK: agent?.socket };
        const commands = [
          [empty],
          [COMMAND, 'get', '--sandbox'],
          ['/bin/true'],
          [COMMAND, 'run', '--sandbox', '--', '/bin/true'],
          ...(agent === null ? [] : [['oidc-add', '--loaded']]),
        ];
        return figuresOf(await spawnTimes(folder, ROUNDS, env, commands));
      } finally {
        await app.stop();
        await agent?.stop();
      }
    }),
};

function figuresOf([empty = [], get = [], bare = [], run = [], peer]: readonly number[][]): Figure[] {
  const [p50, p99] = [median(get), percentile(get, 0.99)];
  const figure = { unit: 'ms', figure: p50 };
  return [
    againstFloor({ ...figure, name: NAME, floorOf: 'an empty C program', floor: median(empty), limit: 2.5 }),
    peer === undefined
      ? notMeasured(NAME, '≤ 1×', 'oidc-agent is not installed (Debian package oidc-agent-cli)')
      : againstFloor({ ...figure, name: NAME, floorOf: 'oidc-add --loaded', floor: median(peer), limit: 1 }),
    againstLimit({
      name: `${NAME}: p99 ÷ p50 of ${ROUNDS}`,
      unit: '',
      figure: p99 / p50,
      limit: 3,
      note: `an empty program: ${(percentile(empty, 0.99) / median(empty)).toFixed(2)}`,
    }),
    againstFloor({
      name: 'tokentray run -- true, native client',
      unit: 'ms',
      floorOf: 'true',
      floor: median(bare),
      figure: median(run),
      limit: 2.2,
    }),
  ];
}
