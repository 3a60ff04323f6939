import { ok } from '../../lib/result.ts';
import { refused, renderLines, type Quote, type VariablesDialect } from './dialect.ts';
import { BARE, IN_ENV_FILE } from './dotenv.ts';
import { unheldByProcesses } from './unheld.ts';

/**
 * `'…'` is literal but for `\'`, which is a quote: a backslash may be anywhere but before a quote or the end. In `"…"`,
 * `\` escapes and `$` begins a variable, so each is doubled. Line breaks are written as escapes, so that no
 * line of a value can pass for the marker of a managed block.
 */
export const quoteCompose: Quote = (value) => {
  if (BARE.test(value)) return ok(value);
  const reason = unheldByProcesses(value);
  if (reason !== null) return refused(reason, 'json');
  if (!/['\\\r\n]/.test(value)) return ok(`'${value}'`);
  const escaped = value
    .replace(/[\\"]/g, String.raw`\$&`)
    .replaceAll('$', '$$$$')
    .replaceAll('\n', String.raw`\n`)
    .replaceAll('\r', String.raw`\r`);
  return ok(`"${escaped}"`);
};

/**
 * `KEY=value` as `docker compose` reads `env_file:` and `.env`: compose-go `dotenv/parser.go`, `template/template.go`;
 * tried with Compose 2.40.
 */
export const compose: VariablesDialect = {
  format: 'compose',
  of: 'variables',
  lineEnding: 'as-file',
  placement: { ...IN_ENV_FILE, continues: () => false },
  render: (variables) =>
    renderLines('compose', variables, quoteCompose, (name, quoted) => `${name}=${quoted}`),
};
