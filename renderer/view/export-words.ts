import type { EnvFormat, ExportFormat, ExportView } from '../../contract/export.ts';
import { namedFormat } from '../../contract/format-of-file.ts';
import { pathFault } from '../../contract/path-fault.ts';

export const FORMAT_WORDS: Readonly<Record<EnvFormat, string>> = {
  dotenv: '.env file',
  bash: 'Shell script (bash, zsh, sh)',
  fish: 'fish script',
  powershell: 'PowerShell script',
  cmd: 'Windows batch file',
  bare: 'KEY=value, no quotes or comments',
  docker: 'docker --env-file',
  compose: 'Docker Compose env_file',
  systemd: 'systemd EnvironmentFile',
  direnv: 'direnv (dotenv in .envrc)',
  'github-actions': 'GitHub Actions',
  json: 'JSON',
  yaml: 'YAML',
  toml: 'TOML',
  properties: 'Java properties',
  netrc: '.netrc (host, user, secret)',
  ini: 'INI ([tokentray] section)',
};

/** The same in a row, where the file's name stands beside it. */
const SHORT: Readonly<Record<ExportFormat, string>> = {
  ...FORMAT_WORDS,
  bash: 'shell script',
  cmd: 'batch file',
  bare: 'KEY=value file',
  docker: 'Docker env file',
  compose: 'Compose env file',
  systemd: 'systemd environment file',
  direnv: 'direnv file',
  properties: 'properties file',
  netrc: '.netrc file',
  ini: 'INI',
  template: 'template',
};

/** How an env file is kept, and where its format comes from: `JSON, from the name`, `block in a .env file`. */
export function formatWords({ file, format, mode }: Pick<ExportView, 'file' | 'format' | 'mode'>): string {
  const words = SHORT[format];
  const kept = { block: `block in a ${words}`, whole: words, pipe: `named pipe, ${words}` }[mode];
  return namedFormat(file) === format ? `${kept}, from the name` : kept;
}

/** Which connection an env file follows, as text. */
export function followsWords({ target, connection }: ExportView): string {
  if (target.follows === 'connection') return `follows ${connection?.name ?? 'a removed connection'}`;
  if (target.follows === 'folder')
    return connection === null
      ? 'follows its folder (not bound)'
      : `follows its folder, now ${connection.name}`;
  return connection === null
    ? 'follows the active connection (none at the moment)'
    : `follows the active one, now ${connection.name}`;
}

/** An absolute path on any platform, or one in the home folder (`~/`), which the core resolves. */
export const isAbsolutePath = (path: string): boolean => pathFault(path) === null;
