import type { RowRange } from './row-window.ts';

/** Extra rows rendered on either side of those in view. */
const BESIDE = 6;

/** Which of `count` rows of equal height to render; all in px. */
export function equalRowsInView(count: number, rowHeight: number, top: number, height: number): RowRange {
  const from = Math.min(Math.max(Math.floor(top / rowHeight) - BESIDE, 0), count);
  return { from, to: Math.min(Math.max(Math.ceil((top + height) / rowHeight) + BESIDE, from), count) };
}
