import type { EnvFormat, EnvVariable, ExportFormat } from '../../contract/export.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import { bash } from './dialects/bash.ts';
import type { Dialect } from './dialects/dialect.ts';
import { dotenv } from './dialects/dotenv.ts';
import { json } from './dialects/json.ts';
import type { Credentials } from '../credentials/access.ts';
import { servesConnection, variablesOf } from './presets/choose-variant.ts';
import type { Preset } from './presets/preset.ts';

export const DIALECTS: Readonly<Record<EnvFormat, Dialect>> = { dotenv, bash, json };

export interface Rendered {
  variables: EnvVariable[];
  text: string;
  /** The text is a whole file, and there are no variables. */
  template?: true;
}

/**
 * What a preset gives for a connection, as text in a format: dotenv where none is named, and of a template the file itself.
 * `unsupported` with the reason where either says no.
 */
export function render(
  preset: Preset,
  credentials: Credentials,
  format: ExportFormat | undefined,
): Result<Rendered> {
  if (preset.kind === 'template') return renderTemplate(preset, credentials, format);
  if (format === 'template')
    return fail(
      'unsupported',
      `The preset ${preset.name} is no template any more.`,
      'Name a format, such as dotenv; or make it a template again.',
    );
  const variables = variablesOf(preset, credentials);
  if (!variables.ok) return variables;
  const text = DIALECTS[format ?? 'dotenv'].render(variables.value);
  return text.ok ? ok({ variables: variables.value, text: text.value }) : text;
}

function renderTemplate(
  preset: Extract<Preset, { kind: 'template' }>,
  credentials: Credentials,
  format: ExportFormat | undefined,
): Result<Rendered> {
  if (format !== undefined && format !== 'template')
    return fail(
      'invalid-input',
      `The preset ${preset.name} is a template, which decides how the whole file is written.`,
      'Leave the format out.',
    );
  const served = servesConnection(preset, credentials);
  if (!served.ok) return served;
  const text = preset.fill(credentials);
  return text.ok ? ok({ variables: [], text: text.value, template: true }) : text;
}
