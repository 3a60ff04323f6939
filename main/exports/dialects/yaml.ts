import { ok } from '../../lib/result.ts';
import { refused, renderLines, type NameRules, type Quote, type VariablesDialect } from './dialect.ts';

const escaped = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  const [letter, digits] = code > 0xffff ? ['U', 8] : code > 0xff ? ['u', 4] : ['x', 2];
  return `\\${letter}${code.toString(16).padStart(digits, '0')}`;
};

/**
 * Always in `"…"`, so that nothing is taken for a number, a date or `no`; everything but printable ASCII as an escape
 * that YAML 1.1 (5.3) and 1.2 (5.7) share, because each allows other characters as they are.
 */
export const quoteYaml: Quote = (value) =>
  value.isWellFormed()
    ? ok(`"${value.replace(/["\\]/g, String.raw`\$&`).replace(/[^ -~]/gu, escaped)}"`)
    : refused('half of a character pair', 'json');

/** A word with `_` in it is text to both versions; `NO`, `Y` and `null` are not. */
const PLAIN = /^[A-Za-z]\w*_\w*$/;

/** A longer one needs a `? ` before it (YAML 1.2, 7.4.2). */
const names: NameRules = { isName: (name) => name.length <= 200 && quoteYaml(name).ok, useInstead: 'json' };

const keyOf = (name: string): string => {
  const quoted = quoteYaml(name);
  return PLAIN.test(name) || !quoted.ok ? name : quoted.value;
};

/** One mapping of strings; tried with js-yaml 4.3 (YAML 1.2) and PyYAML 6.0 (YAML 1.1). */
export const yaml: VariablesDialect = {
  format: 'yaml',
  of: 'variables',
  lineEnding: 'lf',
  placement: {
    kind: 'own-file',
    comment: '#',
    why: 'whatever a YAML file has before them decides what they belong to',
  },
  render: (variables) => {
    // Without any, it would be null instead of an empty mapping.
    if (variables.length === 0) return ok('{}\n');
    return renderLines('yaml', variables, quoteYaml, (name, quoted) => `${keyOf(name)}: ${quoted}`, names);
  },
};
