import type { EnvFormat, ExportView } from '../../contract/export.ts';

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

/** An absolute path on any platform, or one that starts with `~/`, which the core resolves. */
export const isAbsolutePath = (path: string): boolean => /^(\/|~\/|[A-Za-z]:[\\/]|\\\\)/.test(path);

/** An env file's path as the core takes it: of a folder, the `.env` in it. Pure. */
export const envFileIn = (path: string): string => (/[/\\]$/.test(path) ? `${path}.env` : path);
