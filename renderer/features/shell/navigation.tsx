import { Activity, Boxes, FileText, Plug, Settings, Waypoints } from 'lucide-react';
import { useMemo, type ComponentType } from 'react';
import type { ConnectionView } from '../../../contract/connection.ts';
import { needsPerson } from '../../../contract/remedy.ts';
import { SECTIONS, type Section } from '../../../contract/sections.ts';
import { useMinute } from '../../components/minute-clock.ts';
import { StateShape } from '../../components/state-shape.tsx';
import type { AppState } from '../../store/state.ts';
import { useApp, useAppStore } from '../../store/use-app.ts';
import { fromNow } from '../../view/time-words.ts';
import css from './navigation.module.css';

const ICONS: Readonly<Record<Section, ComponentType<{ size: number; 'aria-hidden': true }>>> = {
  connections: Plug,
  exports: FileText,
  gateway: Waypoints,
  providers: Boxes,
  activity: Activity,
  settings: Settings,
};

const countOf = (state: AppState, section: Section): number | null => {
  if (section === 'connections') return state.connections.size;
  if (section === 'gateway') return state.gateway.held.length + state.consents.length;
  return section === 'exports' ? state.exports.size : null;
};

/** How many connections need attention, and when the next one is refreshed. */
function summaryOf(connections: Iterable<ConnectionView>): { needAttention: number; next: string | null } {
  let needAttention = 0;
  let next: string | null = null;
  for (const connection of connections) {
    if (needsPerson(connection.status)) needAttention++;
    const { nextRefreshAt } = connection;
    // ISO times in the same zone and format can be compared as text.
    if (nextRefreshAt !== null && (next === null || nextRefreshAt < next)) next = nextRefreshAt;
  }
  return { needAttention, next };
}

function Item({ section: { id, label } }: { section: (typeof SECTIONS)[number] }) {
  const Icon = ICONS[id];
  const current = useApp((state) => state.section === id);
  const count = useApp((state) => (state.loaded ? countOf(state, id) : null));
  const show = useApp((state) => state.show);
  return (
    <button
      type="button"
      className={css['item']}
      aria-current={current ? 'page' : undefined}
      title={label}
      onClick={() => {
        show(id);
      }}
    >
      <Icon size={16} aria-hidden />
      <span className={css['label']}>{label}</span>
      {count !== null && count > 0 && (
        <span className={css['count']} aria-hidden="true">
          {count.toLocaleString()}
        </span>
      )}
    </button>
  );
}

function Summary() {
  const now = useMinute();
  const connections = useApp((state) => state.connections);
  const { needAttention, next } = useMemo(() => summaryOf(connections.values()), [connections]);
  const paused = useApp((state) => state.settings.refreshingPaused);
  const notWritten = useApp(({ exports }) => {
    let count = 0;
    for (const { status } of exports.values()) if (status.state === 'failed') count++;
    return count;
  });
  const store = useAppStore();
  const showNeedsAttention = (): void => {
    const { show, setQuery, setFilter, closeDetail } = store.getState();
    show('connections');
    setQuery('');
    setFilter('needs-you');
    closeDetail();
  };
  return (
    <div className={css['foot']}>
      {needAttention > 0 && (
        <button
          type="button"
          className={css['needs']}
          title="Show connections that need attention"
          onClick={() => {
            showNeedsAttention();
          }}
        >
          <StateShape shape="▲" />
          <span>
            {needAttention.toLocaleString()}
            <span className={css['label']}>
              {needAttention === 1 ? ' needs attention' : ' need attention'}
            </span>
          </span>
        </button>
      )}
      {notWritten > 0 && (
        <button
          type="button"
          className={css['needs']}
          title="Show env files"
          onClick={() => {
            store.getState().show('exports');
          }}
        >
          <StateShape shape="▲" />
          <span>
            {notWritten.toLocaleString()}
            <span className={css['label']}>
              {notWritten === 1 ? ' file not written' : ' files not written'}
            </span>
          </span>
        </button>
      )}
      {paused && <p>Refreshing is paused</p>}
      {!paused && next !== null && <p>Next refresh {fromNow(next, now)}</p>}
    </div>
  );
}

export function Navigation() {
  return (
    <nav className="side" aria-label="Sections">
      <p className="brand" aria-hidden="true">
        <img src="./favicon.svg" alt="" width="18" height="18" />
        <span>Tokentray</span>
      </p>
      {SECTIONS.map((section) => (
        <Item key={section.id} section={section} />
      ))}
      <Summary />
    </nav>
  );
}
