import type { Runtime } from '../runtime.ts';
import { indented } from './fit.ts';
import { isolated } from './isolate.ts';
import { table } from './table.ts';
import { lineWidth } from './terminal.ts';
import { width } from './width.ts';

/**
 * Prints rows under their headings. Where a terminal is too narrow for the widest, each row is a paragraph instead, so that
 * no value is broken into the next column or left out.
 */
export function printTable(
  { context, print }: Pick<Runtime, 'context' | 'print'>,
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  for (const line of tableLines(headings, rows, lineWidth(context.stdout))) print(line);
}

/** The same as lines; `room` null: for no terminal. Pure. */
export function tableLines(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  room: number | null,
): string[] {
  if (room === null) return table([headings, ...rows]);
  const shown = rows.map((row) => row.map(isolated));
  const lines = table([headings, ...shown]);
  return lines.some((line) => width(line) > room) ? paragraphs(headings, shown, room) : lines;
}

function paragraphs(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  room: number,
): string[] {
  const indent = Math.max(...headings.slice(1).map(width)) + 4;
  return rows.flatMap(([title = '', ...values], index) => [
    ...(index === 0 ? [] : ['']),
    ...indented(title, room, 0),
    ...values.flatMap((value, column) => {
      if (value === '') return [];
      const heading = headings[column + 1] ?? '';
      const [first = '', ...rest] = indented(value, room, indent);
      return [`  ${heading}${' '.repeat(indent - 2 - width(heading))}${first.trimStart()}`, ...rest];
    }),
  ]);
}
