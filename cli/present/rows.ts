import { clip } from './fit.ts';
import { isolated } from './isolate.ts';
import { width } from './width.ts';

/** A field of a row, without colours; `paint` adds them. */
export interface Cell {
  readonly text: string;
  readonly paint?: ((text: string) => string) | undefined;
  /** It may be shown in part where there is not enough room. */
  readonly shrinks?: true;
}

const GAP = 2;
/** What a shrunk column keeps at least. */
const LEAST = 6;

/** Rows with aligned columns that together take at most `room` cells, as far as their columns can shrink. Pure. */
export function fitRows(rows: readonly (readonly Cell[])[], room: number): string[] {
  const widths = fitWidths(rows, room);
  return rows.map((row) =>
    row
      .map(({ text, paint }, column) => {
        const cells = widths[column] ?? 0;
        const shown = clip(text, cells);
        const painted = paint?.(isolated(shown)) ?? isolated(shown);
        return column === row.length - 1 ? painted : painted + ' '.repeat(cells - width(shown) + GAP);
      })
      .join('')
      .trimEnd(),
  );
}

/** Widths of the columns: the widest that may shrink does so first. */
function fitWidths(rows: readonly (readonly Cell[])[], room: number): number[] {
  const widths: number[] = [];
  const canShrink: boolean[] = [];
  for (const row of rows)
    for (const [column, { text, shrinks }] of row.entries()) {
      widths[column] = Math.max(widths[column] ?? 0, width(text));
      canShrink[column] = shrinks === true;
    }
  const taken = (): number => widths.reduce((sum, cells) => sum + cells, 0) + GAP * (widths.length - 1);
  while (taken() > room) {
    const widest = widths.reduce(
      (best, cells, column) =>
        canShrink[column] === true && cells > LEAST && cells > (widths[best] ?? 0) ? column : best,
      -1,
    );
    if (widest < 0) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}
