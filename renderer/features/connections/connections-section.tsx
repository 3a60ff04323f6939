import { KeyRound } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { Empty } from '../../components/empty.tsx';
import { useApp } from '../../store/use-app.ts';
import { Welcome } from '../first-run/welcome.tsx';
import { SignInStrip } from '../connect/sign-in-strip.tsx';
import { DamagedRecords } from '../shell/damaged-records.tsx';
import { ConnectionDetail } from './connection-detail.tsx';
import { ConnectionList } from './connection-list.tsx';
import css from './connections-section.module.css';

function NoConnections() {
  const openConnect = useApp((state) => state.openConnect);
  return (
    <Empty
      icon={<KeyRound size={28} aria-hidden />}
      title="No accounts connected."
      action={
        <Button look="primary" onClick={openConnect}>
          Connect account
        </Button>
      }
    >
      Connect Atlassian to get a token your scripts can use.
    </Empty>
  );
}

/** List and detail, or how to get started. */
export function ConnectionsSection() {
  const none = useApp((state) => state.connections.size === 0);
  const detailOpen = useApp((state) => state.detailOpen);
  const firstRun = useApp((state) => !state.settings.firstRunDone);
  const heading = <h1 className="hidden">Connections</h1>;
  if (none) {
    return (
      <>
        {heading}
        <SignInStrip />
        <DamagedRecords kind="connection" />
        {firstRun ? <Welcome /> : <NoConnections />}
      </>
    );
  }
  return (
    <>
      {heading}
      <div className={css['columns']} data-shows={detailOpen ? 'detail' : 'list'}>
        <ConnectionList />
        <ConnectionDetail />
      </div>
    </>
  );
}
