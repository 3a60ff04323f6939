import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { useMinute } from '../../components/minute-clock.ts';
import { useApp } from '../../store/use-app.ts';
import { connectionBadge } from '../../view/state-words.ts';
import css from './connection-detail.module.css';

/** How many names are listed before “and … more”. */
const MAX_LISTED = 12;

/** The actions for several connections. */
function SeveralActions() {
  const picked = useApp((state) => state.picked);
  const selectedId = useApp((state) => state.selectedId);
  const pick = useApp((state) => state.pick);
  const refreshSeveral = useApp((state) => state.refreshSeveral);
  const openDialog = useApp((state) => state.openDialog);
  const [busy, setBusy] = useState(false);
  const ids = [...picked];

  async function refresh(): Promise<void> {
    setBusy(true);
    await refreshSeveral(ids);
    setBusy(false);
  }

  return (
    <>
      <Button look="primary" busy={busy} onClick={() => void refresh()}>
        {busy ? 'Refreshing…' : 'Refresh'}
      </Button>
      <Button
        onClick={() => {
          openDialog({ kind: 'remove-several', connections: ids });
        }}
      >
        Remove…
      </Button>
      <Button
        look="quiet"
        onClick={() => {
          if (selectedId !== null) pick(selectedId, 'one');
        }}
      >
        Clear selection
      </Button>
    </>
  );
}

/** The same above the list, for a narrow window without room for the detail. */
export function SeveralStrip() {
  const count = useApp((state) => state.picked.size);
  if (count < 2) return null;
  return (
    <div className={css['strip']} role="group" aria-label="Selected connections">
      <strong>{count.toLocaleString()} selected</strong>
      <SeveralActions />
    </div>
  );
}

/** Replaces the detail while several are selected: which ones, and the actions for them. */
export function SeveralDetail() {
  const picked = useApp((state) => state.picked);
  const connections = useApp((state) => state.connections);
  const now = useMinute();
  const ids = [...picked];
  return (
    <section className={css['detail']} aria-labelledby="detail-title" tabIndex={-1}>
      <div className={css['inner']}>
        <h2 className={css['title']} id="detail-title" tabIndex={-1}>
          {ids.length.toLocaleString()} connections selected
        </h2>
        <div className={css['actions']}>
          <SeveralActions />
        </div>
        <ul className={css['several']} aria-label="Selected connections">
          {ids.slice(0, MAX_LISTED).map((id) => {
            const connection = connections.get(id);
            if (connection === undefined) return null;
            return (
              <li key={id}>
                <bdi className={css['name']}>{connection.name}</bdi>
                <StateBadge badge={connectionBadge(connection, now)} />
              </li>
            );
          })}
        </ul>
        {ids.length > MAX_LISTED && <p className={css['sentence']}>and {ids.length - MAX_LISTED} more</p>}
      </div>
    </section>
  );
}
