import type { ProviderId } from '../../../contract/ids.ts';
import { GoneDialog } from '../../components/gone-dialog.tsx';
import { useApp } from '../../store/use-app.ts';
import { SetupGuide } from '../setup/setup-guide.tsx';

/** The guide to a new OAuth client, from the provider’s page. `file`: what was dropped on it. */
export function AddClientDialog({ provider: id, file }: { provider: ProviderId; file: File | null }) {
  const provider = useApp((state) => state.providers.find((item) => item.id === id));
  if (provider === undefined) {
    return <GoneDialog title="This provider no longer exists" />;
  }
  return (
    <SetupGuide
      key={file?.lastModified}
      provider={provider}
      client={null}
      use="people"
      file={file}
      then={provider.grants.includes('authorization-code') ? 'either' : 'save'}
    />
  );
}
