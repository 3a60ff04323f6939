import { instanceOf } from '../credentials/addresses.ts';
import type { identify as identifyAccount } from '../atlassian/identify.ts';
import type { ConnectionId } from '../../contract/ids.ts';
import type { Connections } from '../connections/ports.ts';
import { BEARER, headerOf } from '../credentials/sent.ts';
import { fetchVia, type Fetch } from '../lib/bounded-fetch.ts';
import type { Clock } from '../lib/clock.ts';
import type { Disposable } from '../lib/disposable.ts';
import { ok, type Result } from '../lib/result.ts';
import type { ProviderDefinition } from '../providers/definition.ts';
import type { ProviderRegistry } from '../providers/ports.ts';
import type { Refresher } from '../refresh/ports.ts';
import { siteWithoutAsking } from '../signin/site-choice.ts';
import type { Store } from '../store/ports.ts';
import type { ConnectionRecord } from '../store/records.ts';

export interface NameTakenParts {
  store: Pick<Store, 'connections'>;
  registry: Pick<ProviderRegistry, 'get'>;
  connections: Pick<Connections, 'saveSignedIn' | 'rename'>;
  refresher: Pick<Refresher, 'onChange'>;
  identify: typeof identifyAccount;
  /** Bounded in time and size. */
  fetch: Fetch;
  clock: Clock;
}

/**
 * Finds out whose a grant is that was stored before anybody could be asked: its access token had ended. That is done
 * after its first refresh that works, however much later that is.
 */
export interface NameTaken extends Disposable {
  /** Which site it is for, by cloud id or address, where the other program says. */
  expect(id: ConnectionId, site: string | null): void;
  /** Joins what is under way. Fails as `identify` and the store do; the next refresh tries again. */
  now(id: ConnectionId): Promise<Result<void>>;
}

export function createNameTaken(parts: NameTakenParts): NameTaken {
  const sites = new Map<ConnectionId, string | null>();
  const underWay = new Map<ConnectionId, Promise<Result<void>>>();

  const now = (id: ConnectionId): Promise<Result<void>> => {
    const known = underWay.get(id);
    if (known) return known;
    const naming = nameIt(parts, id, sites.get(id) ?? null).finally(() => underWay.delete(id));
    underWay.set(id, naming);
    return naming;
  };
  const changes = parts.refresher.onChange(({ id, outcome }) => {
    if (outcome?.kind === 'refreshed') void now(id);
  });
  return {
    expect: (id, site) => void sites.set(id, site),
    now,
    dispose: () => changes.dispose(),
  };
}

async function nameIt(parts: NameTakenParts, id: ConnectionId, wanted: string | null): Promise<Result<void>> {
  const { store, registry, connections, identify, fetch, clock } = parts;
  const record = store.connections.get(id);
  const definition = record && isUnnamed(record) ? registry.get(record.provider, instanceOf(record)) : null;
  if (record === null || definition === null) return ok(undefined);
  if (!definition.ok) return definition;
  if (!tellsWho(definition.value)) return ok(undefined);
  const fresh = store.connections.tokens(id);
  if (!fresh.ok) return fresh;
  const asked = await identify({
    fetch: fetchVia(fetch, { provider: record.provider, connection: id }),
    clock,
    definition: definition.value,
    header: headerOf(BEARER, fresh.value.accessToken),
    scopes: record.requestedScopes,
  });
  if (!asked.ok) return asked;
  // Read again, and stored at once: a renewal meanwhile must not be undone.
  const latest = store.connections.tokens(id);
  const current = store.connections.get(id);
  if (current === null || !isUnnamed(current)) return ok(undefined);
  if (!latest.ok) return latest;
  const { account, sites } = asked.value;
  const site = siteWithoutAsking(sites, wanted);
  const { provider, method, client, grant, sent, route, requestedScopes, grantedScopes } = current;
  const saved = await connections.saveSignedIn({
    provider,
    method,
    name: null,
    client,
    grant,
    sent,
    route,
    tokens: latest.value,
    account,
    sites,
    site,
    requestedScopes,
    grantedScopes: latest.value.scopes ?? grantedScopes,
    reconnects: id,
  });
  if (!saved.ok) return saved;
  // A name that is taken already is no reason to fail: it has another one.
  connections.rename(id, site?.name ?? account.name);
  return ok(undefined);
}

const isUnnamed = ({ account, grant }: ConnectionRecord): boolean =>
  account.id === '' && grant === 'authorization-code';

/** Of some services nothing says who signed in. */
const tellsWho = ({ identity, apis }: ProviderDefinition): boolean =>
  identity.kind === 'apis'
    ? apis.some(({ whoAmI }) => whoAmI !== undefined && !whoAmI.anonymous)
    : identity.kind !== 'none' && identity.kind !== 'id-token';
