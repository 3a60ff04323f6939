// The command line of this checkout: nothing between it and the shell may swallow a signal or turn it into an exit code.
import path from 'node:path';
import { runChild } from '../../cli/process/children.ts';
import { endBySignal } from '../../cli/process/end-by-signal.ts';
import { ROOT, ensureBuilt } from '../bundle.ts';

await ensureBuilt();
// With the shell's whole environment: what `run` starts is the person's.
const end = await runChild({
  command: process.execPath,
  args: ['--', path.join(ROOT, 'out', 'cli', 'tokentray.cjs'), ...process.argv.slice(2)],
  env: process.env,
});
if (end.kind === 'killed') endBySignal(end.signal);
process.exit(end.kind === 'exited' ? end.code : 1);
