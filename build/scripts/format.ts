import { runAll } from '../steps.ts';

await runAll([['format', 'prettier', '--write', '--log-level=warn', '.']]);
