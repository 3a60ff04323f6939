// Which programs work with what Tokentray gives them: a table, or with --json a row a line. Ends with 1 if one fails.
import process from 'node:process';
import { outcomeOf, tableOf, type Outcome } from './matrix/outcome.ts';
import { ROWS } from './matrix/rows.ts';
import { startMatrixWorld } from './matrix/world.ts';

const world = await startMatrixWorld();
const outcomes: Outcome[] = [];
try {
  for (const row of ROWS) outcomes.push(await outcomeOf(row, world));
} finally {
  await world.stop();
}
const isJson = process.argv.includes('--json');
for (const line of isJson ? outcomes.map((outcome) => JSON.stringify(outcome)) : tableOf(outcomes))
  console.log(line);
process.exit(outcomes.some(({ result }) => result.startsWith('fails')) ? 1 : 0);
