import { ok } from '../../lib/result.ts';
import { quoteBash } from './bash.ts';
import { refused, renderLines, type Quote, type VariablesDialect } from './dialect.ts';
import { openEnvQuote } from './open-quote.ts';
import { endsInBackslash, setByAssignment, type InBlock } from './placement.ts';

/** Passes every reader of KEY=value lines as it stands, those that keep quotes as characters included. */
export const BARE = /^[A-Za-z0-9_./:@%+,=-]+$/;

/** Decided per character: what each reader does with it inside quotes. The first that matches is the reason. */
const HELD_BY_NO_QUOTES: readonly [RegExp, string][] = [
  [/\0/, 'a NUL character'],
  // dotenv and python-dotenv turn CR LF into LF, Node drops the CR.
  [/\r/, 'a carriage return'],
  // The readers here keep it, but docker, systemd and direnv do not, and a line of it could pass for our marker.
  [/\n/, 'a line break'],
  // python-dotenv puts variables in whatever the quotes are.
  [/\$\{[^}:]*(?::-[^}]*)?\}/, 'a ${…}, which python-dotenv replaces'],
];

/**
 * `'…'` is literal to all, but the quote ends it; python-dotenv reads `\\` as one backslash; dotenv and
 * python-dotenv read `\'` as a quote that goes on, so that the value may not end in a backslash.
 */
const BREAKS_SINGLE_QUOTES = /'|\\(?:\\|$)/;

/** In `"…"` shells expand `$` and backquotes; shells, dotenv, Node and python-dotenv read backslashes each their way. */
const BREAKS_DOUBLE_QUOTES = /["$`\\]/;

/**
 * The quoting that dotenv (npm), `node --env-file`, python-dotenv, and bash and dash with `set -a; . file` all read
 * back exactly, or why there is none.
 */
export const quoteDotenv: Quote = (value) => {
  if (BARE.test(value)) return ok(value);
  const reason =
    HELD_BY_NO_QUOTES.find(([pattern]) => pattern.test(value))?.[1] ??
    (value.isWellFormed() ? null : 'half of a character pair');
  if (reason === null) {
    if (!BREAKS_SINGLE_QUOTES.test(value)) return ok(`'${value}'`);
    if (!BREAKS_DOUBLE_QUOTES.test(value)) return ok(`"${value}"`);
  }
  return refused(
    reason ?? 'quotes or backslashes that readers of env files disagree on',
    quoteBash(value).ok ? 'bash' : 'json',
  );
};

/** A block of ours among other KEY=value lines. */
export const IN_ENV_FILE: InBlock = {
  kind: 'block',
  comment: '#',
  sets: setByAssignment,
  continues: endsInBackslash,
  obstacle: openEnvQuote,
};

/** `KEY=value` lines, as in `.env` files. */
export const dotenv: VariablesDialect = {
  format: 'dotenv',
  of: 'variables',
  lineEnding: 'as-file',
  placement: IN_ENV_FILE,
  render: (variables) => renderLines('dotenv', variables, quoteDotenv, (name, quoted) => `${name}=${quoted}`),
};
