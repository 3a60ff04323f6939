import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, type KeyboardEvent } from 'react';
import { useApp, useAppStore } from '../../store/use-app.ts';
import { neighbour, type Row } from '../../view/connection-rows.ts';
import css from './connection-list.module.css';
import { ConnectionRow } from './connection-row.tsx';

const HEIGHTS: Readonly<Record<Row['kind'], number>> = { provider: 34, account: 26, connection: 50 };
/** Rows that PageUp and PageDown pass over. */
const PAGE = 8;

const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: PAGE,
  PageUp: -PAGE,
  Home: -Infinity,
  End: Infinity,
};

/** The list itself: only the lines in view exist, plus the one that holds the focus. */
export function ConnectionRows() {
  const store = useAppStore();
  const rows = useApp((state) => state.rows);
  const selectedId = useApp((state) => state.selectedId);
  const scroller = useRef<HTMLDivElement>(null);

  const selectedIndex = rows.findIndex((row) => row.key === selectedId);
  const tabStopIndex =
    selectedIndex === -1 ? rows.findIndex(({ kind }) => kind === 'connection') : selectedIndex;
  const count = rows.findLast((row) => row.kind === 'connection')?.position ?? 0;

  // eslint-disable-next-line react-hooks/incompatible-library -- no compiler memoizes this component
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => HEIGHTS[rows[index]?.kind ?? 'connection'],
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 6,
    paddingEnd: 8,
    rangeExtractor: useCallback(
      (range: Range) => {
        const shown = defaultRangeExtractor(range);
        return tabStopIndex === -1 || shown.includes(tabStopIndex)
          ? shown
          : [...shown, tabStopIndex].sort((a, b) => a - b);
      },
      [tabStopIndex],
    ),
  });

  useEffect(() => {
    virtual.measure();
  }, [virtual, rows]);

  useEffect(() => {
    // The first connection of a group brings its headings into view.
    if (selectedIndex >= 0) virtual.scrollToIndex(selectedIndex <= 2 ? 0 : selectedIndex, { align: 'auto' });
  }, [virtual, selectedIndex]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const { select, openDetail } = store.getState();
    const step = STEPS[event.key];
    if (step !== undefined) {
      const next = neighbour(rows, selectedId, step);
      if (next !== null) select(next);
    } else if ((event.key === 'Enter' || event.key === ' ') && selectedId !== null) {
      openDetail(selectedId);
      if (event.key === 'Enter')
        requestAnimationFrame(() => document.getElementById('detail-title')?.focus());
    } else {
      return;
    }
    event.preventDefault();
  }

  return (
    <div
      ref={scroller}
      className={css['rows']}
      role="listbox"
      aria-label="Connections"
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <div className={css['canvas']} role="presentation" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start, size }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <div
              key={key}
              className={css['line']}
              role="presentation"
              style={{ height: size, transform: `translateY(${start}px)` }}
            >
              {row.kind === 'connection' ? (
                <ConnectionRow
                  id={row.id}
                  position={row.position}
                  count={count}
                  selected={index === selectedIndex}
                  tabStop={index === tabStopIndex}
                />
              ) : (
                // Each option names its account and provider itself.
                <div className={css[row.kind]} aria-hidden="true">
                  {row.label}
                </div>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
