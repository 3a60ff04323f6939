import { parseEnv } from 'node:util';
import type { Context } from '../context.ts';
import { done, failed, type Outcome } from '../outcome.ts';
import { givenPath } from '../paths.ts';
import { plain } from '../present/plain.ts';

/** The variables of the person's own env files, by the rules of `node --env-file`; those of later files replace those of earlier ones. */
export async function readEnvFiles(
  context: Context,
  names: readonly string[],
): Promise<Outcome<Record<string, string>>> {
  const variables: Record<string, string> = {};
  for (const name of names) {
    const file = givenPath(context, name);
    if (!file.ok) return file;
    const read = await context.readGiven(file.value);
    if ('code' in read)
      return failed('io', `${plain(file.value)} cannot be read: ${WHY[read.code] ?? read.code}.`);
    if (read.text.includes('\0'))
      return failed(
        'invalid-input',
        `${plain(file.value)} is not a text file.`,
        'Give a file of KEY=value lines.',
      );
    for (const [key, value] of Object.entries(parseEnv(read.text.replace(/^\uFEFF/, ''))))
      if (value !== undefined) variables[key] = value;
  }
  return done(variables);
}

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
  EFBIG: 'it is larger than 1 MiB',
};

export interface Sources {
  readonly inherited: Readonly<Record<string, string | undefined>>;
  readonly files: Readonly<Record<string, string>>;
  readonly ours: readonly { name: string; value: string }[];
  /** Not to be inherited. */
  readonly removed?: readonly string[];
}

/**
 * What a command's environment is made of. Files replace what is inherited, and ours replace both, unless `filesWin`. Pure.
 */
export function environmentFrom(
  platform: string,
  { inherited, files, ours, removed = [] }: Sources,
  { filesWin }: { filesWin: boolean },
): Record<string, string | undefined> {
  // Names are case-insensitive on Windows.
  const known = (name: string): string => (platform === 'win32' ? name.toUpperCase() : name);
  const without = (
    all: Readonly<Record<string, string | undefined>>,
    names: readonly string[],
  ): Record<string, string | undefined> => {
    const left = new Set(names.map(known));
    return Object.fromEntries(Object.entries(all).filter(([name]) => !left.has(known(name))));
  };
  const own = Object.fromEntries(ours.map(({ name, value }) => [name, value]));
  const base = without(inherited, [...removed, ...Object.keys(files), ...Object.keys(own)]);
  return filesWin
    ? { ...base, ...without(own, Object.keys(files)), ...files }
    : { ...base, ...without(files, [...removed, ...Object.keys(own)]), ...own };
}
