import type { Row } from './connection-rows.ts';

/** px. */
const HEIGHTS: Readonly<Record<Row['kind'], number>> = { provider: 34, group: 28, connection: 44 };
/** Room below the last row, px. */
const END = 8;
/** Extra rows rendered on either side of those in view. */
const BESIDE = 6;

/** The rows from `from` (inclusive) to `to` (exclusive). */
export interface RowRange {
  from: number;
  to: number;
}

/** Where each row starts, px from the top of the list; the last entry is the total height of the list. */
export function rowOffsets(rows: readonly Row[]): Float64Array {
  const offsets = new Float64Array(rows.length + 1);
  let at = 0;
  rows.forEach((row, index) => {
    offsets[index] = at;
    at += HEIGHTS[row.kind];
  });
  offsets[rows.length] = at + END;
  return offsets;
}

/** The row at a position, px: the last one that starts there or above. */
function rowAt(offsets: Float64Array, position: number): number {
  let low = 0;
  let high = Math.max(offsets.length - 2, 0);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((offsets[middle] ?? 0) <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Which rows to render for a viewport of `height` px that starts at `top`. */
export function rowsInView(offsets: Float64Array, top: number, height: number): RowRange {
  const count = offsets.length - 1;
  if (count === 0) return { from: 0, to: 0 };
  return {
    from: Math.max(rowAt(offsets, top) - BESIDE, 0),
    to: Math.min(rowAt(offsets, top + height) + 1 + BESIDE, count),
  };
}

/** Where to scroll so that the row is fully visible; null if it already is. The first rows bring their headings into view too. */
export function scrollFor(offsets: Float64Array, index: number, top: number, height: number): number | null {
  const start = index <= 2 ? 0 : (offsets[index] ?? 0);
  const end = offsets[index + 1] ?? start;
  if (start < top) return start;
  return end > top + height ? end - height : null;
}
