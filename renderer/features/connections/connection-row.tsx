import { Star } from 'lucide-react';
import { memo, useEffect, useRef } from 'react';
import type { ConnectionId } from '../../../contract/ids.ts';
import { useMinute } from '../../components/minute-clock.ts';
import { StateBadge } from '../../components/state-badge.tsx';
import { useApp } from '../../store/use-app.ts';
import { accountLabel, siteLabel } from '../../view/connection-rows.ts';
import { connectionBadge } from '../../view/state-words.ts';
import css from './connection-list.module.css';

interface ConnectionRowProps {
  id: ConnectionId;
  position: number;
  count: number;
  selected: boolean;
  /** The one row of the list that Tab reaches. */
  tabStop: boolean;
}

/** One connection. Renders again when that connection changes, not when others do. */
export const ConnectionRow = memo(function ConnectionRow({
  id,
  position,
  count,
  selected,
  tabStop,
}: ConnectionRowProps) {
  const connection = useApp((state) => state.connections.get(id));
  const openDetail = useApp((state) => state.openDetail);
  const now = useMinute();
  const row = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const list = row.current?.closest('[role="listbox"]');
    if (selected && list?.contains(document.activeElement)) row.current?.focus({ preventScroll: true });
  }, [selected]);

  if (connection === undefined) return null;
  const badge = connectionBadge(connection, now);
  const site = siteLabel(connection);
  const name = [
    connection.name,
    site,
    badge.word,
    ...(connection.active ? ['active'] : []),
    accountLabel(connection.account),
    connection.providerName,
  ].join(', ');
  return (
    <div
      ref={row}
      role="option"
      className={css['row']}
      aria-selected={selected}
      aria-label={name}
      aria-posinset={position}
      aria-setsize={count}
      tabIndex={tabStop ? 0 : -1}
      onClick={() => {
        row.current?.focus({ preventScroll: true });
        openDetail(id);
      }}
    >
      <span className={css['star']} title={connection.active ? 'Active' : undefined}>
        {connection.active && <Star size={14} fill="currentColor" aria-hidden />}
      </span>
      <span>
        <span className={css['name']}>{connection.name}</span>
        <span className={css['meta']}>{site}</span>
      </span>
      <StateBadge badge={badge} />
    </div>
  );
});
