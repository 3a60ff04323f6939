// Starts the app from this checkout. Takes what `tokentray serve` takes.
import path from 'node:path';
import { ROOT, ensureBuilt } from '../bundle.ts';
import { runAndExit } from '../steps.ts';
import { installSystemPackages } from '../system-packages.ts';

installSystemPackages('run');
await ensureBuilt();
await runAndExit(process.execPath, [
  // As in cli/process/process-context.ts.
  '--no-memory-reducer',
  '--max-semi-space-size=1',
  path.join(ROOT, 'out', 'main', 'serve.js'),
  ...process.argv.slice(2),
]);
