import { RotateCw } from 'lucide-react';
import { useState } from 'react';
import type { OAuthClientView, ProviderView } from '../../../contract/provider.ts';
import { Button } from '../../components/button.tsx';
import { Page } from '../../components/page.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { useApp } from '../../store/use-app.ts';
import { useShortPath } from '../../store/use-short-path.ts';
import { matchingProviders } from '../../view/provider-search.ts';
import { sourceWords, wayList } from '../../view/provider-words.ts';
import { safeAddress } from '../../view/safe-address.ts';
import { WithFiles } from '../exports/with-files.tsx';
import { DamagedRecords } from '../shell/damaged-records.tsx';
import { ProviderScopes } from './provider-scopes.tsx';
import css from './providers-section.module.css';

/** More providers than this need a search. */
const MANY = 6;

const ORIGINS: Readonly<Record<ProviderView['origin'], string>> = {
  bundled: 'Built in',
  override: 'Built in, overridden by your file',
  added: 'Added by your file',
  sandbox: 'Sandbox',
};

function Client({ client }: { client: OAuthClientView }) {
  const openDialog = useApp((state) => state.openDialog);
  // Counted here, because the provider's view is sent only when a provider or client changes.
  const count = useApp(
    (state) => [...state.connections.values()].filter(({ client: used }) => used?.id === client.id).length,
  );
  const uses = count === 1 ? '1 connection' : `${count} connections`;
  return (
    <li className={css['client']}>
      <div>
        <strong>{client.name}</strong> <code>{client.clientId}</code>
        <div className={css['dim']}>
          {client.hasSecret ? 'With a secret' : 'Public client'} · <code>{client.redirectUri}</code> · {uses}
        </div>
      </div>
      <span className={css['actions']}>
        {client.origin === 'user' && (
          <Button
            look="quiet"
            aria-label={`Edit OAuth client ${client.name}`}
            onClick={() => {
              openDialog({ kind: 'edit-client', client: client.id });
            }}
          >
            Edit…
          </Button>
        )}
        {client.origin !== 'provider' && (
          <Button
            look="quiet"
            aria-label={`Remove OAuth client ${client.name}`}
            onClick={() => {
              openDialog({ kind: 'remove-client', client: client.id });
            }}
          >
            Remove
          </Button>
        )}
      </span>
    </li>
  );
}

function Provider({ provider }: { provider: ProviderView }) {
  const openDialog = useApp((state) => state.openDialog);
  const docs = safeAddress(provider.docsUrl);
  const shown = useShortPath();
  return (
    <section className={css['provider']} aria-label={provider.name}>
      <div className={css['head']}>
        <h2>{provider.name}</h2>
        <p className={css['dim']}>
          {ORIGINS[provider.origin]} · {sourceWords(provider)}
          {provider.file !== null && (
            <>
              {' '}
              · <code>{shown.path(provider.file)}</code>
            </>
          )}
        </p>
        {provider.methods.includes('oauth2') && (
          <Button
            aria-label={`Add OAuth client for ${provider.name}`}
            onClick={() => {
              openDialog({ kind: 'add-client', provider: provider.id });
            }}
          >
            Add OAuth client
          </Button>
        )}
      </div>
      <dl className={css['ways']}>
        <dt>Sign in</dt>
        <dd>{wayList(provider)}</dd>
        {provider.instance !== null && (
          <>
            <dt>Address</dt>
            <dd>
              Self-hosted, such as <code>{provider.instance.example}</code>
            </dd>
          </>
        )}
      </dl>
      {provider.clients.length === 0 ? (
        provider.needsClient && (
          <p className={css['none']}>
            No OAuth client yet. Signing in with OAuth needs one, which you register once with {provider.name}
            .
          </p>
        )
      ) : (
        <ul aria-label={`OAuth clients of ${provider.name}`}>
          {provider.clients.map((client) => (
            <Client key={client.id} client={client} />
          ))}
        </ul>
      )}
      <ProviderScopes provider={provider} />
      {docs !== undefined && (
        <p className={css['docs']}>
          <a href={docs} target="_blank" rel="noopener noreferrer">
            {`How to register with ${provider.name}`}
          </a>
        </p>
      )}
    </section>
  );
}

/** Definitions with their OAuth clients, files that could not be used, and how to add your own. */
export function ProvidersSection() {
  const providers = useApp((state) => state.providers);
  const problems = useApp((state) => state.problems);
  const reload = useApp((state) => state.reloadProviders);
  const openDialog = useApp((state) => state.openDialog);
  const [query, setQuery] = useState('');
  const shown = matchingProviders(providers, query);
  return (
    <Page
      title="Providers"
      wide
      actions={
        <>
          <Button
            onClick={() => {
              openDialog({ kind: 'add-provider', file: null });
            }}
          >
            Add provider…
          </Button>
          <Button onClick={() => void reload()}>
            <RotateCw size={14} aria-hidden />
            Reload files
          </Button>
        </>
      }
    >
      {problems.length > 0 && (
        <div className={css['problems']}>
          {problems.map(({ file, field, message, hint }) => (
            <ProblemNote
              key={`${file} ${field ?? ''} ${message}`}
              problem={{ message: `${file}${field === null ? '' : `, ${field}`}: ${message}`, hint }}
            />
          ))}
        </div>
      )}
      <DamagedRecords kind="client" />
      {providers.length > MANY && (
        <div className={css['search']}>
          <SearchField label="Search providers" value={query} onChange={setQuery} />
        </div>
      )}
      {shown.length === 0 && query !== '' && <p>No provider matches “{query}”.</p>}
      <div className={css['providers']}>
        {shown.map((provider) => (
          <Provider key={provider.id} provider={provider} />
        ))}
      </div>
      <div className={css['providers']}>
        <WithFiles>
          {({ OwnDefinitions, OwnPresets }) => (
            <>
              <OwnDefinitions />
              <OwnPresets />
            </>
          )}
        </WithFiles>
      </div>
    </Page>
  );
}
