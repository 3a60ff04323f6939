import type { ConnectionId, OAuthClientId } from '../../contract/ids.ts';
import { instanceSites, type identify as identifyAccount, type Identity } from '../atlassian/identify.ts';
import { unnamed } from '../atlassian/accounts.ts';
import type { Connections } from '../connections/ports.ts';
import { BEARER, headerOf } from '../credentials/sent.ts';
import { fetchVia, type Fetch } from '../lib/bounded-fetch.ts';
import type { Clock } from '../lib/clock.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import { RedirectUri } from '../providers/address.ts';
import type { ProviderDefinition } from '../providers/definition.ts';
import type { OAuthClients, ProviderRegistry } from '../providers/ports.ts';
import type { Refresher } from '../refresh/ports.ts';
import { instanceAddress } from '../signin/site-address.ts';
import { siteWithoutAsking } from '../signin/site-choice.ts';
import type { Store } from '../store/ports.ts';
import type { TokenSet } from '../store/records.ts';
import type { CandidateGrant } from './candidate.ts';
import type { Found } from './merge.ts';
import type { NameTaken } from './name-taken.ts';
import { planOf } from './view.ts';

export interface TakeGrantParts {
  store: Pick<Store, 'connections'>;
  registry: Pick<ProviderRegistry, 'get'>;
  clients: OAuthClients;
  connections: Connections;
  refresher: Pick<Refresher, 'refresh'>;
  naming: Pick<NameTaken, 'expect' | 'now'>;
  identify: typeof identifyAccount;
  /** Bounded in time and size. */
  fetch: Fetch;
  clock: Clock;
}

export interface Taken {
  id: ConnectionId;
  /** What is left to do. */
  notes: string[];
}

/** A token that ends sooner could end while it is asked whose it is. */
const SHORTEST_MS = 60_000;

/**
 * Takes an OAuth grant that another program renews. With `takeOver`, it is renewed at once, so that the newest refresh
 * token is ours; without, it is stored paused, and the other program goes on. It is stored before it is renewed: an
 * answer that nobody could store would end the grant.
 */
export async function takeGrant(
  found: Found,
  grant: CandidateGrant,
  takeOver: boolean,
  parts: TakeGrantParts,
): Promise<Result<Taken>> {
  const { connections, refresher, clock } = parts;
  const { candidate, source } = found;
  const onPlace = definitionOf(found, parts.registry);
  if (!onPlace.ok) return onPlace;
  const definition = onPlace.value;
  const { expiresAt, secret } = candidate;
  const isValid = secret !== '' && expiresAt !== null && expiresAt > clock.now() + SHORTEST_MS;
  if (!isValid && !takeOver)
    return fail(
      'refused',
      `Its access token has ended, and renewing it takes the grant over from ${source.name}.`,
      `Stop ${source.name}, then take it over (on the command line: --take-over).`,
    );
  const known = isValid
    ? await whose(parts, definition, { accessToken: secret, scopes: grant.scopes, connection: null })
    : null;
  if (known?.ok === false && !takeOver) return known;
  const identity = known?.ok === true ? known.value : null;
  const client = await clientFor(definition, grant, parts.clients);
  if (!client.ok) return client;
  const tokens: TokenSet = {
    accessToken: secret,
    refreshToken: grant.refreshToken,
    expiresAt: isValid ? expiresAt : clock.now(),
    obtainedAt: clock.now(),
    scopes: grant.scopes,
  };
  const saved = await connections.saveSignedIn({
    provider: definition.id,
    method: 'oauth2',
    name: null,
    client: client.value.id,
    grant: 'authorization-code',
    sent: BEARER,
    route: 'default',
    tokens,
    account: identity?.account ?? unnamed(definition.name),
    sites: identity?.sites ?? instanceSites(definition),
    site: siteWithoutAsking(identity?.sites ?? instanceSites(definition), grant.cloudId ?? candidate.address),
    requestedScopes: grant.scopes,
    grantedScopes: grant.scopes,
    reconnects: null,
    // With the grant itself: nothing may renew it in between.
    paused: !takeOver,
  });
  if (!saved.ok) return saved;
  const id = saved.value;
  const notes = [...client.value.notes];
  if (!takeOver) {
    const name = parts.store.connections.get(id)?.name ?? '';
    notes.push(
      `It is paused: ${source.name} goes on renewing this grant. To take it over, stop ${source.name} and run: tokentray resume "${name}"`,
    );
    return ok({ id, notes });
  }

  parts.naming.expect(id, grant.cloudId ?? candidate.address);
  const refreshed = await refresher.refresh(id);
  const outcome = refreshed.ok ? refreshed.value : null;
  if (outcome?.kind === 'gone' || outcome?.kind === 'misconfigured') {
    await connections.remove(id, false);
    return fail(
      outcome.kind === 'gone' ? 'needs-reconnect' : 'misconfigured',
      `The grant of ${source.name} cannot be renewed: ${outcome.reason}`,
      `Sign in with the same OAuth client instead: tokentray connect ${definition.id} --client ${grant.clientId}`,
    );
  }
  notes.push(
    `Now keep ${source.name} from renewing this grant: remove its OAuth settings and tokens, or give it the token with "tokentray run" or an env file. Whoever renews it second ends it.`,
  );
  if (!refreshed.ok) notes.push(`It could not be renewed yet: ${refreshed.error.message}`);
  else if (outcome?.kind === 'transient')
    notes.push(`It could not be renewed yet, and Tokentray tries again: ${outcome.reason}`);
  else if (identity === null) {
    // Whose it is could not be asked before it was renewed.
    const named = await parts.naming.now(id);
    if (!named.ok) notes.push(named.error.message);
  }
  return ok({ id, notes });
}

/** With the addresses of the instance, where it is self-hosted. */
function definitionOf(found: Found, registry: Pick<ProviderRegistry, 'get'>): Result<ProviderDefinition> {
  const plan = planOf(found, registry);
  if (!plan.ok) return plan;
  const { id, instance } = plan.value.definition;
  if (instance === undefined) return ok(plan.value.definition);
  const address = instanceAddress(found.candidate.address ?? '', instance.example);
  return address.ok ? registry.get(id, address.value) : address;
}

const whose = (
  { identify, fetch, clock }: TakeGrantParts,
  definition: ProviderDefinition,
  {
    accessToken,
    scopes,
    connection,
  }: { accessToken: string; scopes: readonly string[]; connection: ConnectionId | null },
): Promise<Result<Identity>> =>
  identify({
    fetch: fetchVia(fetch, { provider: definition.id, connection }),
    clock,
    definition,
    header: headerOf(BEARER, accessToken),
    scopes,
  });

/** The stored OAuth client of a grant; stores it when it is new. */
async function clientFor(
  definition: ProviderDefinition,
  { clientId, clientSecret, redirectUri }: CandidateGrant,
  clients: OAuthClients,
): Promise<Result<{ id: OAuthClientId; notes: string[] }>> {
  const known = clients.list(definition.id).find((client) => client.clientId === clientId);
  if (known) return ok({ id: known.id, notes: [] });
  const usable = redirectUri === null || RedirectUri.safeParse(redirectUri).success;
  const added = await clients.add({
    provider: definition.id,
    clientId,
    clientSecret: clientSecret ?? undefined,
    redirectUri: usable ? (redirectUri ?? undefined) : undefined,
  });
  if (!added.ok) return added;
  return ok({
    id: added.value.id,
    notes: usable
      ? []
      : ['Its redirect URI is not on this machine: add one at the provider before you sign in again.'],
  });
}
