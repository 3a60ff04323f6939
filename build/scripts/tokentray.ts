// The command line of this checkout.
import path from 'node:path';
import { ROOT, ensureBuilt } from '../bundle.ts';
import { runAndExit } from '../steps.ts';

await ensureBuilt();
// With the shell's whole environment: what `run` starts is the person's.
await runAndExit(
  process.execPath,
  [path.join(ROOT, 'out', 'cli', 'tokentray.cjs'), ...process.argv.slice(2)],
  process.env,
);
