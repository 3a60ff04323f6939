import { ok } from '../../lib/result.ts';
import { renderLines, type Dialect, type Quote } from './dialect.ts';

/**
 * POSIX single quotes hold every character but the quote itself, which stands outside them as `\'`. So does a `#`
 * that begins a line of the value, or it could pass for the marker of a managed block.
 */
export const quoteBash: Quote = (value) => {
  // No process can have either in its environment.
  if (value.includes('\0')) return { ok: false, error: { reason: 'a NUL character', useInstead: 'json' } };
  if (!value.isWellFormed()) {
    return { ok: false, error: { reason: 'half of a character pair', useInstead: 'json' } };
  }
  return ok(`'${value.replaceAll("'", String.raw`'\''`).replaceAll('\n#', "\n'\\#'")}'`);
};

/** `export KEY='value'`, for bash, dash, zsh and every other POSIX shell: `. file` or `eval "$(tokentray env …)"`. */
export const bash: Dialect = {
  format: 'bash',
  lineEnding: 'lf',
  render: (variables) =>
    renderLines('bash', variables, quoteBash, (name, quoted) => `export ${name}=${quoted}`),
};
