import { Activity, Download } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ActivityLevel } from '../../../contract/activity.ts';
import { Button } from '../../components/button.tsx';
import { Empty } from '../../components/empty.tsx';
import { FilterSelect } from '../../components/filter-select.tsx';
import { Page } from '../../components/page.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { useMedia } from '../../components/use-media.ts';
import { useApp } from '../../store/use-app.ts';
import { WithGateway } from '../gateway/with-gateway.tsx';
import { ActivityList } from './activity-list.tsx';
import css from './activity-section.module.css';
import { ConnectionFilter } from '../../components/connection-filter.tsx';

const LEVEL_WORDS: readonly [ActivityLevel, string][] = [
  ['info', 'Everything'],
  ['warning', 'Warnings and errors'],
  ['error', 'Errors'],
];

function Filters() {
  const filter = useApp((state) => state.activityFilter);
  const setFilter = useApp((state) => state.setActivityFilter);
  return (
    <div className={css['filters']} role="search" aria-label="Activity">
      <SearchField
        label="Search activity"
        maxLength={200}
        value={filter.text}
        onChange={(text) => {
          setFilter({ text });
        }}
      />
      <ConnectionFilter
        value={filter.connection}
        onChange={(connection) => {
          setFilter({ connection });
        }}
      />
      <FilterSelect
        label="Level"
        value={filter.level}
        choices={LEVEL_WORDS}
        onChange={(level) => {
          setFilter({ level });
        }}
      />
    </div>
  );
}

function Nothing() {
  const filter = useApp((state) => state.activityFilter);
  const setFilter = useApp((state) => state.setActivityFilter);
  const narrowed = filter.connection !== null || filter.level !== 'info' || filter.text !== '';
  if (!narrowed) return <Empty icon={<Activity size={28} aria-hidden />}>Nothing has happened yet.</Empty>;
  return (
    <Empty
      action={
        <Button
          onClick={() => {
            setFilter({ connection: null, level: 'info', text: '' });
          }}
        >
          {filter.text === '' ? 'Show everything' : 'Clear search'}
        </Button>
      }
    >
      {filter.text === '' ? 'Nothing matches this filter.' : `Nothing matches “${filter.text}”.`}
    </Empty>
  );
}

/** What happened, newest first. Never contains tokens. */
function Happened() {
  const entries = useApp((state) => state.activity);
  const atEnd = useApp((state) => state.activityAtEnd);
  const load = useApp((state) => state.loadActivity);
  const loadOlder = useApp((state) => state.loadOlderActivity);
  const wanted = entries === null;
  useEffect(() => {
    if (wanted) void load();
  }, [wanted, load]);

  return (
    <>
      <Filters />
      {entries === null && <Empty>Loading…</Empty>}
      {entries?.length === 0 && <Nothing />}
      {entries !== null && entries.length > 0 && <ActivityList entries={entries} />}
      {!atEnd && entries !== null && (
        <div className={css['older']}>
          <Button onClick={() => void loadOlder()}>Show older</Button>
        </div>
      )}
    </>
  );
}

function Export() {
  const save = useApp((state) => state.saveActivity);
  return (
    <Button title="Save the shown entries as JSON lines, without secrets" onClick={() => void save()}>
      <Download size={15} aria-hidden />
      Export
    </Button>
  );
}

const Requests = () => <WithGateway>{({ TrafficView }) => <TrafficView />}</WithGateway>;

/** A wide window has both. */
function SideBySide() {
  return (
    <Page title="Activity" wide>
      <div className={css['columns']}>
        <section aria-labelledby="activity-happened">
          <div className={css['head']}>
            <h2 id="activity-happened">What happened</h2>
            <Export />
          </div>
          <Happened />
        </section>
        <section aria-labelledby="activity-requests">
          <div className={css['head']}>
            <h2 id="activity-requests">Requests</h2>
          </div>
          <Requests />
        </section>
      </div>
    </Page>
  );
}

const TABS = [
  { id: 'happened', label: 'What happened' },
  { id: 'requests', label: 'Requests' },
] as const;

function InTabs() {
  const [tab, setTab] = useState<(typeof TABS)[number]['id']>('happened');
  return (
    <Page title="Activity" actions={tab === 'happened' && <Export />}>
      <Tabs label="Activity" tabs={TABS} selected={tab} onSelect={setTab} fills>
        {tab === 'happened' ? <Happened /> : <Requests />}
      </Tabs>
    </Page>
  );
}

/** What happened, and what consumers ask of the gateway. */
export function ActivitySection() {
  return useMedia('(width >= 1440px)') ? <SideBySide /> : <InTabs />;
}
