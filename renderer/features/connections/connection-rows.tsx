import { useRef, useState, type MouseEvent } from 'react';
import type { ConnectionId } from '../../../contract/ids.ts';
import { useApp, useAppStore } from '../../store/use-app.ts';
import css from './connection-list.module.css';
import { ConnectionRow } from './connection-row.tsx';
import { RowMenu, type RowMenuRequest } from './row-menu.tsx';
import { useRowWindow } from './use-row-window.ts';
import { useListKeys } from './use-list-keys.ts';

/** The virtualized list: only the rows in view are rendered, plus the one that has the focus. */
export function ConnectionRows() {
  const store = useAppStore();
  const rows = useApp((state) => state.rows);
  const selectedId = useApp((state) => state.selectedId);
  const picked = useApp((state) => state.picked);
  const [menu, setMenu] = useState<RowMenuRequest | null>(null);
  const openings = useRef(0);
  const scroller = useRef<HTMLDivElement>(null);

  const selectedIndex = rows.findIndex((row) => row.key === selectedId);
  const tabStopIndex =
    selectedIndex === -1 ? rows.findIndex(({ kind }) => kind === 'connection') : selectedIndex;
  const count = rows.findLast((row) => row.kind === 'connection')?.position ?? 0;

  const { range, offsets, onScroll } = useRowWindow(scroller, rows, selectedIndex);
  const shown = Array.from({ length: range.to - range.from }, (_, index) => range.from + index);
  if (tabStopIndex !== -1 && (tabStopIndex < range.from || tabStopIndex >= range.to))
    shown.push(tabStopIndex);

  const rowOf = (id: ConnectionId): HTMLElement | null =>
    scroller.current?.querySelector<HTMLElement>(`[data-id="${id}"]`) ?? null;

  /** Without `at`, opens at the row itself, as for the keyboard. */
  const openMenu = (id: ConnectionId, at?: RowMenuRequest['at']): void => {
    const row = rowOf(id);
    if (row === null) return;
    const { left, top, bottom } = row.getBoundingClientRect();
    setMenu({ id, at: at ?? { left: left + 24, top, bottom }, opening: ++openings.current });
  };

  const onKeyDown = useListKeys(() => {
    if (selectedId !== null) openMenu(selectedId);
  });

  function onContextMenu(event: MouseEvent): void {
    const id =
      event.target instanceof Element ? event.target.closest('[data-id]')?.getAttribute('data-id') : null;
    const row = rows.find(({ key }) => key === id);
    if (row?.kind !== 'connection') return;
    event.preventDefault();
    const { picked, pick } = store.getState();
    if (!picked.has(row.id)) pick(row.id, 'one');
    rowOf(row.id)?.focus({ preventScroll: true });
    openMenu(row.id, { left: event.clientX, top: event.clientY, bottom: event.clientY });
  }

  return (
    <>
      <div
        ref={scroller}
        className={css['rows']}
        role="listbox"
        aria-label="Connections"
        aria-multiselectable
        tabIndex={-1}
        onKeyDown={onKeyDown}
        onContextMenu={onContextMenu}
        onScroll={onScroll}
      >
        <div className={css['canvas']} role="presentation" style={{ height: offsets[rows.length] }}>
          {shown.map((index) => {
            const row = rows[index];
            if (row === undefined) return null;
            const start = offsets[index] ?? 0;
            return (
              <div
                key={row.key}
                className={css['line']}
                role="presentation"
                style={{
                  height: (offsets[index + 1] ?? 0) - start,
                  transform: `translateY(${start}px)`,
                }}
              >
                {row.kind === 'connection' ? (
                  <ConnectionRow
                    id={row.id}
                    position={row.position}
                    count={count}
                    lead={index === selectedIndex}
                    selected={picked.size > 0 ? picked.has(row.id) : index === selectedIndex}
                    tabStop={index === tabStopIndex}
                  />
                ) : (
                  // The accessible name of each option includes account and provider.
                  <div className={css[row.kind]} aria-hidden="true">
                    {row.label}
                  </div>
                )}
              </div>
            );
          })}
        </div>
      </div>
      {menu !== null && (
        <RowMenu
          key={menu.opening}
          request={menu}
          onClosed={() => {
            setMenu((current) => (current === menu ? null : current));
          }}
          returnFocus={() => rowOf(menu.id)?.focus({ preventScroll: true })}
        />
      )}
    </>
  );
}
