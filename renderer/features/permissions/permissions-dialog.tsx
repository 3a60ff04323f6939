import { useState } from 'react';
import type { ConnectionView } from '../../../contract/connection.ts';
import type { ConnectionId } from '../../../contract/ids.ts';
import type { ProviderView } from '../../../contract/provider.ts';
import { sharedWith } from '../../../contract/shared-grant.ts';
import { GoneDialog } from '../../components/gone-dialog.tsx';
import { useApp } from '../../store/use-app.ts';
import { useCloseDialog } from '../../store/use-close-dialog.ts';
import css from './permission-step.module.css';
import { PermissionStep } from './permission-step.tsx';

function Permissions({ connection, provider }: { connection: ConnectionView; provider: ProviderView }) {
  const reconnect = useApp((state) => state.reconnect);
  const connections = useApp((state) => state.connections);
  const close = useCloseDialog();
  const [scopes, setScopes] = useState<readonly string[]>(connection.requestedScopes);
  const shared = sharedWith(connection, connections.values());
  return (
    <PermissionStep
      title={`What should ${connection.name} be allowed to do?`}
      description="You sign in again and allow what you select here. The name, the env files and the site stay."
      provider={provider}
      scopes={scopes}
      onChange={setScopes}
      leave={{ label: 'Cancel', onLeave: close }}
      action="Reconnect"
      onSubmit={() => void reconnect(connection.id, scopes)}
    >
      {shared.length > 0 && (
        <p className={css['notice']}>
          The consent is for your account and the OAuth client together, so the permissions of{' '}
          {shared.map(({ name }) => name).join(', ')} may change too.
        </p>
      )}
    </PermissionStep>
  );
}

/** Reconnects with other permissions than before. */
export function PermissionsDialog({ id }: { id: ConnectionId }) {
  const connection = useApp((state) => state.connections.get(id));
  const provider = useApp((state) => state.providers.find((item) => item.id === connection?.provider));
  if (connection === undefined || provider === undefined) return <GoneDialog />;
  return <Permissions connection={connection} provider={provider} />;
}
