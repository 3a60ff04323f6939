import type { Output } from '../context.ts';

/** Colours by meaning; never the only way in which something is shown. */
export interface Paint {
  readonly dim: (text: string) => string;
  readonly bold: (text: string) => string;
  readonly good: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly bad: (text: string) => string;
}

/** Uses colours only on a terminal that supports them, and not with NO_COLOR (https://no-color.org). */
export function paint(output: Output, env: Readonly<Record<string, string | undefined>>): Paint {
  const sgr =
    (on: number, off: number) =>
    (text: string): string => {
      const plain = !output.isTTY || Boolean(env['NO_COLOR']) || env['TERM'] === 'dumb';
      return plain ? text : `\u001b[${on}m${text}\u001b[${off}m`;
    };
  return { dim: sgr(2, 22), bold: sgr(1, 22), good: sgr(32, 39), warn: sgr(33, 39), bad: sgr(31, 39) };
}
