import type { ENV_FORMATS } from './vocabulary.ts';

type EnvFormat = (typeof ENV_FORMATS)[number];

const BY_NAME: readonly [RegExp, EnvFormat][] = [
  [/(?:^_|\.)netrc$/, 'netrc'],
  [/\.json$/, 'json'],
  [/\.ya?ml$/, 'yaml'],
  [/\.toml$/, 'toml'],
  [/\.properties$/, 'properties'],
  [/\.(?:ini|cfg)$/, 'ini'],
  [/\.fish$/, 'fish'],
  [/\.ps1$/, 'powershell'],
  [/\.(?:cmd|bat)$/, 'cmd'],
  [/\.(?:sh|bash|zsh)$/, 'bash'],
];

/** The format that the name of a file stands for; null: it says nothing. */
export function namedFormat(file: string): EnvFormat | null {
  const name = (file.split(/[/\\]/).at(-1) ?? '').toLowerCase();
  return BY_NAME.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

/** The format that a file of this name has if nobody says otherwise. */
export const formatOfFile = (file: string): EnvFormat => namedFormat(file) ?? 'dotenv';
