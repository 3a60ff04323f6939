import { ok } from '../../lib/result.ts';
import { quoteBash } from './bash.ts';
import { refused, renderLines, type Quote, type VariablesDialect } from './dialect.ts';
import { BARE, IN_ENV_FILE } from './dotenv.ts';
import { unheldByProcesses } from './unheld.ts';

/** Some releases drop a variable that has one; the tab and the line break are left. */
// oxlint-disable-next-line no-control-regex -- that is what it looks for
const CONTROL = /[\u0001-\u0008\u000b-\u001f\u007f]/;

/** Unicode keeps these for no character, and systemd takes a text that has one for no text (`unichar_is_valid`). */
const NONCHARACTER = /[\ufdd0-\ufdef]|\p{NChar}/u;

/** In `"…"`, a backslash escapes `"`, `\`, `` ` `` and `$`, and nothing is expanded; a line break is one. */
export const quoteSystemd: Quote = (value) => {
  if (BARE.test(value)) return ok(value);
  const reason =
    unheldByProcesses(value) ??
    (CONTROL.test(value) ? 'a control character' : null) ??
    (NONCHARACTER.test(value) ? 'a code that is no character' : null) ??
    // It could pass for the marker of a managed block, and there is no escape for it.
    (/\n[ \t]*#/.test(value) ? 'a line that begins with “#”' : null);
  if (reason !== null) return refused(reason, quoteBash(value).ok ? 'bash' : 'json');
  return ok(`"${value.replace(/["\\`$]/g, String.raw`\$&`)}"`);
};

/**
 * `KEY=value` as `EnvironmentFile=` of a unit reads it (systemd.exec(5); systemd `src/basic/env-file.c`). Tried with
 * systemd 252's generator for environment.d, which reads files with the same code and then expands `$`.
 */
export const systemd: VariablesDialect = {
  format: 'systemd',
  of: 'variables',
  lineEnding: 'lf',
  placement: IN_ENV_FILE,
  render: (variables) =>
    renderLines('systemd', variables, quoteSystemd, (name, quoted) => `${name}=${quoted}`),
};
