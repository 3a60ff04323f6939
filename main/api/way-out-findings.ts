import type { ProviderId } from '../../contract/ids.ts';
import type { DoctorFinding } from '../../contract/status.ts';
import { apiAddresses, instanceOf } from '../credentials/addresses.ts';
import type { Via } from '../lib/bounded-fetch.ts';
import { onServer } from '../oauth/endpoints.ts';
import { talksTo } from '../providers/called-addresses.ts';
import type { ProviderDefinition } from '../providers/definition.ts';
import { oauth2Of } from '../providers/methods.ts';
import type { ConnectionRecord } from '../store/records.ts';
import type { Services } from './services.ts';

/** The most servers that are tried, each once. */
const MOST_TRIED = 12;
const LIMIT_MS = 10_000;

interface Try {
  provider: string;
  host: string;
  url: string;
  via: Via;
}

/**
 * Whether each server in use can be reached, by which way, or what stands in it: those of the connections, and of
 * providers at which somebody could sign in. All at the same time.
 */
export async function wayOutFindings({
  store,
  connections,
  registry,
  clients,
  network,
  clock,
}: Pick<Services, 'store' | 'connections' | 'registry' | 'clients' | 'network' | 'clock'>): Promise<
  DoctorFinding[]
> {
  const tries = new Map<string, Try>();
  const unverified: DoctorFinding[] = [];
  for (const { id, name, provider } of connections.list()) {
    if (network.isUnverified(id)) unverified.push(uncheckedFinding(name));
    const record = store.connections.get(id);
    const definition = record === null ? null : registry.get(provider, instanceOf(record));
    if (record === null || !definition?.ok) continue;
    const client = record.client === null ? null : clients.get(record.client);
    for (const url of serversOf(onServer(definition.value, client), record)) {
      const via = { provider, connection: id };
      // Connections that take the same way are one try.
      const settings = Object.keys(store.network.get(id)).length > 0 ? id : '';
      tries.set(`${provider} ${new URL(url).origin} ${settings}`, {
        provider: definition.value.name,
        host: new URL(url).host,
        url,
        via,
      });
    }
  }
  for (const id of signInProviders()) {
    const definition = registry.get(id);
    if (!definition.ok) continue;
    for (const url of talksTo(definition.value).filter((address) => URL.canParse(address)))
      tries.set(`${id} ${url} `, {
        provider: definition.value.name,
        host: new URL(url).host,
        url,
        via: { provider: id, connection: null },
      });
  }
  const tried = await Promise.all([...tries.values()].slice(0, MOST_TRIED).map(tryOne));
  return [...tried, ...unverified];

  /** Where a sign-in could be next: at providers with an OAuth client, and at the first one before there is anything. */
  function signInProviders(): ProviderId[] {
    const connected = new Set(connections.list().map(({ provider }) => provider));
    const ready = new Set(clients.list().map(({ provider }) => provider));
    if (connected.size + ready.size === 0)
      return registry
        .list()
        .slice(0, 1)
        .map(({ id }) => id);
    return [...ready].filter((id) => !connected.has(id));
  }

  async function tryOne({ provider, host, url, via }: Try): Promise<DoctorFinding> {
    const check = 'network';
    const late = {
      route: 'directly',
      fault: { reason: `${host} did not answer in time`, cure: 'Check the network.' },
    };
    let timer: { dispose(): void | Promise<void> } | null = null;
    const limit = new Promise<typeof late>((resolve) => {
      timer = clock.setTimeout(() => {
        resolve(late);
      }, LIMIT_MS);
    });
    const { route, fault } = await Promise.race([network.tryOut(url, via), limit]);
    void (timer as { dispose(): void | Promise<void> } | null)?.dispose();
    return fault === null
      ? { check, ok: true, message: `${provider}: ${host} was reached ${route}.` }
      : { check, ok: false, message: `${provider}: ${fault.reason}.`, hint: fault.cure };
  }
}

const uncheckedFinding = (name: string): DoctorFinding => ({
  check: 'network',
  ok: false,
  message: `${name}: certificates are not checked, so anyone on the way could read its token.`,
  hint: `Run: tokentray network --verify --connection "${name}"`,
});

/** One address of each server that a connection's tokens are sent to. */
function serversOf(definition: ProviderDefinition, record: ConnectionRecord): string[] {
  const tokenUrl = record.renewal === 'none' ? undefined : oauth2Of(definition)?.tokenUrl;
  const urls = [tokenUrl, ...apiAddresses(definition, record).map(({ url }) => url)];
  const known = urls.filter((url): url is string => url !== undefined && URL.canParse(url));
  return [...new Map(known.map((url) => [new URL(url).origin, url])).values()];
}
