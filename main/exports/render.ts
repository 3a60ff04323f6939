import type { EnvFormat, EnvVariable, ExportFormat } from '../../contract/export.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import type { Credentials } from '../credentials/access.ts';
import { loginsOf } from '../credentials/logins.ts';
import { bare } from './dialects/bare.ts';
import { bash } from './dialects/bash.ts';
import { cmd } from './dialects/cmd.ts';
import { compose } from './dialects/compose.ts';
import type { Dialect, LoginsDialect, VariablesDialect } from './dialects/dialect.ts';
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
import { servesConnection, variablesOf } from './presets/choose-variant.ts';
import { writtenBy, type Preset, type TemplatePreset } from './presets/preset.ts';

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

/** What a format makes of a connection. */
export interface Rendered {
  /** None of a template, and in a format that holds no variables. */
  variables: EnvVariable[];
  text: string;
  /** Whatever else sets one of these in the file contradicts the text. */
  names: readonly string[];
  /** The text is a whole file, and there are no variables. */
  template?: true;
}

/**
 * What a preset gives for a connection, as text in a format: dotenv where none is named, and of a template the file itself.
 * What opens hosts needs no preset. `unsupported` with the reason where either says no.
 */
export function render(
  credentials: Credentials,
  format: ExportFormat | undefined,
  presetFor: () => Result<Preset>,
): Result<Rendered> {
  const dialect = format === 'template' ? null : DIALECTS[format ?? 'dotenv'];
  if (dialect?.of === 'logins') return renderLogins(dialect, credentials);
  const preset = presetFor();
  if (!preset.ok) return preset;
  if (preset.value.kind === 'template') return renderTemplate(preset.value, credentials, format);
  if (dialect !== null) return renderVariables(dialect, preset.value, credentials);
  return fail(
    'unsupported',
    `The preset ${preset.value.name} is no template any more.`,
    'Name a format, such as dotenv; or make it a template again.',
  );
}

function renderLogins(dialect: LoginsDialect, credentials: Credentials): Result<Rendered> {
  const logins = loginsOf(credentials);
  if (!logins.ok) return logins;
  const text = dialect.render(logins.value);
  const names = logins.value.map(({ host }) => host);
  return text.ok ? ok({ variables: [], text: text.value, names }) : text;
}

function renderVariables(
  dialect: VariablesDialect,
  preset: Preset,
  credentials: Credentials,
): Result<Rendered> {
  const variables = variablesOf(preset, credentials);
  if (!variables.ok) return variables;
  const text = dialect.render(variables.value);
  return text.ok ? ok({ variables: variables.value, text: text.value, names: writtenBy(preset) }) : text;
}

function renderTemplate(
  preset: TemplatePreset,
  credentials: Credentials,
  format: ExportFormat | undefined,
): Result<Rendered> {
  if (format !== undefined && format !== 'template') return templateInFormat(preset);
  const served = servesConnection(preset, credentials);
  if (!served.ok) return served;
  const text = preset.fill(credentials);
  return text.ok ? ok({ variables: [], text: text.value, names: [], template: true }) : text;
}

/** Why a template is not written in a format that somebody names. */
const templateInFormat = ({ name }: Pick<Preset, 'name'>): Result<never> =>
  fail(
    'unsupported',
    `The preset ${name} is a template: it has no variables, and decides how the whole file is written.`,
    `Without a format, keep a file up to date with it: tokentray export add FILE --preset ${name}; or print it: tokentray env --preset ${name}`,
  );
