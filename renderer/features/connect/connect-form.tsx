import { useEffect, useState } from 'react';
import type { Failure } from '../../../contract/errors.ts';
import type { OAuthClientId } from '../../../contract/ids.ts';
import type { ProviderView } from '../../../contract/provider.ts';
import { suggestions } from '../../../contract/sign-in-suggestions.ts';
import { Button } from '../../components/button.tsx';
import { DialogFrame } from '../../components/dialog-frame.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { TextField } from '../../components/field.tsx';
import { useApp } from '../../store/use-app.ts';
import { clientsFor } from '../../view/client-choice.ts';
import { addressFault } from '../../view/field-check.ts';
import { otherFault } from '../../view/field-fault.ts';
import { descriptionOf, SUBMIT } from '../../view/connect-words.ts';
import { asksForScopes, requestOf, waysOf, type Way } from '../../view/method-words.ts';
import { preloadPermissions, WithPermissions } from '../permissions/with-permissions.tsx';
import { SetupGuide } from '../setup/setup-guide.tsx';
import { ClientChoice } from './client-choice.tsx';
import withButton from '../../components/with-button.module.css';
import css from './connect-form.module.css';
import { PermissionRow } from './permission-row.tsx';
import { ProviderPicker } from './provider-picker.tsx';
import { WayChoice } from './way-choice.tsx';

interface ConnectFormProps {
  /** Selected at first; null: the first one. */
  provider: ProviderView['id'] | null;
  starting: boolean;
  failure: Failure | null;
}

/** What is asked in the form. `provider: null`: the first one, and so on. */
interface Picked {
  provider: ProviderView['id'] | null;
  way: Way | null;
  client: OAuthClientId | null;
  scopes: readonly string[] | null;
  /** As typed; kept while another step is shown. */
  url: string | null;
  name: string;
}

const NOTHING: Picked = { provider: null, way: null, client: null, scopes: null, url: null, name: '' };

