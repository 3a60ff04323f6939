// Tools that are not packages of this repository, each in its own file under test/tools. Arguments name some of the files; options
// are passed on to them: `npm run -s test:tools -- tool-matrix --json`.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { ensureBuilt } from '../bundle.ts';
import { run } from '../steps.ts';
import { installSystemPackages } from '../system-packages.ts';

const folder = path.resolve(import.meta.dirname, '../../test/tools');
const options = process.argv.slice(2).filter((argument) => argument.startsWith('-'));
const names = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
installSystemPackages();
await ensureBuilt();
const codes: number[] = [];
for (const file of readdirSync(folder)
  .filter((name) => name.endsWith('.ts') && (names.length === 0 || names.includes(path.parse(name).name)))
  .sort())
  codes.push(
    await run(process.execPath, [
      '--disable-warning=ExperimentalWarning',
      path.join(folder, file),
      ...options,
    ]),
  );
process.exit(codes.every((code) => code === 0) ? 0 : 1);
