import type { ConnectionView } from '../../../contract/connection.ts';
import type { ConnectionId } from '../../../contract/ids.ts';
import { Button } from '../../components/button.tsx';
import { DialogFrame } from '../../components/dialog-frame.tsx';
import { Choice } from '../../components/field.tsx';
import { RemovalDialog } from '../../components/removal-dialog.tsx';
import { GoneDialog } from '../../components/gone-dialog.tsx';
import type { DialogState } from '../../store/dialog-state.ts';
import { useApp } from '../../store/use-app.ts';
import { useShortPath } from '../../store/use-short-path.ts';
import { WithFiles } from '../exports/with-files.tsx';
import { sharedWith } from '../../../contract/shared-grant.ts';
import { METHOD_NOUNS } from '../../../contract/method-words.ts';
import { asksForScopes, wayOf } from '../../view/method-words.ts';
import { safeAddress } from '../../view/safe-address.ts';
import { issuer } from '../../view/state-words.ts';
import css from './remove-dialog.module.css';

function Files({ id }: { id: ConnectionId }) {
  const exports = useApp((state) => state.exports);
  const shown = useShortPath();
  const files = [...exports.values()].filter(({ connection }) => connection?.id === id);
  if (files.length === 0) return <p>No env file uses it.</p>;
  return (
    <div>
      <p>{files.length === 1 ? 'One env file uses it:' : `${files.length} env files use it:`}</p>
      <ul className={css['files']} aria-label="Env files that use it">
        {files.map(({ id: exportId, file, target }) => (
          <li key={exportId}>
            <code>{shown.path(file)}</code>
            <span className={css['note']}>
              {target.follows === 'active'
                ? 'Will follow the next active connection'
                : 'Will no longer be updated'}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What a revocation would end besides this connection; who pasted a secret has to delete it at the provider. */
function Revocation({ connection }: { connection: ConnectionView }) {
  const connections = useApp((state) => state.connections);
  const way = wayOf(connection);
  if (!asksForScopes(way)) {
    return (
      <p>
        {connection.method === 'basic' || connection.method === 'oauth2'
          ? `Nothing changes at ${issuer(connection)}.`
          : `Tokentray can’t delete the ${METHOD_NOUNS[connection.method]} at ${issuer(connection)}. If it’s still valid, delete it there.`}
      </p>
    );
  }
  const shared = sharedWith(connection, connections.values());
  return (
    <div>
      <Choice
        type="checkbox"
        name="revoke"
        label={`Also ask ${issuer(connection)} to revoke the sign-in`}
        note={
          shared.length === 0
            ? 'There is no undo then. The request is sent once and may not be honoured.'
            : 'There is no undo then. The request is sent once and may not be honoured. If it is, these connections end too, because they are of the same account through the same OAuth client:'
        }
      />
      {shared.length > 0 && (
        <ul className={`${css['names'] ?? ''} ${css['shared'] ?? ''}`} aria-label="Connections that end too">
          {shared.map(({ id, name }) => (
            <li key={id}>{name}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function RemoveForm({ connection }: { connection: ConnectionView }) {
  const remove = useApp((state) => state.remove);
  return (
    <RemovalDialog
      title={`Remove ${connection.name}?`}
      description="Nothing can use it any more. You can undo this for 30 seconds; then Tokentray deletes its tokens."
      remove={(form) => remove(connection.id, form.has('revoke'))}
    >
      <Files id={connection.id} />
      <WithFiles loading={null}>{({ RemovalUses }) => <RemovalUses ids={[connection.id]} />}</WithFiles>
      <Revocation connection={connection} />
    </RemovalDialog>
  );
}

export function RemoveDialog({ id }: { id: ConnectionId }) {
  const connection = useApp((state) => state.connections.get(id));
  if (connection !== undefined) return <RemoveForm connection={connection} />;
  return <GoneDialog />;
}

const OUTCOMES = {
  accepted:
    'The request to revoke was accepted. To make sure that the sign-in has ended, check your account.',
  failed: 'The sign-in could not be revoked and may still be valid. Revoke it in your account settings.',
  unsupported:
    'This provider offers no way to revoke a sign-in from here. Revoke it in your account settings.',
} as const;

/** The result of asking the provider to revoke; claims no more than is known. */
export function RemovedDialog({ dialog }: { dialog: Extract<DialogState, { kind: 'removed' }> }) {
  const close = useApp((state) => state.closeDialog);
  const address = safeAddress(dialog.manageUrl);
  return (
    <DialogFrame
      title={`${dialog.name} removed`}
      description={OUTCOMES[dialog.outcome]}
      actions={
        <Button look="primary" onClick={close}>
          Done
        </Button>
      }
    >
      {address !== undefined && (
        <p>
          <a href={address} target="_blank" rel="noopener noreferrer">
            Manage connected apps
          </a>
        </p>
      )}
    </DialogFrame>
  );
}
