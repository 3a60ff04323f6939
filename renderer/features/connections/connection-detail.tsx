import { ArrowLeft, Star } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { Empty } from '../../components/empty.tsx';
import { useMinute } from '../../components/minute-clock.ts';
import { StateBadge } from '../../components/state-badge.tsx';
import { useApp, useAppStore } from '../../store/use-app.ts';
import { connectionBadge, stateHint, stateSentence } from '../../view/state-words.ts';
import { ConnectionActions } from './connection-actions.tsx';
import css from './connection-detail.module.css';
import { ConnectionFacts } from './connection-facts.tsx';
import { ConnectionFiles } from './connection-files.tsx';
import { ConnectionScopes } from './connection-scopes.tsx';
import { TestResults } from './test-results.tsx';
import { Timeline } from './timeline.tsx';

function BackButton() {
  const store = useAppStore();
  return (
    <span className={css['back']}>
      <Button
        look="quiet"
        onClick={() => {
          store.getState().closeDetail();
          requestAnimationFrame(() => {
            document.querySelector<HTMLElement>('[role="listbox"] [tabindex="0"]')?.focus();
          });
        }}
      >
        <ArrowLeft size={15} aria-hidden />
        All connections
      </Button>
    </span>
  );
}

/** Everything about the selected connection. */
export function ConnectionDetail() {
  const connection = useApp((state) =>
    state.selectedId === null ? undefined : state.connections.get(state.selectedId),
  );
  const now = useMinute();
  if (connection === undefined) {
    return (
      <section className={css['detail']} aria-label="Connection">
        <Empty>Choose a connection to see it here.</Empty>
      </section>
    );
  }
  const hint = stateHint(connection);
  return (
    <section className={css['detail']} aria-labelledby="detail-title" tabIndex={-1}>
      <div className={css['inner']}>
        <BackButton />
        <h2 className={css['title']} id="detail-title" tabIndex={-1}>
          {connection.name}
          {connection.active && <Star size={15} fill="currentColor" role="img" aria-label="Active" />}
          <StateBadge badge={connectionBadge(connection, now)} />
        </h2>
        <p className={css['sentence']}>{stateSentence(connection, now)}</p>
        {hint !== null && <p className={css['hint']}>{hint}</p>}
        <ConnectionActions connection={connection} />
        <TestResults id={connection.id} />
        <Timeline connection={connection} now={now} />
        <ConnectionFacts connection={connection} now={now} />
        <ConnectionFiles id={connection.id} />
        <ConnectionScopes connection={connection} />
      </div>
    </section>
  );
}
