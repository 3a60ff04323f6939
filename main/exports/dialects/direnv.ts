import { ok } from '../../lib/result.ts';
import { quoteBash } from './bash.ts';
import { refused, renderLines, type Quote, type VariablesDialect } from './dialect.ts';
import { BARE, IN_ENV_FILE } from './dotenv.ts';
import { unheldByProcesses } from './unheld.ts';

/** The last `'` of the line ends the value; between it and the first, every character is literal. */
export const quoteDirenv: Quote = (value) => {
  if (BARE.test(value)) return ok(value);
  const reason = unheldByProcesses(value) ?? (/[\r\n]/.test(value) ? 'a line break' : null);
  return reason === null ? ok(`'${value}'`) : refused(reason, quoteBash(value).ok ? 'bash' : 'json');
};

/** `KEY=value` as `dotenv FILE` in an `.envrc` reads it: direnv `pkg/dotenv/parse.go`; tried with direnv 2.32. */
export const direnv: VariablesDialect = {
  format: 'direnv',
  of: 'variables',
  lineEnding: 'as-file',
  placement: { ...IN_ENV_FILE, continues: () => false },
  render: (variables) => renderLines('direnv', variables, quoteDirenv, (name, quoted) => `${name}=${quoted}`),
};
