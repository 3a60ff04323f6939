import type { ConnectionId } from '../../contract/ids.ts';
import { cleanText } from '../lib/clean-text.ts';
import type { Clock } from '../lib/clock.ts';
import { ok, type Result } from '../lib/result.ts';
import type { SignedIn } from '../signin/ports.ts';
import { foldName } from '../store/fold-name.ts';
import type { ConnectionStore } from '../store/ports.ts';
import type { ConnectionRecord, NewConnection } from '../store/records.ts';
import { cleanName, freeName, MAX_NAME_LENGTH } from './name.ts';

export interface StoreSignInOptions {
  connections: ConnectionStore;
  clock: Clock;
  newId: () => ConnectionId;
  providerName: string;
}

/** A damaged row keeps its name reserved; this many numbered names are tried. */
const NAME_TRIES = 20;

/**
 * Stores a finished sign-in: in place of the connection it reconnects, which keeps its name, or as a new one. A name
 * that is taken gets a number: failing now would lose the grant.
 */
export function storeSignIn(options: StoreSignInOptions, signedIn: SignedIn): Result<ConnectionRecord> {
  const { connections, clock, newId } = options;
  const { tokens, site, sites, provider, method, grant, sent, route, client, account } = signedIn;
  const { requestedScopes, grantedScopes } = signedIn;
  const known = signedIn.reconnects === null ? null : connections.get(signedIn.reconnects);
  const connection = {
    site,
    sites,
    provider,
    method,
    grant,
    sent,
    route,
    client,
    account,
    requestedScopes,
    grantedScopes,
  };
  if (known) {
    const { id, name, createdAt } = known;
    const kept = site ?? sites.find(({ cloudId }) => cloudId === known.site?.cloudId) ?? null;
    return connections.replace(id, { ...connection, id, name, createdAt, site: kept }, tokens);
  }
  const base =
    signedIn.name === null ? ok(defaultName(signedIn, options.providerName)) : cleanName(signedIn.name);
  if (!base.ok) return base;
  const taken = new Set(connections.list().map((record) => foldName(record.name)));
  const now = clock.now();
  const fresh: Omit<NewConnection, 'name'> = {
    ...connection,
    id: newId(),
    createdAt: now,
    pausedAt: signedIn.paused === true ? now : null,
  };
  for (let tries = 1; ; tries += 1) {
    const name = freeName(base.value, (candidate) => !taken.has(foldName(candidate)));
    const inserted = connections.insert({ ...fresh, name }, tokens);
    if (inserted.ok || inserted.error.code !== 'conflict' || tries === NAME_TRIES) return inserted;
    taken.add(foldName(name));
  }
}

/** Named after the site, else the account, else the provider; all of this text is untrusted. */
function defaultName({ site, account }: SignedIn, providerName: string): string {
  for (const text of [site?.name, account.name, account.email, providerName]) {
    const name = cleanName(cleanText(text ?? '', MAX_NAME_LENGTH));
    if (name.ok) return name.value;
  }
  return 'Connection';
}
