import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { rolldown } from 'rolldown';

const TYPES = ['index', 'contract', 'tokentray-error'];

/** Makes the npm package of `cli/client`: one file of code, its types, README and manifest. */
export async function buildClientPackage(root: string, out: string): Promise<void> {
  const source = path.join(root, 'cli', 'client');
  const bundle = await rolldown({ input: path.join(source, 'index.ts'), platform: 'node', cwd: root });
  await bundle.write({ file: path.join(out, 'index.js'), format: 'es' });
  await bundle.close();
  for (const name of ['package.json', 'README.md']) cpSync(path.join(source, name), path.join(out, name));
  cpSync(path.join(root, 'LICENSE'), path.join(out, 'LICENSE'));
  writeTypes(root, out);
}

function writeTypes(root: string, out: string): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'tokentray-types-'));
  try {
    const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const options = ['--project', path.join(root, 'build', 'client.tsconfig.json'), '--outDir', folder];
    const { status } = spawnSync(process.execPath, [tsc, ...options], { stdio: ['ignore', 2, 2] });
    if (status !== 0) throw new Error('The types of the npm client could not be written.');
    for (const name of TYPES) {
      const text = readFileSync(path.join(folder, 'cli', 'client', `${name}.d.ts`), 'utf8');
      writeFileSync(path.join(out, `${name}.d.ts`), text.replaceAll(/(from '\.\/[\w-]+)\.ts'/g, "$1.js'"));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
