import { PIPE_LIMITS } from '../../contract/export-limits.ts';
import type { EnvFormat, ExportMode, ExportView, PresetName } from '../../contract/export.ts';

export const PRESET_WORDS: Readonly<Record<PresetName, string>> = {
  atlassian: 'Atlassian (ATLASSIAN_…)',
  'mcp-atlassian': 'mcp-atlassian',
};

export const FORMAT_WORDS: Readonly<Record<EnvFormat, string>> = {
  dotenv: '.env file',
  bash: 'Shell script (export …)',
  json: 'JSON',
};

export const MODE_WORDS: Readonly<Record<ExportMode, string>> = {
  block: 'Lines in a file',
  whole: 'A whole file',
  pipe: 'A named pipe',
};

/** What a person has to know who chooses it. */
export const MODE_HINTS: Readonly<Record<ExportMode, string | null>> = {
  block: null,
  whole: null,
  pipe: PIPE_LIMITS.join(' '),
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
