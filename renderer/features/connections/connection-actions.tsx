import { useLayoutEffect, useRef } from 'react';
import type { ConnectionView } from '../../../contract/connection.ts';
import type { OAuthClientId } from '../../../contract/ids.ts';
import { replaceLabel } from '../../../contract/method-words.ts';
import type { ProviderView } from '../../../contract/provider.ts';
import { Button, type ButtonLook } from '../../components/button.tsx';
import { useApp } from '../../store/use-app.ts';
import { isLocked, stateAction } from '../../view/state-words.ts';
import css from './connection-detail.module.css';
import { ConnectionMenu } from './connection-menu.tsx';

interface ActionProps {
  connection: ConnectionView;
  look: ButtonLook;
  label: string;
}

function ReconnectButton({ connection }: Pick<ActionProps, 'connection'>) {
  const reconnect = useApp((state) => state.reconnect);
  return (
    <Button look="primary" onClick={() => void reconnect(connection.id)}>
      {replaceLabel(connection)}
    </Button>
  );
}

function RefreshButton({ connection, look, label }: ActionProps) {
  const refresh = useApp((state) => state.refresh);
  const busy = useApp((state) => state.pending.has(`refresh:${connection.id}`));
  const refreshing = busy || connection.status.state === 'refreshing';
  return (
    <Button look={look} busy={refreshing} onClick={() => void refresh(connection.id)}>
      {label}
    </Button>
  );
}

/** Its OAuth client, if that is the person’s own. */
const ownClient = ({ client }: ConnectionView, providers: readonly ProviderView[]): OAuthClientId | null =>
  providers.flatMap(({ clients }) => clients).find(({ id, origin }) => id === client?.id && origin === 'user')
    ?.id ?? null;

/** The action that the state calls for. */
function FirstAction({ connection }: { connection: ConnectionView }) {
  const setPaused = useApp((state) => state.setPaused);
  const changeSettings = useApp((state) => state.changeSettings);
  const show = useApp((state) => state.show);
  const openDialog = useApp((state) => state.openDialog);
  const client = useApp(({ providers }) => ownClient(connection, providers));
  switch (stateAction(connection)) {
    case 'reconnect':
    case 'replace':
      return <ReconnectButton connection={connection} />;
    case 'refresh':
      return <RefreshButton connection={connection} look="primary" label="Retry" />;
    case 'resume':
      return (
        <Button look="primary" onClick={() => void setPaused(connection.id, false)}>
          Resume
        </Button>
      );
    case 'resume-all':
      return (
        <Button look="primary" onClick={() => void changeSettings({ refreshingPaused: false })}>
          Resume all
        </Button>
      );
    case 'open-providers':
      return (
        <Button
          look="primary"
          onClick={() => {
            if (client === null) show('providers');
            else openDialog({ kind: 'edit-client', client });
          }}
        >
          {client === null ? 'Check OAuth client' : 'Edit OAuth client'}
        </Button>
      );
    case null:
      return null;
  }
}

/** First the action that the state calls for, then the most common ones; the menu has the rest. */
function Actions({ connection }: { connection: ConnectionView }) {
  const { id } = connection;
  const first = stateAction(connection);
  const copy = useApp((state) => state.copy);
  const test = useApp((state) => state.test);
  const openDialog = useApp((state) => state.openDialog);
  const copying = useApp((state) => state.pending.has(`copy:${id}`));
  const testing = useApp((state) => state.pending.has(`test:${id}`));
  const connecting = connection.status.state === 'connecting' ? connection.status.signIn : null;
  const resumeSignIn = useApp((state) => state.resumeSignIn);
  const cancelSignIn = useApp((state) => state.cancelSignIn);

  if (connecting !== null) {
    return (
      <>
        <Button
          look="primary"
          onClick={() => {
            resumeSignIn(connecting);
          }}
        >
          Continue
        </Button>
        <Button onClick={() => void cancelSignIn(connecting)}>Cancel</Button>
      </>
    );
  }
  if (isLocked(connection)) {
    return (
      <>
        <Button
          onClick={() => {
            openDialog({ kind: 'remove', connection: id });
          }}
        >
          Remove…
        </Button>
        <ConnectionMenu connection={connection} />
      </>
    );
  }
  return (
    <>
      <FirstAction connection={connection} />
      <Button
        look={first === null ? 'primary' : 'plain'}
        busy={copying}
        onClick={() => void copy(id, 'access_token')}
      >
        Copy token
      </Button>
      <Button
        onClick={() => {
          openDialog({ kind: 'add-export', connection: id });
        }}
      >
        Add env file
      </Button>
      <Button busy={testing} onClick={() => void test(id)}>
        {testing ? 'Testing…' : 'Test'}
      </Button>
      {connection.canRefresh && first === null && (
        <RefreshButton connection={connection} look="plain" label="Refresh" />
      )}
      <ConnectionMenu connection={connection} />
    </>
  );
}

/** The actions for the connection. When the focused button disappears, the focus moves to the connection's name. */
export function ConnectionActions({ connection }: { connection: ConnectionView }) {
  const focused = useRef<Element | null>(null);
  useLayoutEffect(() => {
    const left = focused.current;
    if (left === null || left.isConnected) return;
    focused.current = null;
    if (document.activeElement === document.body) document.getElementById('detail-title')?.focus();
  });
  return (
    <div
      className={css['actions']}
      onFocus={(event) => {
        focused.current = event.target;
      }}
    >
      <Actions connection={connection} />
    </div>
  );
}
