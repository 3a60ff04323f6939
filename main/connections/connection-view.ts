import type { ConnectionView } from '../../contract/connection.ts';
import type { ConnectionId, OAuthClientId, ProviderId, SignInId } from '../../contract/ids.ts';
import type { SignInView } from '../../contract/sign-in.ts';
import type { KeychainStatus } from '../../contract/status.ts';
import { apiAddresses, instanceOf } from '../credentials/addresses.ts';
import { maskedHeader } from '../credentials/sent.ts';
import { isoTime, type Clock } from '../lib/clock.ts';
import type { ProviderDefinition } from '../providers/definition.ts';
import { oauth2Of } from '../providers/methods.ts';
import type { Network } from '../network/ports.ts';
import type { OAuthClients, ProviderRegistry } from '../providers/ports.ts';
import { hasExpired } from '../refresh/due.ts';
import type { Refresher, Scheduler } from '../refresh/ports.ts';
import type { ConnectionStore, GrantStore } from '../store/ports.ts';
import type { ConnectionRecord, OAuthClientRecord } from '../store/records.ts';
import { outdatedScopes } from './outdated-scopes.ts';
import { missingScopes, statusOf, type StatusCircumstances } from './status.ts';

export interface ViewSources {
  connections: Pick<ConnectionStore, 'active'>;
  registry: Pick<ProviderRegistry, 'get'>;
  clients: Pick<OAuthClients, 'get'>;
  refresher: Pick<Refresher, 'refreshingSince' | 'trouble'>;
  scheduler: Pick<Scheduler, 'nextRefreshAt'>;
  network: Pick<Network, 'isUnverified'>;
  grants: Pick<GrantStore, 'asks'>;
  clock: Clock;
}

/** What all views made at the same moment have in common. */
export interface ViewMoment extends Pick<StatusCircumstances, 'keyLostSince' | 'allPaused'> {
  signIns: readonly SignInView[];
  keychain: KeychainStatus;
}

/** The longest wait before a refresh that could not be tried is tried again. */
const LONGEST_RETRY_MS = 60_000;

const isoOrNull = (epochMs: number | null): string | null => (epochMs === null ? null : isoTime(epochMs));

/** Makes views of records at this moment; what many connections share is looked up once. */
export function createViewer(
  { connections, registry, clients, refresher, scheduler, network, grants, clock }: ViewSources,
  { signIns, keyLostSince, allPaused, keychain }: ViewMoment,
): (record: ConnectionRecord) => ConnectionView {
  const now = clock.now();
  const reconnecting = new Map<ConnectionId, SignInId>();
  for (const { id, reconnects, stage } of signIns) {
    if (reconnects !== null && stage.stage !== 'done' && stage.stage !== 'failed')
      reconnecting.set(reconnects, id);
  }
  const definitionOf = (id: ProviderId, instance: string | null): ProviderDefinition | null => {
    const definition = registry.get(id, instance);
    return definition.ok ? definition.value : null;
  };
  const clientOf = once((id: OAuthClientId): OAuthClientRecord | null => clients.get(id));
  const troubleOf = (record: ConnectionRecord): StatusCircumstances['trouble'] => {
    const { id, expiresAt } = record;
    // While the keychain is closed, no refresh is tried.
    const locked = keychain.state === 'unavailable' && expiresAt !== null && hasExpired(record, now);
    const trouble = refresher.trouble(id) ?? (locked ? { since: expiresAt, failure: keychain.error } : null);
    return trouble && { ...trouble, retryAt: scheduler.nextRefreshAt(id) ?? now + LONGEST_RETRY_MS };
  };
  return (record) => {
    const { id, condition, renewal, obtainedAt, sent } = record;
    const definition = definitionOf(record.provider, instanceOf(record));
    const notice = definition && outdatedScopes(record, definition);
    const client = record.client === null ? null : clientOf(record.client);
    const idleSeconds = definition ? oauth2Of(definition)?.refresh.idleLifetimeSeconds : undefined;
    return {
      id,
      name: record.name,
      provider: record.provider,
      providerName: definition?.name ?? record.provider,
      method: record.method,
      client: client && { id: client.id, name: client.name },
      account: record.account,
      site: record.site,
      sites: record.sites,
      apis: definition ? apiAddresses(definition, record) : [],
      grant: record.grant,
      username: sent.as === 'basic' ? sent.username : null,
      header: maskedHeader(sent, '••••••••'),
      scopes: record.grantedScopes,
      requestedScopes: record.requestedScopes,
      missingScopes: missingScopes(record),
      status: statusOf(record, {
        now,
        signIn: reconnecting.get(id) ?? null,
        refreshingSince: refresher.refreshingSince(id),
        keyLostSince,
        trouble: troubleOf(record),
        allPaused,
      }),
      active: connections.active(record.provider) === id,
      expiresAt: isoOrNull(record.expiresAt),
      nextRefreshAt: isoOrNull(scheduler.nextRefreshAt(id)),
      signInExpiresAt:
        renewal === 'refresh-token' && idleSeconds !== undefined
          ? isoTime(obtainedAt + idleSeconds * 1000)
          : null,
      canRefresh: renewal !== 'none' && condition.kind !== 'gone',
      approval: grants.asks(id) ? 'ask' : 'none',
      ...(network.isUnverified(id) && { unverified: true as const }),
      ...(notice && { notice }),
      createdAt: isoTime(record.createdAt),
      obtainedAt: isoTime(obtainedAt),
      lastRefreshAt: isoOrNull(record.lastRefreshAt),
    };
  };
}

/** Remembers the answer for each key. */
function once<K, V>(look: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    if (!known.has(key)) known.set(key, look(key));
    return known.get(key) as V;
  };
}
