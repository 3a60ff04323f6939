import { ok } from '../../lib/result.ts';
import { refused, renderLines, type Quote, type VariablesDialect } from './dialect.ts';
import { BARE, quoteDotenv } from './dotenv.ts';
import { quoteBash } from './bash.ts';

/** A name for what a shell or xargs would do something with. */
const nameOf = (value: string): string => {
  if (value === '') return 'nothing';
  return /\s/.test(value)
    ? 'white space, at which its readers split'
    : 'characters that shells or xargs replace';
};

/** Only what neither word splitting nor globbing nor the quotes of xargs change (POSIX.1-2017, 2.6.5, 2.6.6; xargs). */
export const quoteBare: Quote = (value) => {
  if (BARE.test(value)) return ok(value);
  if (quoteDotenv(value).ok) {
    return {
      ok: false,
      error: {
        reason: nameOf(value),
        useInstead: 'dotenv',
        readIt: 'and read the file with: set -a; . FILE; set +a',
      },
    };
  }
  return refused(nameOf(value), quoteBash(value).ok ? 'bash' : 'json');
};

const LINE = /^([A-Za-z_][A-Za-z0-9_]*)=[A-Za-z0-9_./:@%+,=-]*$/;

/**
 * `KEY=value` and nothing else, neither quotes nor comments, for readers that split on white space: `env $(cat FILE)`,
 * `export $(xargs < FILE)`; tried with bash 5.2, dash 0.5.12 and GNU xargs 4.9.
 */
export const bare: VariablesDialect = {
  format: 'bare',
  of: 'variables',
  lineEnding: 'lf',
  placement: {
    kind: 'whole-file',
    why: 'programs that split a file on white space take the words of a comment for more variables',
    namesIn: (text) => {
      const names = text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => LINE.exec(line)?.[1]);
      return names.every((name) => name !== undefined) ? names : null;
    },
  },
  render: (variables) => renderLines('bare', variables, quoteBare, (name, quoted) => `${name}=${quoted}`),
};
