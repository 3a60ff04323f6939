import type { ReactNode } from 'react';
import type { ConnectionView } from '../../../contract/connection.ts';
import { StateShape } from '../../components/state-shape.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { DETAIL_TABS, type DetailTab } from '../../store/state.ts';
import { useApp } from '../../store/use-app.ts';
import { WithFiles } from '../exports/with-files.tsx';
import { WithGateway } from '../gateway/with-gateway.tsx';
import { preloadOverview, WithOverview } from '../overview/with-overview.tsx';
import { WithPermissions } from '../permissions/with-permissions.tsx';
import { HistoryTab } from './history-tab.tsx';
import { SitesTab } from './sites-tab.tsx';
import { TAB_WORDS } from './tab-words.ts';
import { TokenTab } from './token-tab.tsx';

interface TabProps {
  connection: ConnectionView;
  now: number;
}

// With the first connection, which it is shown for.
void preloadOverview();

function SelectedTab({ tab, connection, now }: TabProps & { tab: DetailTab }) {
  switch (tab) {
    case 'overview':
      return (
        <WithOverview loading={null}>
          {({ OverviewTab }) => <OverviewTab connection={connection} now={now} />}
        </WithOverview>
      );
    case 'use':
      return (
        <WithFiles>
          {({ UseTab }) => <UseTab key={connection.id} connection={connection} now={now} />}
        </WithFiles>
      );
    case 'token':
      return <TokenTab connection={connection} />;
    case 'scopes':
      return (
        <WithPermissions>
          {({ PermissionsTab }) => <PermissionsTab connection={connection} />}
        </WithPermissions>
      );
    case 'sites':
      return <SitesTab connection={connection} />;
    case 'access':
      return <WithGateway>{({ AccessTab }) => <AccessTab connection={connection} />}</WithGateway>;
    case 'activity':
      return <HistoryTab id={connection.id} />;
  }
}

/** The details of a connection in tabs. The selected tab stays when another connection is selected. */
export function ConnectionTabs({ connection, now }: TabProps) {
  const tab = useApp((state) => state.detailTab);
  const showTab = useApp((state) => state.showTab);
  const { missingScopes, sites } = connection;
  const notes: Partial<Record<DetailTab, ReactNode>> = {
    ...(missingScopes.length > 0 && { scopes: <StateShape shape="▲" label="missing permissions" /> }),
    ...(sites.length > 1 && { sites: String(sites.length) }),
  };
  return (
    <Tabs
      label="Connection details"
      tabs={DETAIL_TABS.map((id) => ({ id, label: TAB_WORDS[id], note: notes[id] }))}
      selected={tab}
      onSelect={showTab}
    >
      <SelectedTab tab={tab} connection={connection} now={now} />
    </Tabs>
  );
}
