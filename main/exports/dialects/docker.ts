import { ok } from '../../lib/result.ts';
import { quoteBash } from './bash.ts';
import { quoteCompose } from './compose.ts';
import { refused, renderLines, type Quote, type VariablesDialect } from './dialect.ts';
import { IN_ENV_FILE } from './dotenv.ts';
import { unheldByProcesses } from './unheld.ts';

/** The longest line that is read is one byte less than 64 KiB, with its line ending; names are short of the rest. */
const MAX_BYTES = 65_000;

/** As it stands: quotes, `$`, `#` and backslashes are characters of the value, and so is white space at either end. */
export const quoteDocker: Quote = (value) => {
  const reason =
    unheldByProcesses(value) ??
    (value.includes('\n') ? 'a line break' : null) ??
    // The one before a line break is read as part of it.
    (value.endsWith('\r') ? 'a carriage return at its end' : null) ??
    (Buffer.byteLength(value) > MAX_BYTES ? 'more than 65,000 bytes' : null);
  if (reason === null) return ok(value);
  if (quoteCompose(value).ok) return refused(reason, 'compose');
  return refused(reason, quoteBash(value).ok ? 'bash' : 'json');
};

/** `KEY=value` without quotes, for `docker run --env-file`: docker/cli `pkg/kvfile/kvfile.go`; tried with docker 28.2. */
export const docker: VariablesDialect = {
  format: 'docker',
  of: 'variables',
  lineEnding: 'lf',
  // It knows neither quotes nor lines that go on.
  placement: { kind: 'block', comment: '#', sets: IN_ENV_FILE.sets },
  render: (variables) => renderLines('docker', variables, quoteDocker, (name, quoted) => `${name}=${quoted}`),
};
