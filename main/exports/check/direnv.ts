import path from 'node:path';

/** What direnv makes of a file: see `direnvUse`. */
export type DirenvUse =
  /** It is the `.envrc` itself: each change of it has to be allowed. */
  | { kind: 'is-envrc' }
  /** Without an `.envrc`, `load_dotenv` makes direnv treat `.env` as one. */
  | { kind: 'is-rc' }
  /** Loaded, and loaded again when it changes. */
  | { kind: 'follows'; envrc: string }
  /** Loaded by a plain `source`, so that shells keep what they have. */
  | { kind: 'keeps-old'; envrc: string; line: number };

export interface Envrc {
  path: string;
  text: string;
}

/** Commands of direnv's library that load a file and watch it (https://direnv.net/man/direnv-stdlib.1.html). */
const WATCHING = new Set(['dotenv', 'dotenv_if_exists', 'source_env', 'source_env_if_exists', 'watch_file']);
const COMMAND =
  /^\s*(dotenv|dotenv_if_exists|source_env|source_env_if_exists|watch_file|source|\.)(?:\s+(.*))?$/;

/** Pure. `envrc`: the one that is in force in the file's folder; null for none. Null: direnv does not load the file. */
export function direnvUse(file: string, envrc: Envrc | null, loadsDotenv: boolean): DirenvUse | null {
  if (path.basename(file) === '.envrc') return { kind: 'is-envrc' };
  if (envrc === null) return loadsDotenv && path.basename(file) === '.env' ? { kind: 'is-rc' } : null;
  const folder = path.dirname(envrc.path);
  let sourcedAt: number | null = null;
  let watched = false;
  for (const [index, line] of envrc.text.split('\n').entries()) {
    const [, command, rest = ''] = COMMAND.exec(line.replace(/\s#.*$/, '')) ?? [];
    if (command === undefined) continue;
    const words = rest.split(/\s+/).filter((word) => word !== '');
    const named = words.length === 0 && command.startsWith('dotenv') ? ['.env'] : words;
    if (!named.some((word) => path.resolve(folder, word.replaceAll(/["']/g, '')) === file)) continue;
    if (WATCHING.has(command)) watched = true;
    else sourcedAt ??= index + 1;
  }
  if (watched) return { kind: 'follows', envrc: envrc.path };
  return sourcedAt === null ? null : { kind: 'keeps-old', envrc: envrc.path, line: sourcedAt };
}

/** Pure: whether direnv's own settings (`direnv.toml`) let it load `.env` files. */
export const loadsDotenv = (settings: string): boolean => /^\s*load_dotenv\s*=\s*true\b/m.test(settings);
