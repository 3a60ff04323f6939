import type { EnvFormat, EnvVariable } from '../../../contract/export.ts';
import type { Login } from '../../credentials/logins.ts';
import { fail, ok, type Result } from '../../lib/result.ts';
import type { Placement } from './placement.ts';

/**
 * `as-file` takes the line ending of the file around it, for readers that know both; `lf` for those that read a
 * carriage return as part of the value; `crlf` for those that want nothing else.
 */
export type LineEnding = 'as-file' | 'lf' | 'crlf';

interface Written<Content> {
  readonly format: EnvFormat;
  readonly lineEnding: LineEnding;
  readonly placement: Placement;
  /** The content as text with LF and a final newline. `unsupported` names what cannot be held, never its value. */
  render(content: readonly Content[]): Result<string>;
}

/** One way to write variables. Pure: a value is written so that it reads back exactly, or refused. */
export interface VariablesDialect extends Written<EnvVariable> {
  readonly of: 'variables';
}

/** One way to write what opens which host, for programs that look it up by the host they ask. */
export interface LoginsDialect extends Written<Login> {
  readonly of: 'logins';
}

export type Dialect = VariablesDialect | LoginsDialect;

/** The value in the dialect's quoting, or why no quoting of the dialect can hold it (completes "contains …"). */
export type Quote = (value: string) => Result<string, Refusal>;

export interface Refusal {
  reason: string;
  useInstead: EnvFormat;
  /** How to read the other format, where that is another way than the first one's. */
  readIt?: string;
}

export const refused = (reason: string, useInstead: EnvFormat): Result<never, Refusal> => ({
  ok: false,
  error: { reason, useInstead },
});

/** What shells and programs that read env files take for a name (POSIX.1-2017, Base Definitions, 3.235). */
export const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Which names a dialect can set, and the format to use for others. */
export interface NameRules {
  isName: (name: string) => boolean;
  useInstead: EnvFormat;
}

export const IDENTIFIERS: NameRules = { isName: (name) => IDENTIFIER.test(name), useInstead: 'json' };

/** Writes one line a variable, or refuses all of them with the first name or value that cannot be held. */
export function renderLines(
  format: EnvFormat,
  variables: readonly EnvVariable[],
  quote: Quote,
  line: (name: string, quoted: string) => string,
  names: NameRules = IDENTIFIERS,
): Result<string> {
  let text = '';
  for (const { name, value } of variables) {
    if (!names.isName(name)) {
      return fail(
        'unsupported',
        `“${name}” is not a name that the format ${format} can set.`,
        `Use the format ${names.useInstead} instead, or another name.`,
      );
    }
    const quoted = quote(value);
    if (!quoted.ok) {
      const { reason, useInstead, readIt } = quoted.error;
      return fail(
        'unsupported',
        `${name} contains ${reason}, so it cannot be written in the format ${format}.`,
        `Use the format ${useInstead} instead${readIt === undefined ? '' : `, ${readIt}`}.`,
      );
    }
    text += `${line(name, quoted.value)}\n`;
  }
  return ok(text);
}
