import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { rolldown, type RolldownOptions } from 'rolldown';
import { build as viteBuild } from 'vite';
import { buildNative, hasCompiler } from './native.ts';
import { buildClientPackage } from './client-package.ts';

/** The checkout's root folder. */
export const ROOT = path.resolve(import.meta.dirname, '..');
const OUT = path.join(ROOT, 'out');
const STAMP = path.join(OUT, '.stamp');
const SOURCES = [
  'contract',
  'main',
  'cli',
  'renderer',
  'build',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];

/** Changes whenever a source file comes, goes or changes, or a C compiler comes. */
function sourceStamp(): string {
  const hash = createHash('sha256').update(hasCompiler() ? 'native\n' : '');
  for (const source of SOURCES.map((name) => path.join(ROOT, name))) {
    if (!existsSync(source)) continue;
    const files = statSync(source).isDirectory()
      ? readdirSync(source, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => path.join(entry.parentPath, entry.name))
          .sort()
      : [source];
    for (const file of files) {
      const { mtimeMs, size } = statSync(file);
      hash.update(`${file}\0${mtimeMs}\0${size}\n`);
    }
  }
  return hash.digest('hex');
}

async function bundleWithRolldown(config: string): Promise<void> {
  const { default: bundles } = (await import(config)) as { default: RolldownOptions | RolldownOptions[] };
  for (const options of [bundles].flat()) {
    const outputs = Array.isArray(options.output) ? options.output : [options.output ?? {}];
    const bundle = await rolldown({ ...options, cwd: ROOT });
    for (const output of outputs) await bundle.write(output);
    await bundle.close();
  }
}

/** Compiles everything into `out/`. */
export async function build(): Promise<void> {
  const stamp = sourceStamp();
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT);
  await Promise.all([
    bundleWithRolldown('./main.rolldown.config.ts'),
    bundleWithRolldown('./electron.rolldown.config.ts'),
    bundleWithRolldown('./cli.rolldown.config.ts'),
    buildClientPackage(ROOT, path.join(OUT, 'client')),
    viteBuild({ configFile: path.join(ROOT, 'build', 'renderer.vite.config.ts'), logLevel: 'warn' }),
    buildNative(path.join(OUT, 'native')),
  ]);
  writeFileSync(STAMP, stamp);
}

/** Compiles when a source has changed since the last time. */
export async function ensureBuilt(): Promise<void> {
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sourceStamp()) return;
  console.error('Building …');
  try {
    await build();
  } catch (fault) {
    const { code } = fault as NodeJS.ErrnoException;
    if (code !== 'EACCES' && code !== 'EPERM' && code !== 'EROFS') throw fault;
    console.error(`The app has to be built first, but you do not have permission to write to ${OUT}.`);
    console.error('Clone the repository to a folder of your own, or run this as the owner of that folder.');
    process.exit(1);
  }
}
