import type { ConnectionView } from '../../../contract/connection.ts';
import type { OAuthClientId } from '../../../contract/ids.ts';
import { replaceLabel } from '../../../contract/method-words.ts';
import type { ProviderView } from '../../../contract/provider.ts';
import { Button, type ButtonLook } from '../../components/button.tsx';
import { useApp } from '../../store/use-app.ts';
import { isLocked, mainAction, offersCopy, offersTest } from '../../view/state-words.ts';
import css from './connection-detail.module.css';
import { ConnectionMenu } from './connection-menu.tsx';

interface ActionsProps {
  connection: ConnectionView;
  /** Epoch ms. */
  now: number;
}

function ReconnectButton({ connection }: Pick<ActionsProps, 'connection'>) {
  const reconnect = useApp((state) => state.reconnect);
  return (
    <Button look="primary" onClick={() => void reconnect(connection.id)}>
      {replaceLabel(connection)}
    </Button>
  );
}

function RetryButton({ connection: { id, status } }: Pick<ActionsProps, 'connection'>) {
  const refresh = useApp((state) => state.refresh);
  const busy = useApp((state) => state.pending.has(`refresh:${id}`));
  return (
    <Button look="primary" busy={busy || status.state === 'refreshing'} onClick={() => void refresh(id)}>
      Try now
    </Button>
  );
}

function CopyButton({ connection: { id }, look }: Pick<ActionsProps, 'connection'> & { look: ButtonLook }) {
  const copy = useApp((state) => state.copy);
  const copying = useApp((state) => state.pending.has(`copy:${id}`));
  return (
    <Button look={look} busy={copying} onClick={() => void copy(id, 'access_token')}>
      Copy token
    </Button>
  );
}

/** Its OAuth client, if that is the person’s own. */
const ownClient = ({ client }: ConnectionView, providers: readonly ProviderView[]): OAuthClientId | null =>
  providers.flatMap(({ clients }) => clients).find(({ id, origin }) => id === client?.id && origin === 'user')
    ?.id ?? null;

/** The button that stands out. */
function MainAction({ connection, now }: ActionsProps) {
  const { id } = connection;
  const setPaused = useApp((state) => state.setPaused);
  const changeSettings = useApp((state) => state.changeSettings);
  const show = useApp((state) => state.show);
  const openDialog = useApp((state) => state.openDialog);
  const client = useApp(({ providers }) => ownClient(connection, providers));
  switch (mainAction(connection, now)) {
    case 'copy':
      return <CopyButton connection={connection} look="primary" />;
    case 'reconnect':
    case 'replace':
      return <ReconnectButton connection={connection} />;
    case 'refresh':
      return <RetryButton connection={connection} />;
    case 'resume':
      return (
        <Button look="primary" onClick={() => void setPaused(id, false)}>
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

/** One button that stands out, one or two more; the menu has the rest. */
function Actions({ connection, now }: ActionsProps) {
  const { id, status } = connection;
  const test = useApp((state) => state.test);
  const openDialog = useApp((state) => state.openDialog);
  const testing = useApp((state) => state.pending.has(`test:${id}`));
  const connecting = status.state === 'connecting' ? status.signIn : null;
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
      <MainAction connection={connection} now={now} />
      {offersCopy(connection, now) && <CopyButton connection={connection} look="plain" />}
      {offersTest(connection, now) && (
        <Button busy={testing} onClick={() => void test(id)}>
          {testing ? 'Testing…' : 'Test'}
        </Button>
      )}
      <ConnectionMenu connection={connection} />
    </>
  );
}

/** The actions for the connection. */
export const ConnectionActions = (props: ActionsProps) => (
  <div className={css['actions']}>
    <Actions {...props} />
  </div>
);
