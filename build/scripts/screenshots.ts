// Every screen from the sandbox, light and dark, wide and narrow.
import path from 'node:path';
import { ROOT, ensureBuilt } from '../bundle.ts';
import { runAndExit } from '../steps.ts';
import { installSystemPackages } from '../system-packages.ts';

installSystemPackages();
await ensureBuilt();
await runAndExit(process.execPath, [
  path.join(ROOT, 'test', 'screenshots', 'main.ts'),
  ...process.argv.slice(2),
]);
