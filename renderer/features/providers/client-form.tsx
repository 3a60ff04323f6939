import type { ReactNode } from 'react';
import type { Failure } from '../../../contract/errors.ts';
import type { OAuthClientView, ProviderView } from '../../../contract/provider.ts';
import { SecretField, TextField } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
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
  const docs = safeAddress(provider.docsUrl);

  async function submit(form: FormData): Promise<Failure | null> {
    const name = formText(form, 'client-name');
    const secret = formText(form, 'client-secret');
    const redirectUri = formText(form, 'redirect-uri');
    const reply = await addClient({
      provider: provider.id,
      clientId: formText(form, 'client-id'),
      ...(name !== '' && { name }),
      ...(secret !== '' && { clientSecret: secret }),
      ...(redirectUri !== '' && { redirectUri }),
      ...(way === 'client-credentials' && { serviceAccount: true }),
    });
    if (!reply.ok) return reply.error;
    onAdded?.(reply.value);
    return null;
  }

  return (
    <FormDialog
      title={title}
      description={description}
      action="Add OAuth client"
      onBack={onBack}
      submit={submit}
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
    </FormDialog>
  );
}
