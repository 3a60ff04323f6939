// The quick loop: format, lint, types, unit tests.
import { runAll } from '../steps.ts';

await runAll([
  ['format', 'prettier', '--check', '--log-level=warn', '.'],
  ['lint', 'oxlint'],
  ['types', 'tsc', '--noEmit'],
  ['unit tests', 'vitest', 'run', '--project', 'unit'],
]);
