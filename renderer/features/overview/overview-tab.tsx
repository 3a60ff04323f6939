import type { ConnectionView } from '../../../contract/connection.ts';
import { FewerPermissions } from '../connections/fewer-permissions.tsx';
import { useHistory } from '../connections/use-history.ts';
import { Addresses } from './addresses.tsx';
import { ConnectionNotice } from './connection-notice.tsx';
import { FaultDetails } from './fault-details.tsx';
import { MoreFacts } from './more-facts.tsx';
import css from './overview.module.css';
import { Standing } from './standing.tsx';
import { TestResults } from './test-results.tsx';
import { Timeline } from './timeline.tsx';
import { UsedBy } from './used-by.tsx';

/** Whether a connection works and until when, who uses it, and at which addresses. */
export function OverviewTab({ connection, now }: { connection: ConnectionView; now: number }) {
  const { id } = connection;
  const history = useHistory(id);
  return (
    <div data-wide>
      <Standing connection={connection} now={now} />
      <Timeline connection={connection} history={history ?? []} now={now} />
      <ConnectionNotice connection={connection} />
      <FewerPermissions connection={connection} />
      <TestResults id={id} />
      <div className={css['columns']}>
        <div className={css['column']}>
          <UsedBy key={id} connection={connection} now={now} />
          <FaultDetails key={`fault ${id}`} connection={connection} now={now} />
        </div>
        <div className={css['column']}>
          <Addresses connection={connection} />
          <MoreFacts key={id} connection={connection} now={now} />
        </div>
      </div>
    </div>
  );
}
