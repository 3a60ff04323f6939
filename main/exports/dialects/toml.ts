import { ok } from '../../lib/result.ts';
import { refused, renderLines, type NameRules, type Quote, type VariablesDialect } from './dialect.ts';

const escaped = (character: string): string =>
  `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;

/** A basic string: `"`, `\` and control characters are escaped (TOML 1.0, "String"). */
export const quoteToml: Quote = (value) =>
  value.isWellFormed()
    ? ok(
        // oxlint-disable-next-line no-control-regex -- that is what it looks for
        `"${value.replace(/["\\]/g, String.raw`\$&`).replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/g, escaped)}"`,
      )
    : refused('half of a character pair', 'json');

const names: NameRules = { isName: (name) => quoteToml(name).ok, useInstead: 'json' };

const keyOf = (name: string): string => {
  const quoted = quoteToml(name);
  return /^[\w-]+$/.test(name) || !quoted.ok ? name : quoted.value;
};

/** `KEY = "value"` at the top; tried with smol-toml 1.9 and Python 3.11's tomllib. */
export const toml: VariablesDialect = {
  format: 'toml',
  of: 'variables',
  lineEnding: 'lf',
  placement: {
    kind: 'own-file',
    comment: '#',
    why: 'after a [table] of a TOML file they would belong to that table',
  },
  render: (variables) =>
    renderLines('toml', variables, quoteToml, (name, quoted) => `${keyOf(name)} = ${quoted}`, names),
};
