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
import { endsInBackslash, setByAssignment } from './placement.ts';
import { unheldByProcesses } from './unheld.ts';

/**
 * POSIX single quotes hold every character but the quote itself, which stands outside them as `\'`. So does a `#`
 * that begins a line of the value, or it could pass for the marker of a managed block.
 */
export const quoteBash: Quote = (value) => {
  const reason = unheldByProcesses(value);
  if (reason !== null) return refused(reason, 'json');
  return ok(`'${value.replaceAll("'", String.raw`'\''`).replaceAll('\n#', "\n'\\#'")}'`);
};

/** Names that bash or zsh sets itself and lets nobody else set; tried with bash 5.2 and zsh 5.9. */
const READ_ONLY = new Set([
  ...['BASHOPTS', 'BASH_VERSINFO', 'EUID', 'PPID', 'SHELLOPTS', 'UID', 'GID', 'EGID'],
  ...['ARGC', 'HISTCMD', 'LINENO', 'TTYIDLE', 'ZSH_SUBSHELL', 'status'],
]);

const names: NameRules = {
  isName: (name) => IDENTIFIER.test(name) && !READ_ONLY.has(name),
  useInstead: 'json',
};

/**
 * `export KEY='value'`, for bash, dash, zsh and every other POSIX shell: `. file` or `eval "$(tokentray env …)"`.
 * POSIX.1-2017, Shell Command Language, 2.2.2; tried with bash 5.2, dash 0.5.12, zsh 5.9.
 */
export const bash: VariablesDialect = {
  format: 'bash',
  of: 'variables',
  lineEnding: 'lf',
  placement: {
    kind: 'block',
    comment: '#',
    sets: setByAssignment,
    continues: endsInBackslash,
    obstacle: (before) => openShellQuote(before, { escapesInSingle: false, heredocs: true }),
  },
  render: (variables) =>
    renderLines('bash', variables, quoteBash, (name, quoted) => `export ${name}=${quoted}`, names),
};
