// Figures of speed and size, a row each. Takes --json, --full and --only <subject>.
import { ROOT, ensureBuilt } from '../bundle.ts';
import { runAndExit } from '../steps.ts';
import { installSystemPackages } from '../system-packages.ts';
import path from 'node:path';

installSystemPackages();
await ensureBuilt();
await runAndExit(process.execPath, [
  '--disable-warning=ExperimentalWarning',
  '--expose-gc',
  path.join(ROOT, 'test', 'bench', 'main.ts'),
  ...process.argv.slice(2),
]);
