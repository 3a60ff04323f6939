import { ok } from '../../lib/result.ts';
import {
  IDENTIFIER,
  refused,
  renderLines,
  type NameRules,
  type Quote,
  type VariablesDialect,
} from './dialect.ts';
import { openShellQuote } from './open-quote.ts';
import { endsInBackslash } from './placement.ts';
import { unheldByProcesses } from './unheld.ts';

/** Characters that fish keeps for itself: it reads a file that has them as something else (tried with 3.6). */
const RESERVED = /[\ufdd0-\ufdef\uf600-\uf6ff]/;

/**
 * In fish's single quotes, `\'` and `\\` are the only escapes (fish's manual, "Quotes"). A line break stands outside
 * them as `\n`, so that no line of a value can pass for the marker of a managed block.
 */
export const quoteFish: Quote = (value) => {
  const reason = unheldByProcesses(value);
  if (reason !== null) return refused(reason, 'json');
  if (RESERVED.test(value)) return refused('a character that fish keeps for itself', 'json');
  return ok(`'${value.replace(/['\\]/g, String.raw`\$&`).replaceAll('\n', String.raw`'\n'`)}'`);
};

/** Names that fish lets nobody set ("Special variables"). */
const READ_ONLY = new Set([
  ...['_', 'argv', 'history', 'hostname', 'pipestatus', 'status', 'version', 'FISH_VERSION'],
  ...['PWD', 'SHLVL', 'fish_pid', 'fish_kill_signal', 'fish_killring', 'fish_read_limit'],
]);

const names: NameRules = {
  isName: (name) => IDENTIFIER.test(name) && !READ_ONLY.has(name),
  useInstead: 'json',
};

const SETS = /^[ \t]*set[ \t]+(?:-\S+[ \t]+)*([A-Za-z_]\w*)/;

/** `set -gx KEY 'value'`, for `source file` or `tokentray env --format fish | source`; tried with fish 3.6. */
export const fish: VariablesDialect = {
  format: 'fish',
  of: 'variables',
  lineEnding: 'lf',
  placement: {
    kind: 'block',
    comment: '#',
    sets: (line) => SETS.exec(line)?.[1] ?? null,
    continues: endsInBackslash,
    obstacle: (before) => openShellQuote(before, { escapesInSingle: true, heredocs: false }),
  },
  render: (variables) =>
    renderLines('fish', variables, quoteFish, (name, quoted) => `set -gx ${name} ${quoted}`, names),
};
