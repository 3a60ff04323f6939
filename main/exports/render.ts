import type { EnvFormat, EnvVariable, PresetName } from '../../contract/export.ts';
import { ok, type Result } from '../lib/result.ts';
import type { Credentials } from '../credentials/access.ts';
import { loginsOf } from '../credentials/logins.ts';
import { bare } from './dialects/bare.ts';
import { bash } from './dialects/bash.ts';
import { cmd } from './dialects/cmd.ts';
import { compose } from './dialects/compose.ts';
import type { Dialect } from './dialects/dialect.ts';
import { direnv } from './dialects/direnv.ts';
import { docker } from './dialects/docker.ts';
import { dotenv } from './dialects/dotenv.ts';
import { fish } from './dialects/fish.ts';
import { githubActions } from './dialects/github-actions.ts';
import { ini } from './dialects/ini.ts';
import { json } from './dialects/json.ts';
import { netrc } from './dialects/netrc.ts';
import { powershell } from './dialects/powershell.ts';
import { properties } from './dialects/properties.ts';
import { systemd } from './dialects/systemd.ts';
import { toml } from './dialects/toml.ts';
import { yaml } from './dialects/yaml.ts';
import { atlassian } from './presets/atlassian.ts';
import { mcpAtlassian } from './presets/mcp-atlassian.ts';
import type { Preset } from './presets/preset.ts';

export const DIALECTS: Readonly<Record<EnvFormat, Dialect>> = {
  dotenv,
  bare,
  bash,
  fish,
  powershell,
  cmd,
  docker,
  compose,
  systemd,
  direnv,
  'github-actions': githubActions,
  json,
  yaml,
  toml,
  properties,
  netrc,
  ini,
};

export const PRESETS: Readonly<Record<PresetName, Preset>> = {
  atlassian,
  'mcp-atlassian': mcpAtlassian,
};

/** What a format makes of a connection. */
export interface Rendered {
  /** None in a format that holds no variables. */
  variables: EnvVariable[];
  text: string;
  /** Whatever else sets one of these in the file contradicts the text. */
  names: readonly string[];
}

/** The variables of a preset, and as text in a format. `unsupported` with the reason where either says no. */
export function render(credentials: Credentials, preset: PresetName, format: EnvFormat): Result<Rendered> {
  const dialect = DIALECTS[format];
  if (dialect.of === 'logins') {
    const logins = loginsOf(credentials);
    if (!logins.ok) return logins;
    const text = dialect.render(logins.value);
    const names = logins.value.map(({ host }) => host);
    return text.ok ? ok({ variables: [], text: text.value, names }) : text;
  }
  const variables = PRESETS[preset].map(credentials);
  if (!variables.ok) return variables;
  const text = dialect.render(variables.value);
  return text.ok
    ? ok({ variables: variables.value, text: text.value, names: PRESETS[preset].variables })
    : text;
}
