import type { ProviderId } from '../../../contract/ids.ts';
import { Button } from '../../components/button.tsx';
import { DialogFrame } from '../../components/dialog-frame.tsx';
import { useApp } from '../../store/use-app.ts';
import { useCloseDialog } from '../../store/use-close-dialog.ts';
import { ClientForm } from './client-form.tsx';

export function AddClientDialog({ provider: id }: { provider: ProviderId }) {
  const provider = useApp((state) => state.providers.find((item) => item.id === id));
  const close = useCloseDialog();
  if (provider === undefined) {
    return (
      <DialogFrame title="This provider no longer exists" actions={<Button onClick={close}>Close</Button>} />
    );
  }
  return (
    <ClientForm
      provider={provider}
      title="Add OAuth client"
      description={`Registered once with ${provider.name}, used by every connection to it.`}
      onAdded={() => {
        close();
      }}
    />
  );
}
