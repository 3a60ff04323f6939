import type { ConnectionView } from '../../../contract/connection.ts';
import type { ProviderView } from '../../../contract/provider.ts';
import { Button } from '../../components/button.tsx';
import { StateShape } from '../../components/state-shape.tsx';
import { useApp } from '../../store/use-app.ts';
import type { PermissionLine } from '../../view/permission-groups.ts';
import { permissions } from '../../view/permission-count.ts';
import { placesOf } from '../../view/permission-places.ts';
import { safeAddress } from '../../view/safe-address.ts';
import css from './permissions-tab.module.css';

interface MissingPermissionsProps {
  connection: ConnectionView;
  provider: ProviderView | undefined;
  missing: readonly PermissionLine[];
}

/** What does not work because it was not granted, and how to ask for it. */
export function MissingPermissions({ connection, provider, missing }: MissingPermissionsProps) {
  const reconnect = useApp((state) => state.reconnect);
  if (missing.length === 0) return null;
  const { id, method, grant, requestedScopes } = connection;
  const requestable = method === 'oauth2' && grant !== 'client-credentials';
  const scopes = missing.map(({ scope }) => scope);
  const places = provider === undefined ? null : placesOf(scopes, provider);
  const console = safeAddress(provider?.registerUrl ?? null);
  const one = missing.length === 1;
  return (
    <section className={css['missing']} aria-label="Missing permissions">
      <h3>
        <StateShape shape="▲" /> {permissions(missing.length)} {one ? 'is' : 'are'} missing
      </h3>
      <p>Without {one ? 'it' : 'them'} this does not work:</p>
      <ul>
        {missing.map(({ scope, description }) => (
          <li key={scope}>{description ?? <code>{scope}</code>}</li>
        ))}
      </ul>
      {requestable && (
        <>
          <Button onClick={() => void reconnect(id, [...new Set([...requestedScopes, ...scopes])])}>
            {one ? 'Ask for it…' : 'Ask for them…'}
          </Button>
          {places !== null && (
            <p className={css['about']}>
              If {one ? 'it is' : 'they are'} not offered when you sign in, the OAuth client’s registration
              lacks {one ? 'it' : 'them'}: allow {places}
              {console !== undefined && (
                <>
                  {' '}
                  in{' '}
                  <a href={console} target="_blank" rel="noopener noreferrer">
                    {`the console of ${provider?.name ?? 'the provider'}`}
                  </a>
                </>
              )}
              .
            </p>
          )}
        </>
      )}
    </section>
  );
}
