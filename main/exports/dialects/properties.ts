import { ok } from '../../lib/result.ts';
import { refused, renderLines, type NameRules, type Quote, type VariablesDialect } from './dialect.ts';
import { endsInBackslash } from './placement.ts';

const NAMED: Readonly<Record<string, string>> = { '\t': 't', '\n': 'n', '\f': 'f', '\r': 'r' };

const escaped = (unit: string): string => {
  const letter = NAMED[unit] ?? `u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return `\\${letter}`;
};

/** Everything but printable ASCII as an escape: a file is read as ISO 8859-1 or as UTF-8, depending on who opens it. */
const inAscii = (text: string): string => text.replaceAll('\\', '\\\\').replace(/[^ -~]/g, escaped);

/** Leading white space would be skipped. */
export const quoteProperties: Quote = (value) =>
  value.isWellFormed()
    ? ok(inAscii(value).replace(/^ /, '\\ '))
    : refused('half of a character pair', 'json');

const keyOf = (name: string): string => inAscii(name).replace(/[ :=#!]/g, String.raw`\$&`);

const names: NameRules = { isName: (name) => name.isWellFormed(), useInstead: 'json' };

const SETS = /^[ \t\f]*([^\s:=#!\\][^\s:=\\]*)/;

/** `KEY=value` as `java.util.Properties` loads it (its `load(Reader)`); tried with OpenJDK 17. */
export const properties: VariablesDialect = {
  format: 'properties',
  of: 'variables',
  lineEnding: 'as-file',
  placement: {
    kind: 'block',
    comment: '#',
    sets: (line) => SETS.exec(line)?.[1] ?? null,
    continues: endsInBackslash,
  },
  render: (variables) =>
    renderLines(
      'properties',
      variables,
      quoteProperties,
      (name, quoted) => `${keyOf(name)}=${quoted}`,
      names,
    ),
};
