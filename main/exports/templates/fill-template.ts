import { credentialField, type Credentials } from '../../credentials/access.ts';
import { fail, failure, ok, type Result } from '../../lib/result.ts';
import { FILTERS } from './filters.ts';
import type { Field, Part } from './parse-template.ts';

/** What a template gives at most, in bytes. */
export const MOST_FILLED_BYTES = 1 << 20;

const SECRETS: ReadonlySet<Field | 'name'> = new Set(['access_token', 'authorization']);

/** Whether what a template gives is secret. */
export const isSecret = (parts: readonly Part[]): boolean =>
  parts.some((part) => part.kind === 'value' && SECRETS.has(part.field));

/** The text with the values of a connection. `unsupported` names the value that it does not have, and where it is wanted. */
export function fillTemplate(parts: readonly Part[], credentials: Credentials): Result<string> {
  const pieces: string[] = [];
  let bytes = 0;
  for (const part of parts) {
    const piece = part.kind === 'text' ? ok(part.text) : valueOf(part, credentials);
    if (!piece.ok) return piece;
    bytes += Buffer.byteLength(piece.value, 'utf8');
    if (bytes > MOST_FILLED_BYTES)
      return fail(
        'unsupported',
        'The template gives more than 1 MiB for this connection.',
        'Use fewer placeholders in it.',
      );
    pieces.push(piece.value);
  }
  return ok(pieces.join(''));
}

function valueOf(part: Extract<Part, { kind: 'value' }>, credentials: Credentials): Result<string> {
  const { field, api, otherwise, filters, line, column } = part;
  const found = field === 'name' ? ok(credentials.connection.name) : credentialField(credentials, field, api);
  // No scopes are no value, as no address is.
  const missing = !found.ok || found.value === '';
  if (missing && otherwise === undefined) {
    const reason = found.ok ? `“${credentials.connection.name}” has no ${field}.` : found.error.message;
    return failure({
      code: 'unsupported',
      message: `Line ${line}, column ${column} of the template: ${reason}`,
      hint: `Use another connection, or say what stands there without it: {{ connection.${field}${api === undefined ? '' : `.${api}`} ?? "" }}.`,
    });
  }
  const value = missing ? (otherwise ?? '') : found.value;
  return ok(filters.reduce((text, filter) => FILTERS[filter](text), value));
}
