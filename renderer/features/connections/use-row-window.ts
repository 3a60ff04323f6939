import { useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';
import type { Row } from '../../view/connection-rows.ts';
import { rowOffsets, rowsInView, scrollFor, type RowRange } from '../../view/row-window.ts';

interface RowWindow {
  range: RowRange;
  /** Where each row starts, px; see `rowOffsets`. */
  offsets: Float64Array;
  onScroll: () => void;
}

/**
 * Which rows to render. Row heights are known, so only the height of the viewport is measured. Scrolls the row at
 * `keepInView` into view whenever it or the rows change.
 */
export function useRowWindow(
  scroller: RefObject<HTMLElement | null>,
  rows: readonly Row[],
  keepInView: number,
): RowWindow {
  const offsets = useMemo(() => rowOffsets(rows), [rows]);
  // Until it is measured, the list is assumed to be as tall as the window: reading its height would force a layout.
  const [view, setView] = useState(() => ({ top: 0, height: innerHeight }));
  const current = useRef(view);

  const change = (next: Partial<typeof view>): void => {
    const before = rowsInView(offsets, view.top, view.height);
    current.current = { ...current.current, ...next };
    const after = rowsInView(offsets, current.current.top, current.current.height);
    // No new render while scrolling among rows that are already rendered.
    if (before.from !== after.from || before.to !== after.to) setView(current.current);
  };
  const onChange = useRef(change);
  useLayoutEffect(() => {
    onChange.current = change;
  });

  useEffect(() => {
    const list = scroller.current;
    if (list === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) onChange.current({ height: entry.contentRect.height });
    });
    observer.observe(list);
    return () => {
      observer.disconnect();
    };
  }, [scroller]);

  useEffect(() => {
    const list = scroller.current;
    if (list === null || keepInView < 0) return;
    const top = scrollFor(offsets, keepInView, current.current.top, current.current.height);
    if (top !== null) list.scrollTo({ top });
  }, [scroller, offsets, keepInView]);

  return {
    range: rowsInView(offsets, view.top, view.height),
    offsets,
    onScroll: () => {
      if (scroller.current !== null) change({ top: scroller.current.scrollTop });
    },
  };
}
