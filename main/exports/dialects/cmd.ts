import { ok } from '../../lib/result.ts';
import { refused, renderLines, type Quote, type VariablesDialect } from './dialect.ts';
import { quotePowershell } from './powershell.ts';

/** What no quoting of a batch file can hold, whatever the code page and with delayed expansion or without. */
const UNHELD: readonly [RegExp, string][] = [
  // Setting a variable to nothing removes it.
  [/^$/, 'nothing'],
  [/[^\t -~]/, 'a character beyond ASCII or a control character'],
  [/"/, 'a double quote'],
  [/!/, 'an exclamation mark, which delayed expansion replaces'],
];

/** A line of a batch file has 8,191 characters at most (Microsoft: "Command prompt line string limitation"). */
const MAX_LENGTH = 8000;

/** Between the quotes of `set "…"`, only `%` is replaced, and `%%` is one in a batch file. */
export const quoteCmd: Quote = (value) => {
  const escaped = value.replaceAll('%', '%%');
  const reason =
    UNHELD.find(([pattern]) => pattern.test(value))?.[1] ??
    (escaped.length > MAX_LENGTH ? 'more than fits into a line of a batch file' : null);
  if (reason === null) return ok(escaped);
  return refused(reason, quotePowershell(value).ok ? 'powershell' : 'json');
};

const SETS = /^[ \t]*@?[ \t]*set[ \t]+"?([A-Za-z_]\w*)=/i;

/**
 * `@set "KEY=value"`, for `call file.cmd` in cmd.exe; the `@` keeps the line off the screen. In a batch file only: at
 * the prompt `%%` stays two. Rules: Microsoft's pages on `set` and on cmd's parser; tried with the cmd of Wine 8.0, with delayed
 * expansion and without; no cmd.exe was at hand.
 */
export const cmd: VariablesDialect = {
  format: 'cmd',
  of: 'variables',
  lineEnding: 'crlf',
  placement: {
    kind: 'block',
    // A label: unlike after `rem`, nothing on the line is read, not even `>`.
    comment: '::',
    sets: (line) => SETS.exec(line)?.[1] ?? null,
    ignoresCase: true,
    obstacle: (before) =>
      /\^\r?\n?$/.test(before)
        ? {
            line: before.replace(/\n$/, '').split('\n').length,
            what: 'a “^” joins the line to the next one',
            hint: 'Finish that line, or choose another file.',
          }
        : null,
  },
  render: (variables) =>
    renderLines('cmd', variables, quoteCmd, (name, quoted) => `@set "${name}=${quoted}"`),
};
