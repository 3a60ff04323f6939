import type { KeyboardEvent } from 'react';

const buttonsOf = (row: Element | undefined): HTMLElement[] => [
  ...(row?.querySelectorAll<HTMLElement>(':scope > button') ?? []),
];

/** The place that an arrow key leads to from a place among `count`; null: nowhere. */
function next(at: number, step: number, count: number): number | null {
  const to = at + step;
  return to < 0 || to >= count ? null : to;
}

/**
 * Up and down: the same action of the row above and below; left and right: another action of the row. Tab reaches them all
 * besides. From the end of a row, as they are counted from there: rows that can be fixed have one more in front.
 */
export function moveBetweenRows(event: KeyboardEvent<HTMLElement>): void {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const rows = [...event.currentTarget.querySelectorAll('[data-row-actions]')];
  const row = rows.findIndex((each) => each === (event.target as Element).parentElement);
  const buttons = buttonsOf(rows[row]);
  const at = buttons.indexOf(event.target as HTMLElement);
  if (at < 0) return;
  const fromEnd = buttons.length - at;
  const inRow = (index: number | null): HTMLElement | undefined => {
    const others = index === null ? [] : buttonsOf(rows[index]);
    return others[Math.max(others.length - fromEnd, 0)];
  };
  const inThis = (index: number | null): HTMLElement | undefined =>
    index === null ? undefined : buttons[index];
  const targets: Partial<Record<string, () => HTMLElement | undefined>> = {
    ArrowUp: () => inRow(next(row, -1, rows.length)),
    ArrowDown: () => inRow(next(row, 1, rows.length)),
    ArrowLeft: () => inThis(next(at, -1, buttons.length)),
    ArrowRight: () => inThis(next(at, 1, buttons.length)),
    Home: () => inRow(0),
    End: () => inRow(rows.length - 1),
  };
  const find = targets[event.key];
  if (find === undefined) return;
  event.preventDefault();
  find()?.focus();
}
