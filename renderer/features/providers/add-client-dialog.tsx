import type { ProviderId } from '../../../contract/ids.ts';
import { Button } from '../../components/button.tsx';
import { DialogFrame } from '../../components/dialog-frame.tsx';
import { useApp } from '../../store/use-app.ts';
import { useCloseDialog } from '../../store/use-close-dialog.ts';
import { SetupGuide } from '../setup/setup-guide.tsx';

/** The guide to a new OAuth client, from the provider’s page. `file`: what was dropped on it. */
export function AddClientDialog({ provider: id, file }: { provider: ProviderId; file: File | null }) {
  const provider = useApp((state) => state.providers.find((item) => item.id === id));
  const close = useCloseDialog();
  if (provider === undefined) {
    return (
      <DialogFrame title="This provider no longer exists" actions={<Button onClick={close}>Close</Button>} />
    );
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
