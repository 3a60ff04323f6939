import { useState, type ReactNode } from 'react';
import type { Failure } from '../../../contract/errors.ts';
import type { OAuthClientView, ProviderView } from '../../../contract/provider.ts';
import { Button } from '../../components/button.tsx';
import { DialogFrame } from '../../components/dialog-frame.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { SecretField, TextField } from '../../components/field.tsx';
import { useApp } from '../../store/use-app.ts';
import { formText } from '../../view/form-text.ts';
import type { Way } from '../../view/method-words.ts';
import { safeAddress } from '../../view/safe-address.ts';

interface ClientFormProps {
  provider: ProviderView;
  title: string;
  description: string;
  /** How the client will be used: a service account has no redirect URI. */
  way?: Way;
  before?: ReactNode;
  onAdded?: (client: OAuthClientView) => void;
  /** Goes back instead of closing the dialog. */
  onBack?: () => void;
}

/** Adds an OAuth client. Its secret goes from the field straight into the call and nowhere else. */
export function ClientForm({
  provider,
  title,
  description,
  way = 'authorization-code',
  before,
  onAdded,
  onBack,
}: ClientFormProps) {
  const addClient = useApp((state) => state.addClient);
  const close = useApp((state) => state.closeDialog);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const docs = safeAddress(provider.docsUrl);

  async function submit(form: FormData): Promise<void> {
    const name = formText(form, 'client-name');
    const secret = formText(form, 'client-secret');
    const redirectUri = formText(form, 'redirect-uri');
    setBusy(true);
    const reply = await addClient({
      provider: provider.id,
      clientId: formText(form, 'client-id'),
      ...(name !== '' && { name }),
      ...(secret !== '' && { clientSecret: secret }),
      ...(redirectUri !== '' && { redirectUri }),
    });
    setBusy(false);
    if (reply.ok) onAdded?.(reply.value);
    else setFailure(reply.error);
  }

  return (
    <DialogFrame
      title={title}
      description={description}
      onSubmit={(form) => void submit(form)}
      actions={
        <>
          <Button onClick={onBack ?? close}>{onBack === undefined ? 'Cancel' : 'Back'}</Button>
          <Button type="submit" look="primary" busy={busy}>
            Add OAuth client
          </Button>
        </>
      }
    >
      {before}
      {docs !== undefined && (
        <p>
          <a href={docs} target="_blank" rel="noopener noreferrer">
            How to register one
          </a>
        </p>
      )}
      <TextField label="Client ID" name="client-id" mono />
      <SecretField
        label="Client secret"
        name="client-secret"
        hint="Encrypted with a key in your keychain and never shown again."
      />
      {way === 'authorization-code' && (
        <TextField
          label="Redirect URI"
          name="redirect-uri"
          mono
          defaultValue={provider.defaultRedirectUri ?? ''}
          hint="Exactly as registered."
        />
      )}
      <TextField label="Name" name="client-name" hint="Optional. A name of your choice." />
      <FailureNote failure={failure} />
    </DialogFrame>
  );
}
