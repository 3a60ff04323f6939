import type { EnvVariable } from '../../../contract/export.ts';
import { fail, ok, type Result } from '../../lib/result.ts';
import { refused, renderLines, type NameRules, type Quote, type VariablesDialect } from './dialect.ts';

/** In the order in which they are looked for. */
const UNHELD: readonly [RegExp, string][] = [
  [/[\r\n]/, 'a line break'],
  // oxlint-disable-next-line no-control-regex -- that is what it looks for
  [/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/, 'a control character'],
  [/^\s|\s$/u, 'white space at its beginning or end, which is not kept'],
  // Whoever reads it decides whether these are replaced, and whether doubled ones stand for themselves.
  [/[%$]/, 'a “%” or “$”, which some replace'],
  // Python takes comments behind a value only when it is asked to; other readers always do.
  [/(?:^|\s)[#;]/, 'a “#” or “;” at which some begin a comment'],
  [/^["']/, 'a quote at its beginning, which some remove'],
];

/** As it stands, or not at all: there are no escapes. */
export const quoteIni: Quote = (value) => {
  const reason =
    UNHELD.find(([pattern]) => pattern.test(value))?.[1] ??
    (value.isWellFormed() ? null : 'half of a character pair');
  return reason === null ? ok(value) : refused(reason, value.isWellFormed() ? 'toml' : 'json');
};

const names: NameRules = { isName: (name) => /^[A-Za-z_][\w.-]*$/.test(name), useInstead: 'toml' };

/**
 * One section, `[tokentray]`, as Python's `configparser` reads it with whatever interpolation: its chapters "Supported
 * INI File Structure" and "Interpolation of values"; tried with Python 3.11.
 */
export const ini: VariablesDialect = {
  format: 'ini',
  of: 'variables',
  lineEnding: 'lf',
  placement: {
    kind: 'own-file',
    comment: '#',
    why: 'lines that are added below them would get into their section',
  },
  render: (variables) => {
    const twice = sameButForCase(variables);
    if (twice !== null) return twice;
    const lines = renderLines('ini', variables, quoteIni, (name, quoted) => `${name} = ${quoted}`, names);
    return lines.ok ? ok(`[tokentray]\n${lines.value}`) : lines;
  },
};

/** Names are the same to `configparser` in upper and lower case. */
function sameButForCase(variables: readonly EnvVariable[]): Result<never> | null {
  const seen = new Set<string>();
  for (const { name } of variables) {
    const lower = name.toLowerCase();
    if (seen.has(lower)) {
      return fail(
        'unsupported',
        `“${name}” differs from another name in upper and lower case only, which the format ini does not know.`,
        'Use the format toml instead, or another name.',
      );
    }
    seen.add(lower);
  }
  return null;
}
