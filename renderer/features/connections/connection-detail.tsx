import { ArrowLeft, ChevronDown, ChevronUp, Star } from 'lucide-react';
import type { ConnectionView } from '../../../contract/connection.ts';
import { Button } from '../../components/button.tsx';
import { Empty } from '../../components/empty.tsx';
import { useMinute } from '../../components/minute-clock.ts';
import { StateBadge } from '../../components/state-badge.tsx';
import { StateShape } from '../../components/state-shape.tsx';
import { useApp, useAppStore } from '../../store/use-app.ts';
import { siteLabel } from '../../view/connection-rows.ts';
import { connectionBadge } from '../../view/state-words.ts';
import { focusLater } from '../shell/focus-later.ts';
import { leadRow } from '../shell/places.ts';
import { ConnectionActions } from './connection-actions.tsx';
import css from './connection-detail.module.css';
import { ConnectionTabs } from './connection-tabs.tsx';
import { SeveralDetail } from './several-detail.tsx';
import { useKeptFocus } from './use-kept-focus.ts';

function BackButton() {
  const store = useAppStore();
  return (
    <span className={css['back']}>
      <Button
        look="quiet"
        onClick={() => {
          store.getState().closeDetail();
          focusLater(leadRow);
        }}
      >
        <ArrowLeft size={15} aria-hidden />
        All connections
      </Button>
    </span>
  );
}

/** Buttons for the previous and next connection of the list. */
function Steps() {
  const step = useApp((state) => state.step);
  const several = useApp((state) => state.connections.size > 1);
  if (!several) return null;
  return (
    <span className={css['steps']}>
      <Button
        look="quiet"
        icon
        aria-label="Previous connection"
        title="Previous"
        onClick={() => {
          step(-1);
        }}
      >
        <ChevronUp size={16} aria-hidden />
      </Button>
      <Button
        look="quiet"
        icon
        aria-label="Next connection"
        title="Next"
        onClick={() => {
          step(1);
        }}
      >
        <ChevronDown size={16} aria-hidden />
      </Button>
    </span>
  );
}

function ActiveStar({ connection }: { connection: ConnectionView }) {
  const makeActive = useApp((state) => state.makeActive);
  const { active, providerName } = connection;
  // The same button for both states, so that it keeps the focus.
  return (
    <button
      type="button"
      className={css['star']}
      aria-label={active ? `Active in ${providerName}` : 'Make active'}
      aria-disabled={active || undefined}
      title={
        active
          ? undefined
          : 'Make active: commands without a connection name, and files that follow the active connection, use it'
      }
      onClick={() => {
        if (!active) void makeActive(connection.id);
      }}
    >
      <Star size={16} fill={active ? 'currentColor' : 'none'} aria-hidden />
    </button>
  );
}

/** Everything about the selected connection, or the actions for several. */
export function ConnectionDetail() {
  const connection = useApp((state) =>
    state.selectedId === null ? undefined : state.connections.get(state.selectedId),
  );
  const several = useApp((state) => state.picked.size > 1);
  const now = useMinute();
  const onFocus = useKeptFocus();
  if (several) return <SeveralDetail />;
  if (connection === undefined) {
    return (
      <section className={css['detail']} aria-label="Connection">
        <Empty>Select a connection to see it here.</Empty>
      </section>
    );
  }
  return (
    <section className={css['detail']} aria-labelledby="detail-title" tabIndex={-1}>
      <div className={css['inner']} onFocus={onFocus}>
        <div className={css['top']}>
          <BackButton />
          <Steps />
        </div>
        <header className={css['header']}>
          <div className={css['who']}>
            <div className={css['heading']}>
              <h2
                className={`clamp ${css['title'] ?? ''}`}
                id="detail-title"
                tabIndex={-1}
                title={connection.name}
              >
                <bdi>{connection.name}</bdi>
              </h2>
              <ActiveStar connection={connection} />
              <StateBadge badge={connectionBadge(connection, now)} />
            </div>
            <p className={css['sentence']}>{siteLabel(connection)}</p>
          </div>
          <ConnectionActions connection={connection} now={now} />
        </header>
        {connection.unverified && (
          <p className={css['unverified']}>
            <StateShape shape="▲" /> Certificates are not checked: anyone on the way could read the token.
          </p>
        )}
        <ConnectionTabs connection={connection} now={now} />
      </div>
    </section>
  );
}
