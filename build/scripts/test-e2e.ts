import { ensureBuilt } from '../bundle.ts';
import { runAll } from '../steps.ts';
import { installSystemPackages } from '../system-packages.ts';

installSystemPackages();
await ensureBuilt();
await runAll([
  [
    'end-to-end tests',
    'playwright',
    'test',
    '--config',
    'test/e2e/playwright.config.ts',
    ...process.argv.slice(2),
  ],
]);
