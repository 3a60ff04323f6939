import type { OAuthClientId } from '../../../contract/ids.ts';
import { RemovalDialog } from '../../components/removal-dialog.tsx';
import { useApp } from '../../store/use-app.ts';

export function RemoveClientDialog({ id }: { id: OAuthClientId }) {
  const name = useApp(
    (state) => state.providers.flatMap(({ clients }) => clients).find((client) => client.id === id)?.name,
  );
  const removeClient = useApp((state) => state.removeClient);
  return (
    <RemovalDialog
      title={`Remove OAuth client “${name ?? ''}”?`}
      description="Tokentray deletes its secret. The registration with the provider stays."
      remove={() => removeClient(id)}
    />
  );
}
