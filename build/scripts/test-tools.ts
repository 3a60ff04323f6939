// Tools that are not packages of this repository, each in its own file under test/tools.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { ensureBuilt } from '../bundle.ts';
import { run } from '../steps.ts';
import { installSystemPackages } from '../system-packages.ts';

const folder = path.resolve(import.meta.dirname, '../../test/tools');
installSystemPackages();
await ensureBuilt();
const codes: number[] = [];
for (const file of readdirSync(folder)
  .filter((name) => name.endsWith('.ts'))
  .sort())
  codes.push(await run(process.execPath, ['--disable-warning=ExperimentalWarning', path.join(folder, file)]));
process.exit(codes.every((code) => code === 0) ? 0 : 1);
