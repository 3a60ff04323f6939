import { Activity, Boxes, FileText, Plug, Settings, Waypoints } from 'lucide-react';
import { useMemo, type ComponentType } from 'react';
import type { ConnectionView } from '../../../contract/connection.ts';
import {
  countProblems,
  needAttentionWords,
  notWrittenWords,
  type Problems,
} from '../../../contract/problems.ts';
import { SECTIONS, type Section } from '../../../contract/sections.ts';
import { useMinute } from '../../components/minute-clock.ts';
import { StateShape } from '../../components/state-shape.tsx';
import type { AppState } from '../../store/state.ts';
import { useApp, useAppStore } from '../../store/use-app.ts';
import { keysOf } from '../../view/shortcuts.ts';
import { moment } from '../../view/time-words.ts';
import css from './navigation.module.css';
import { useKeyPlace } from './use-key-place.ts';

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

/** What of a section waits for the person; null: nothing. */
function problemOf(problems: Problems, section: Section): { count: number; words: string } | null {
  const [count, words] =
    section === 'connections'
      ? [problems.connections, needAttentionWords]
      : section === 'exports'
        ? [problems.files, notWrittenWords]
        : [0, String];
  return count === 0 ? null : { count, words: words(count) };
}

/** When the next connection is renewed; null: none is. */
function nextRenewal(connections: Iterable<ConnectionView>): string | null {
  let next: string | null = null;
  // ISO times in the same zone and format can be compared as text.
  for (const { nextRefreshAt } of connections)
    if (nextRefreshAt !== null && (next === null || nextRefreshAt < next)) next = nextRefreshAt;
  return next;
}

interface ItemProps {
  section: (typeof SECTIONS)[number];
  problem: ReturnType<typeof problemOf>;
}

function Item({ section: { id, label }, problem }: ItemProps) {
  const Icon = ICONS[id];
  const current = useApp((state) => state.section === id);
  const count = useApp((state) => (state.loaded ? countOf(state, id) : null));
  const show = useApp((state) => state.show);
  return (
    <button
      type="button"
      className={css['item']}
      aria-current={current ? 'page' : undefined}
      title={problem === null ? label : `${label}: ${problem.words}`}
      onClick={() => {
        show(id);
      }}
    >
      <Icon size={16} aria-hidden />
      <span className={css['label']}>{label}</span>
      {problem !== null ? (
        <span className={css['problem']} aria-hidden="true">
          <StateShape shape="▲" /> <span>{problem.count.toLocaleString()}</span>
        </span>
      ) : (
        count !== null &&
        count > 0 && (
          <span className={css['count']} aria-hidden="true">
            {count.toLocaleString()}
          </span>
        )
      )}
    </button>
  );
}

interface ProblemProps {
  count: number;
  /** What follows the number. */
  words: string;
  title: string;
  onClick: () => void;
}

/** A line that leads to what waits for the person; narrow windows have room for the number alone. */
const Problem = ({ count, words, title, onClick }: ProblemProps) => (
  <button type="button" className={css['needs']} title={title} onClick={onClick}>
    <StateShape shape="▲" />
    <span>
      {count.toLocaleString()}
      <span className={css['label']}> {words}</span>
    </span>
  </button>
);

/** The status line: what waits for the person, as the tray counts it; else when something happens next. */
function Summary({ problems }: { problems: Problems }) {
  const now = useMinute();
  const connections = useApp((state) => state.connections);
  const next = useMemo(() => nextRenewal(connections.values()), [connections]);
  const paused = useApp((state) => state.settings.refreshingPaused);
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
      {problems.connections > 0 && (
        <Problem
          count={problems.connections}
          words={problems.connections === 1 ? 'needs attention' : 'need attention'}
          title="Show connections that need attention"
          onClick={showNeedsAttention}
        />
      )}
      {problems.files > 0 && (
        <Problem
          count={problems.files}
          words={problems.files === 1 ? 'file not written' : 'files not written'}
          title="Show env files"
          onClick={() => {
            store.getState().show('exports');
          }}
        />
      )}
      {paused && <p>Refreshing is paused</p>}
      {!paused && problems.connections + problems.files === 0 && next !== null && (
        <p>Next renewal {moment(next, now)}</p>
      )}
    </div>
  );
}

/** The key alone would be found by nobody. */
function Find() {
  const place = useKeyPlace();
  const openDialog = useApp((state) => state.openDialog);
  return (
    <button
      type="button"
      className={css['find']}
      onClick={() => {
        openDialog({ kind: 'palette', of: null });
      }}
    >
      Find anything <kbd aria-hidden>{keysOf('palette', place)}</kbd>
    </button>
  );
}

export function Navigation() {
  const connections = useApp((state) => state.connections);
  const exports = useApp((state) => state.exports);
  const problems = useMemo(
    () => countProblems(connections.values(), exports.values()),
    [connections, exports],
  );
  return (
    <nav className="side" aria-label="Sections">
      <p className="brand" aria-hidden="true">
        <img src="./favicon.svg" alt="" width="18" height="18" />
        <span>Tokentray</span>
      </p>
      {SECTIONS.map((section) => (
        <Item key={section.id} section={section} problem={problemOf(problems, section.id)} />
      ))}
      <Find />
      <Summary problems={problems} />
    </nav>
  );
}