/** Asks for the provider, how to sign in, and what that needs. The click on the button opens the browser. */
export function ConnectForm({ provider: first, starting, failure }: ConnectFormProps) {
  const all = useApp((state) => state.providers);
  const connections = useApp((state) => state.connections);
  const startSignIn = useApp((state) => state.startSignIn);
  const close = useApp((state) => state.closeDialog);
  const openDialog = useApp((state) => state.openDialog);
  const [picked, setPicked] = useState<Picked>({ ...NOTHING, provider: first });
  const [step, setStep] = useState<'form' | 'provider' | 'client' | 'permissions'>('form');
  useEffect(() => void preloadPermissions(), []);
  const providers = all.filter((item) => waysOf(item).length > 0);
  const provider = providers.find(({ id }) => id === picked.provider) ?? providers[0];

  if (provider === undefined) {
    return (
      <DialogFrame
        title="Connect account"
        description="There is no provider to sign in with."
        actions={<Button onClick={close}>Close</Button>}
      />
    );
  }
  if (step === 'provider') {
    return (
      <ProviderPicker
        providers={providers}
        selected={provider}
        onPick={(id) => {
          setPicked(id === provider.id ? picked : { ...NOTHING, provider: id, name: picked.name });
          setStep('form');
        }}
      />
    );
  }

  const ways = waysOf(provider);
  const way = ways.find((item) => item === picked.way) ?? ways[0] ?? 'authorization-code';
  const isOAuth = requestOf(way).method === 'oauth2';
  const clients = isOAuth ? clientsFor(way, provider.clients, connections.values()) : [];
  const choice = (
    <>
      {providers.length > 1 && (
        <div className={withButton['row']}>
          <span>
            <span className={css['label']}>Provider</span>
            {provider.name}
          </span>
          <Button
            aria-label="Change provider"
            onClick={() => {
              setStep('provider');
            }}
          >
            Change
          </Button>
        </div>
      )}
      <WayChoice
        ways={ways}
        selected={way}
        onSelect={(selected) => {
          setPicked({ ...picked, way: selected, client: null });
        }}
      />
    </>
  );

  const needsClient = isOAuth && provider.needsClient && clients.length === 0;
  if (needsClient || step === 'client') {
    return (
      <SetupGuide
        key={provider.id}
        provider={provider}
        client={null}
        use={way === 'client-credentials' ? 'service-account' : 'people'}
        then={way === 'device-code' ? 'save' : 'sign-in'}
        before={needsClient ? choice : undefined}
        onSaved={({ id }) => {
          setPicked({ ...picked, way, client: id });
          setStep('form');
        }}
        {...(needsClient
          ? {}
          : {
              onBack: () => {
                setStep('form');
              },
            })}
      />
    );
  }

  const client = clients.find(({ id }) => id === picked.client) ?? clients[0];
  // What the client's registration has, where that is known: more would be refused.
  const scopes = picked.scopes ?? client?.scopes ?? provider.defaultScopes;
  const { instance } = provider;
  const suggested = suggestions({ name: 'url', kind: 'url' }, provider.id, connections.values());
  const url = instance === null ? '' : (picked.url ?? suggested[0] ?? instance.value ?? '').trim();
  const name = picked.name.trim();

  function submit(): void {
    if (provider === undefined || starting) return;
    void startSignIn({
      provider: provider.id,
      ...requestOf(way),
      ...(asksForScopes(way) && { scopes: [...scopes] }),
      ...(client !== undefined && { client: client.id }),
      ...(url !== '' && { url }),
      ...(name !== '' && { name }),
    });
  }

  if (step === 'permissions') {
    return (
      <WithPermissions>
        {({ PermissionStep }) => (
          <PermissionStep
            title="What should it be allowed to do?"
            description={`For a new connection to ${provider.name}. To change it later, reconnect.`}
            provider={provider}
            scopes={scopes}
            onChange={(selected) => {
              setPicked({ ...picked, scopes: selected });
            }}
            leave={{
              label: 'Back',
              onLeave: () => {
                setStep('form');
              },
            }}
            // An address that is still missing is asked for in the form.
            action={instance !== null && url === '' ? 'Use these permissions' : SUBMIT[way]}
            busy={starting}
            failure={failure}
            onSubmit={() => {
              if (instance !== null && url === '') setStep('form');
              else submit();
            }}
          />
        )}
      </WithPermissions>
    );
  }

  return (
    <DialogFrame
      title="Connect account"
      description={descriptionOf(way, ways, provider)}
      onSubmit={submit}
      failure={failure}
      actions={
        <>
          <Button
            look="quiet"
            onClick={() => {
              openDialog({ kind: 'import' });
            }}
          >
            Import…
          </Button>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" look="primary" busy={starting}>
            {starting ? 'Starting…' : SUBMIT[way]}
          </Button>
        </>
      }
    >
      {choice}
      {instance !== null && (
        <TextField
          key={provider.id}
          label="Address"
          name="url"
          inputMode="url"
          hint={`Such as ${instance.example}`}
          required
          check={addressFault}
          value={picked.url ?? url}
          onChange={(event) => {
            setPicked({ ...picked, url: event.target.value });
          }}
        />
      )}
      {isOAuth && (
        <ClientChoice
          way={way}
          clients={clients}
          selected={client}
          onSelect={(id) => {
            setPicked({ ...picked, client: id });
          }}
          onAdd={() => {
            setStep('client');
          }}
        />
      )}
      {asksForScopes(way) && (
        <PermissionRow
          key={provider.id}
          provider={provider}
          scopes={scopes}
          onChange={(selected) => {
            setPicked({ ...picked, scopes: selected });
          }}
          onOpen={() => {
            setStep('permissions');
          }}
        />
      )}
      <TextField
        label="Name"
        name="name"
        placeholder={instance === null ? 'Same as the site' : 'Same as the address'}
        value={picked.name}
        onChange={(event) => {
          setPicked({ ...picked, name: event.target.value });
        }}
      />
      <FailureNote failure={otherFault(failure, ['name', ...(instance === null ? [] : ['url'])])} />
    </DialogFrame>
  );
}
