// Takes the figures of speed and size and prints a row each. Times are ratios to a floor of the same run.
//   --only <id>  one subject (may be given more than once)   --full  watches the idle core for 120 s
//   --json       one JSON document a line, as soon as it is known
import { parseArgs } from 'node:util';
import { asTable, type Bench, type Figure } from './figure.ts';
import { approvedGet } from './figures/approved-get.ts';
import { coreStart } from './figures/core-start.ts';
import { electron } from './figures/electron.ts';
import { elsewhere } from './figures/elsewhere.ts';
import { firstPaintBench } from './figures/first-paint.ts';
import { forwardProxy } from './figures/forward-proxy.ts';
import { gateway } from './figures/gateway.ts';
import { getCommand } from './figures/get-command.ts';
import { getInside } from './figures/get-inside.ts';
import { idle } from './figures/idle.ts';
import { keychain } from './figures/keychain.ts';
import { listMountBench } from './figures/list-mount.ts';
import { nativeCommand } from './figures/native-command.ts';
import { refreshBurst } from './figures/refresh-burst.ts';
import { rendererSize } from './figures/renderer-size.ts';
import { save } from './figures/save.ts';
import { scheduler } from './figures/scheduler.ts';

const BENCHES: readonly Bench[] = [
  coreStart,
  getCommand,
  nativeCommand,
  getInside,
  approvedGet,
  keychain,
  save,
  refreshBurst,
  gateway,
  forwardProxy,
  scheduler,
  idle,
  firstPaintBench,
  listMountBench,
  rendererSize,
  electron,
  elsewhere,
];

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: [] },
  },
});
const unknown = values.only.filter((id) => !BENCHES.some((bench) => bench.id === id));
if (unknown.length > 0) {
  console.error(
    `There is no “${unknown.join('”, “')}”. There are: ${BENCHES.map(({ id }) => id).join(', ')}.`,
  );
  process.exit(2);
}

const figures: Figure[] = [];
for (const bench of BENCHES) {
  if (values.only.length > 0 && !values.only.includes(bench.id)) continue;
  console.error(`${bench.id} …`);
  try {
    const taken = await bench.run({ idleSeconds: values.full ? 120 : 20 });
    figures.push(...taken);
    if (values.json) for (const figure of taken) console.log(JSON.stringify(figure));
  } catch (fault) {
    // One that fails takes none of the others with it, and the run fails.
    console.error(`✗ ${bench.id}:`, fault);
    process.exitCode = 1;
  }
}
if (!values.json) console.log(asTable(figures));
