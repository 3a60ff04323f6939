import type { EnvFormat, ExportView } from '../../contract/export.ts';

export const FORMAT_WORDS: Readonly<Record<EnvFormat, string>> = {
  dotenv: '.env file',
  bash: 'Shell script (export …)',
  json: 'JSON',
};

/** Which connection an env file follows, as text. */
export function followsWords({ target, connection }: ExportView): string {
  if (target.follows === 'connection') return `follows ${connection?.name ?? 'a removed connection'}`;
  return connection === null
    ? 'follows the active connection (none at the moment)'
    : `follows the active one, now ${connection.name}`;
}

/** An absolute path on any platform, or one that starts with `~/`, which the core resolves. */
export const isAbsolutePath = (path: string): boolean => /^(\/|~\/|[A-Za-z]:[\\/]|\\\\)/.test(path);
