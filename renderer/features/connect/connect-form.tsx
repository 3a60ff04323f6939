import { useState } from 'react';
import type { Failure } from '../../../contract/errors.ts';
import type { ProviderView } from '../../../contract/provider.ts';
import { Button } from '../../components/button.tsx';
import { DialogFrame } from '../../components/dialog-frame.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { Choice, ChoiceGroup, SelectField, TextField } from '../../components/field.tsx';
import { useApp } from '../../store/use-app.ts';
import { formText } from '../../view/form-text.ts';
import { ClientForm } from '../providers/client-form.tsx';
import { ScopePicker } from './scope-picker.tsx';

interface ConnectFormProps {
  starting: boolean;
  failure: Failure | null;
}

function ProviderChoice({
  providers,
  selected,
  onSelect,
}: {
  providers: readonly ProviderView[];
  selected: ProviderView;
  onSelect: (id: ProviderView['id']) => void;
}) {
  if (providers.length < 2) return null;
  return (
    <ChoiceGroup legend="Provider">
      {providers.map((provider) => (
        <Choice
          key={provider.id}
          type="radio"
          name="provider"
          value={provider.id}
          label={provider.name}
          checked={provider.id === selected.id}
          onChange={() => {
            onSelect(provider.id);
          }}
        />
      ))}
    </ChoiceGroup>
  );
}

/** Asks for provider and permissions. The click on the button opens the browser. */
export function ConnectForm({ starting, failure }: ConnectFormProps) {
  const all = useApp((state) => state.providers);
  const startSignIn = useApp((state) => state.startSignIn);
  const close = useApp((state) => state.closeDialog);
  const providers = all.filter(({ methods }) => methods.includes('oauth2'));
  const [selectedId, setSelectedId] = useState<ProviderView['id'] | null>(null);
  const [picked, setPicked] = useState<readonly string[] | null>(null);
  const provider = providers.find(({ id }) => id === selectedId) ?? providers[0];

  if (provider === undefined) {
    return (
      <DialogFrame
        title="Connect account"
        description="There is no provider to sign in with."
        actions={<Button onClick={close}>Close</Button>}
      />
    );
  }

  const choice = (
    <ProviderChoice
      providers={providers}
      selected={provider}
      onSelect={(id) => {
        setSelectedId(id);
        setPicked(null);
      }}
    />
  );

  if (provider.clients.length === 0) {
    return (
      <ClientForm
        key={provider.id}
        provider={provider}
        title="Connect account"
        description={`${provider.name} needs an OAuth client first. Register one with ${provider.name} once; Tokentray uses it for every connection.`}
        before={choice}
      />
    );
  }

  const scopes = picked ?? provider.defaultScopes;

  function submit(form: FormData): void {
    if (provider === undefined || starting) return;
    const name = formText(form, 'name');
    const client = provider.clients.find(({ id }) => id === form.get('client')) ?? provider.clients[0];
    void startSignIn({
      provider: provider.id,
      scopes: [...scopes],
      ...(client !== undefined && { client: client.id }),
      ...(name !== '' && { name }),
    });
  }

  return (
    <DialogFrame
      title="Connect account"
      description={`You sign in to ${provider.name} in your browser. Tokentray never sees your password.`}
      onSubmit={submit}
      actions={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" look="primary" busy={starting}>
            {starting ? 'Starting…' : 'Continue in browser'}
          </Button>
        </>
      }
    >
      {choice}
      {provider.clients.length > 1 && (
        <SelectField label="OAuth client" name="client">
          {provider.clients.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
      <TextField label="Name" name="name" placeholder="Same as the site" />
      <ScopePicker provider={provider} scopes={scopes} onChange={setPicked} />
      <FailureNote failure={failure} />
    </DialogFrame>
  );
}
