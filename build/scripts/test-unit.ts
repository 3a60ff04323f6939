import { runAll } from '../steps.ts';

await runAll([['unit tests', 'vitest', 'run', '--project', 'unit', ...process.argv.slice(2)]]);
