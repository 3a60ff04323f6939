import type { EnvFormat, EnvVariable, PresetName } from '../../contract/export.ts';
import { ok, type Result } from '../lib/result.ts';
import { bash } from './dialects/bash.ts';
import type { Dialect } from './dialects/dialect.ts';
import { dotenv } from './dialects/dotenv.ts';
import { json } from './dialects/json.ts';
import type { Credentials } from '../credentials/access.ts';
import { atlassian } from './presets/atlassian.ts';
import { mcpAtlassian } from './presets/mcp-atlassian.ts';
import type { Preset } from './presets/preset.ts';

export const DIALECTS: Readonly<Record<EnvFormat, Dialect>> = { dotenv, bash, json };

export const PRESETS: Readonly<Record<PresetName, Preset>> = {
  atlassian,
  'mcp-atlassian': mcpAtlassian,
};

/** The variables of a preset, and as text in a format. `unsupported` with the reason where either says no. */
export function render(
  credentials: Credentials,
  preset: PresetName,
  format: EnvFormat,
): Result<{ variables: EnvVariable[]; text: string }> {
  const variables = PRESETS[preset].map(credentials);
  if (!variables.ok) return variables;
  const text = DIALECTS[format].render(variables.value);
  return text.ok ? ok({ variables: variables.value, text: text.value }) : text;
}
