import { ListFilter, Plus } from 'lucide-react';
import { flushSync } from 'react-dom';
import { CONNECTION_GROUPS, CONNECTION_SORTS } from '../../../contract/vocabulary.ts';
import { Button } from '../../components/button.tsx';
import { Empty } from '../../components/empty.tsx';
import { Menu } from '../../components/menu.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { useApp, useAppStore } from '../../store/use-app.ts';
import { shownIds } from '../../view/connection-rows.ts';
import { FILTER_WORDS, STATE_FILTERS } from '../../view/state-filter.ts';
import { DamagedRecords } from '../shell/damaged-records.tsx';
import { leadRow } from '../shell/places.ts';
import { SignInStrip } from '../connect/sign-in-strip.tsx';
import css from './connection-list.module.css';
import { SeveralStrip } from './several-detail.tsx';
import { ConnectionRows } from './connection-rows.tsx';

function ConnectionSearch() {
  const query = useApp((state) => state.query);
  const setQuery = useApp((state) => state.setQuery);
  const store = useAppStore();
  return (
    <SearchField
      label="Search connections"
      aria-keyshortcuts="/"
      value={query}
      onChange={setQuery}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowDown') return;
        event.preventDefault();
        const { rows, selectedId, pick } = store.getState();
        // The keys must not act on a connection that the search has filtered out.
        const shown = shownIds(rows);
        const first = shown[0];
        if (first !== undefined && (selectedId === null || !shown.includes(selectedId)))
          flushSync(() => {
            pick(first, 'one');
          });
        leadRow()?.focus();
      }}
    />
  );
}

const SORT_WORDS = { name: 'Sort by name', urgent: 'Needs attention first' } as const;
const GROUP_WORDS = { account: 'Group by account', site: 'Group by site', none: 'Without groups' } as const;

/** What is shown and how. Filters end with the window; order and groups are remembered. */
function ViewMenu() {
  const filter = useApp((state) => state.filter);
  const setFilter = useApp((state) => state.setFilter);
  const { connectionSort, connectionGroup } = useApp((state) => state.settings);
  const changeSettings = useApp((state) => state.changeSettings);
  return (
    <Menu
      label="Filter, sort and group"
      name="Show"
      icon={<ListFilter size={16} aria-hidden />}
      marked={filter !== 'all'}
      groups={[
        STATE_FILTERS.map((choice) => ({
          label: FILTER_WORDS[choice],
          checked: choice === filter,
          run: () => {
            setFilter(choice);
          },
        })),
        CONNECTION_SORTS.map((choice) => ({
          label: SORT_WORDS[choice],
          checked: choice === connectionSort,
          run: () => void changeSettings({ connectionSort: choice }),
        })),
        CONNECTION_GROUPS.map((choice) => ({
          label: GROUP_WORDS[choice],
          checked: choice === connectionGroup,
          run: () => void changeSettings({ connectionGroup: choice }),
        })),
      ]}
    />
  );
}

/** The current filter. Not shown above an empty list, which explains the filter itself. */
function ActiveFilter() {
  const filter = useApp((state) => state.filter);
  const setFilter = useApp((state) => state.setFilter);
  if (filter === 'all') return null;
  return (
    <p className={css['narrowed']}>
      <span>Filter: {FILTER_WORDS[filter]}</span>
      <Button
        look="quiet"
        onClick={() => {
          setFilter('all');
        }}
      >
        Show all
      </Button>
    </p>
  );
}

function Nothing() {
  const query = useApp((state) => state.query);
  const filter = useApp((state) => state.filter);
  const clearFilters = useApp((state) => state.clearFilters);
  return (
    <Empty action={<Button onClick={clearFilters}>{query === '' ? 'Show all' : 'Clear search'}</Button>}>
      {query === ''
        ? `No connection matches the filter “${FILTER_WORDS[filter]}”.`
        : `Nothing matches “${query}”.`}
    </Empty>
  );
}

export function ConnectionList() {
  const openConnect = useApp((state) => state.openConnect);
  const nothing = useApp((state) => state.rows.length === 0);
  return (
    <section className={css['list']} aria-label="Connection list">
      <div className={css['bar']}>
        <ConnectionSearch />
        <ViewMenu />
        <Button look="primary" onClick={openConnect}>
          <Plus size={15} aria-hidden />
          Connect
        </Button>
      </div>
      <SignInStrip />
      <DamagedRecords kind="connection" />
      {nothing ? (
        <Nothing />
      ) : (
        <>
          <ActiveFilter />
          <SeveralStrip />
          <ConnectionRows />
        </>
      )}
    </section>
  );
}
