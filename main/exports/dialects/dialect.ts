import type { EnvFormat, EnvVariable } from '../../../contract/export.ts';
import { fail, ok, type Result } from '../../lib/result.ts';

/** One way to write variables. Pure: a value is written so that it reads back exactly, or refused. */
export interface Dialect {
  readonly format: EnvFormat;
  /** `as-file` takes the line ending of the file around it; a shell reads a carriage return as part of the value. */
  readonly lineEnding: 'as-file' | 'lf';
  /** The variables as text with LF and a final newline. `unsupported` names the variable, never its value. */
  render(variables: readonly EnvVariable[]): Result<string>;
}

/** The value in the dialect's quoting, or why no quoting of the dialect can hold it (completes "contains …"). */
export type Quote = (value: string) => Result<string, { reason: string; useInstead: EnvFormat }>;

/** Writes one line a variable, or refuses all of them with the first value that cannot be held. */
export function renderLines(
  format: EnvFormat,
  variables: readonly EnvVariable[],
  quote: Quote,
  line: (name: string, quoted: string) => string,
): Result<string> {
  let text = '';
  for (const { name, value } of variables) {
    const quoted = quote(value);
    if (!quoted.ok) {
      const { reason, useInstead } = quoted.error;
      return fail(
        'unsupported',
        `${name} contains ${reason}, so it cannot be written in the format ${format}.`,
        `Use the format ${useInstead} instead.`,
      );
    }
    text += `${line(name, quoted.value)}\n`;
  }
  return ok(text);
}
