import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import process from 'node:process';
import type { Program } from './row.ts';

const VERSION = /\d+\.\d[\w.+-]*/;

const printed = (file: string, args: readonly string[]): string | null => {
  const { status, stdout } = spawnSync(file, args, { encoding: 'utf8' });
  return status === 0 ? stdout : null;
};

const versionIn = (text: string): string => VERSION.exec(text)?.[0] ?? '?';

/** A program on the PATH that says its version. */
export const onPath =
  (file: string, ...args: string[]) =>
  (): Program | null => {
    const text = printed(file, args.length === 0 ? ['--version'] : args);
    return text === null ? null : { file, version: versionIn(text) };
  };

/** A program of Debian that does not say its version. */
export const ofDebian = (name: string) => (): Program | null => {
  const version = printed('dpkg-query', ['-W', '-f', '${Version}', name]);
  return version === null ? null : { file: name, version };
};

/** A package of this repository, for Node. */
export const ofNode = (name: string) => (): Program => ({
  file: process.execPath,
  version: (createRequire(import.meta.url)(`${name}/package.json`) as { version: string }).version,
});

export const ofPython = (name: string) => (): Program | null => {
  const file = '/usr/bin/python3';
  const text = printed(file, ['-c', `import importlib.metadata as m; print(m.version("${name}"))`]);
  return text === null ? null : { file, version: text.trim() };
};

/** Not the program, but a parser of its documented rules. */
export const RULES: Program = { file: '', version: 'rules, not the program' };
