import { width } from './width.ts';

/** Lines with aligned columns, two spaces between; no spaces at the ends of lines. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  const measured = rows.map((row) =>
    row.map((cell, column) => {
      const columns = width(cell);
      widths[column] = Math.max(widths[column] ?? 0, columns);
      return { cell, columns };
    }),
  );
  return measured.map((row) =>
    row
      .map(({ cell, columns }, index) =>
        index === row.length - 1 ? cell : cell + ' '.repeat((widths[index] ?? 0) - columns + 2),
      )
      .join('')
      .trimEnd(),
  );
}
