import { testCredential, type TestOutcome } from '../atlassian/test-credential.ts';
import { instanceOf } from '../credentials/addresses.ts';
import { headerOf } from '../credentials/sent.ts';
import { fetchVia, type Fetch } from '../lib/bounded-fetch.ts';
import type { Clock } from '../lib/clock.ts';
import { ok, type Result } from '../lib/result.ts';
import { onServer } from '../oauth/endpoints.ts';
import type { OAuthClients, ProviderRegistry } from '../providers/ports.ts';
import type { Refresher } from '../refresh/ports.ts';
import type { ConnectionStore } from '../store/ports.ts';
import type { ConnectionRecord } from '../store/records.ts';

interface TestParts {
  connections: Pick<ConnectionStore, 'get'>;
  registry: Pick<ProviderRegistry, 'get'>;
  clients: Pick<OAuthClients, 'get'>;
  refresher: Pick<Refresher, 'freshTokens' | 'refresh'>;
  clock: Clock;
  fetch: Fetch;
}

/** Tries a connection's credential at the provider; once more with a new token if the one it has ended before its time. */
export async function testConnection(
  { connections, registry, clients, refresher, clock, fetch }: TestParts,
  before: ConnectionRecord,
): Promise<Result<TestOutcome>> {
  const { id, provider } = before;
  const definition = registry.get(provider, instanceOf(before));
  if (!definition.ok) return definition;
  const tryIt = async (): Promise<Result<TestOutcome>> => {
    const tokens = await refresher.freshTokens(id, 0);
    if (!tokens.ok) return tokens;
    const connection = connections.get(id) ?? before;
    return ok(
      await testCredential({
        clock,
        fetch: fetchVia(fetch, { provider, connection: id }),
        definition: onServer(
          definition.value,
          connection.client === null ? null : clients.get(connection.client),
        ),
        header: headerOf(connection.sent, tokens.value.accessToken),
        connection,
      }),
    );
  };
  const tested = await tryIt();
  // If the refresh fails too, the record says why.
  if (!tested.ok || !tested.value.dead || connections.get(id)?.renewal === 'none') return tested;
  const renewed = await refresher.refresh(id);
  return renewed.ok && renewed.value.kind === 'refreshed' ? tryIt() : tested;
}
