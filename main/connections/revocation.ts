import { instanceOf } from '../credentials/addresses.ts';
import type { Fetch } from '../lib/bounded-fetch.ts';
import { endpointsOf } from '../oauth/endpoints.ts';
import { revoke } from '../oauth/revoke.ts';
import { oauth2Of } from '../providers/methods.ts';
import type { OAuthClients, ProviderRegistry } from '../providers/ports.ts';
import type { ConnectionStore } from '../store/ports.ts';
import type { ConnectionRecord } from '../store/records.ts';
import type { Removal } from './ports.ts';

export interface RevocationParts {
  registry: Pick<ProviderRegistry, 'get'>;
  clients: Pick<OAuthClients, 'get' | 'secret'>;
  connections: Pick<ConnectionStore, 'tokens'>;
  fetch: Fetch;
}

/** The one request that asks the provider to end a grant, with all it needs read already. */
export function prepareRevocation(
  { registry, clients, connections, fetch }: RevocationParts,
  record: ConnectionRecord,
): () => Promise<Removal['revocation']> {
  const definition = registry.get(record.provider, instanceOf(record));
  const client = record.client === null ? null : clients.get(record.client);
  const oauth2 = definition.ok ? oauth2Of(definition.value) : null;
  const settings = oauth2 && endpointsOf(oauth2, client);
  if (client === null || settings?.revocationUrl === undefined) return () => Promise.resolve('unsupported');
  const secret = clients.secret(client.id);
  const tokens = connections.tokens(record.id);
  if (!secret.ok || !tokens.ok) return () => Promise.resolve('failed');
  const { refreshToken, accessToken } = tokens.value;
  return () =>
    revoke({
      fetch,
      settings,
      client: { clientId: client.clientId, secret: secret.value },
      token: refreshToken ?? accessToken,
      kind: refreshToken === null ? 'access_token' : 'refresh_token',
    });
}
