import type { OAuthClientId } from '../../../contract/ids.ts';
import { GoneDialog } from '../../components/gone-dialog.tsx';
import { useApp } from '../../store/use-app.ts';
import { SetupGuide } from '../setup/setup-guide.tsx';

/** Changes an OAuth client with the same guide, filled; its connections stay. */
export function EditClientDialog({ id }: { id: OAuthClientId }) {
  const provider = useApp((state) =>
    state.providers.find(({ clients }) => clients.some((client) => client.id === id)),
  );
  const client = provider?.clients.find((item) => item.id === id);
  if (provider === undefined || client === undefined) {
    return <GoneDialog title="This OAuth client no longer exists" />;
  }
  return (
    <SetupGuide
      provider={provider}
      client={client}
      use={client.serviceAccount === true ? 'service-account' : 'people'}
      then="save"
    />
  );
}
