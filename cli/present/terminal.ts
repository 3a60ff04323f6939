import type { Output } from '../context.ts';

/** Where a terminal does not say how wide it is. */
const USUAL_COLUMNS = 80;
/** Narrower than this, nothing is legible, and a terminal breaks the lines. */
const LEAST_COLUMNS = 20;

/** Cells in a line; null where the text is not for a terminal, and nothing is left out or broken. */
export const lineWidth = ({ isTTY, columns }: Output): number | null =>
  isTTY ? Math.max(columns ?? USUAL_COLUMNS, LEAST_COLUMNS) : null;
