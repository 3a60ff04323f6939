import { ensureBuilt } from '../bundle.ts';
import { runAll } from '../steps.ts';
import { installSystemPackages } from '../system-packages.ts';

installSystemPackages();
await ensureBuilt();
await runAll([['integration tests', 'vitest', 'run', '--project', 'integration', ...process.argv.slice(2)]]);
