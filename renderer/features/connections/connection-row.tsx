import { Star } from 'lucide-react';
import { memo, useEffect, useRef } from 'react';
import type { ConnectionId } from '../../../contract/ids.ts';
import { useMinute } from '../../components/minute-clock.ts';
import { untilWords } from '../../../contract/validity-words.ts';
import { StateBadge } from '../../components/state-badge.tsx';
import { useApp, useAppStore } from '../../store/use-app.ts';
import { accountLabel, siteLabel } from '../../view/connection-rows.ts';
import { connectionBadge } from '../../view/state-words.ts';
import css from './connection-list.module.css';

interface ConnectionRowProps {
  id: ConnectionId;
  position: number;
  count: number;
  selected: boolean;
  /** Whether this is the row that the detail shows and that the arrow keys move from. */
  lead: boolean;
  /** Whether this is the row that Tab reaches (roving tabindex). */
  tabStop: boolean;
}

/** One connection. Renders again when that connection changes, not when others do. */
export const ConnectionRow = memo(function ConnectionRow({
  id,
  position,
  count,
  selected,
  lead,
  tabStop,
}: ConnectionRowProps) {
  const connection = useApp((state) => state.connections.get(id));
  const group = useApp((state) => state.settings.connectionGroup);
  const store = useAppStore();
  const now = useMinute();
  const row = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const list = row.current?.closest('[role="listbox"]');
    if (lead && list?.contains(document.activeElement)) row.current?.focus({ preventScroll: true });
  }, [lead]);

  if (connection === undefined) return null;
  const badge = connectionBadge(connection, now);
  // The normal state needs no mark: until when it works is what is looked for.
  const quiet = connection.status.state === 'connected' || connection.status.state === 'refreshing';
  const until = quiet ? untilWords(connection, now) : null;
  const site = siteLabel(connection);
  const account = accountLabel(connection.account);
  const name = [
    connection.name,
    site,
    quiet ? 'Connected' : badge.word,
    ...(until === null ? [] : [until]),
    ...(connection.active ? ['active'] : []),
    ...(connection.unverified ? ['certificates not checked'] : []),
    ...(connection.notice ? [connection.notice.title] : []),
    account,
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
      data-id={id}
      onClick={(event) => {
        const { pick, openDetail } = store.getState();
        row.current?.focus({ preventScroll: true });
        if (event.shiftKey) pick(id, 'range');
        else if (event.ctrlKey || event.metaKey) pick(id, 'toggle');
        else openDetail(id);
      }}
    >
      {/* Mouse only: Ctrl+Enter and the menu do the same. */}
      <span
        className={css['star']}
        data-active={connection.active}
        title={connection.active ? 'Active' : 'Make active'}
        onClick={(event) => {
          if (connection.active || event.shiftKey || event.ctrlKey || event.metaKey) return;
          event.stopPropagation();
          void store.getState().makeActive(id);
        }}
      >
        <Star size={14} fill={connection.active ? 'currentColor' : 'none'} aria-hidden />
      </span>
      <span>
        <span className={css['name']} title={connection.name}>
          <bdi>{connection.name}</bdi>
        </span>
        <span className={css['meta']}>
          {connection.unverified && <span className={css['unverified']}>▲ Not verified · </span>}
          {connection.notice && <span>▲ {connection.notice.title} · </span>}
          {group === 'site' ? account : group === 'account' ? site : `${site} · ${account}`}
        </span>
      </span>
      {quiet ? <span className={css['until']}>{until ?? 'Connected'}</span> : <StateBadge badge={badge} />}
    </div>
  );
});
