import type { ConnectionId } from '../../contract/ids.ts';
import type { Connections } from '../connections/ports.ts';
import { access } from '../credentials/access.ts';
import type { CredentialHeader } from '../credentials/sent.ts';
import type { Via } from '../lib/bounded-fetch.ts';
import type { Clock } from '../lib/clock.ts';
import { DisposableStack, type Disposable } from '../lib/disposable.ts';
import type { ForgetsSecrets } from '../lib/forgets-secrets.ts';
import { failure, fail, ok, type Result } from '../lib/result.ts';
import type { Network } from '../network/ports.ts';
import type { Refresher } from '../refresh/ports.ts';
import type { ConnectionStore } from '../store/ports.ts';
import type { ConnectionRecord } from '../store/records.ts';
import type { Upstream, Upstreams } from './ports.ts';

export interface UpstreamsOptions {
  connections: Pick<Connections, 'readCredentials' | 'onChange' | 'onRemoved'>;
  records: Pick<ConnectionStore, 'get'>;
  refresher: Pick<Refresher, 'refresh'>;
  network: Pick<Network, 'agentFor'>;
  clock: Clock;
}

/** A credential that would end sooner is renewed before it is sent. */
const MIN_TTL_MS = 60_000;
/**
 * After a renewal, a 401 says nothing of the credential's age: some services answer so when a permission is missing. Without
 * this, each such request would renew it.
 */
const RENEWED_AGO_MS = 60_000;

/** What is kept of one API of a connection: no decryption and no reading of addresses while it lasts. */
interface Opened {
  url: URL;
  header: CredentialHeader;
  /** Epoch ms; after it a newer one is asked for. */
  goodUntil: number;
}

interface Kept {
  via: Via;
  apis: Map<string, Opened>;
  /** Under way, by API. */
  opening: Map<string, Promise<Result<Opened>>>;
}

/** Opens APIs with the credentials of connections, and keeps what it opened until the connection changes. */
export function createUpstreams(options: UpstreamsOptions): Upstreams & Disposable & ForgetsSecrets {
  const { connections, records, refresher, network, clock } = options;
  const kept = new Map<ConnectionId, Kept>();
  const renewals = new Map<ConnectionId, Promise<boolean>>();
  /** When a credential was last renewed because it was refused, monotonic ms. */
  const renewedAt = new Map<ConnectionId, number>();
  const subscriptions = new DisposableStack();
  subscriptions.add(connections.onChange((id) => void kept.delete(id)));
  subscriptions.add(
    connections.onRemoved((id) => {
      kept.delete(id);
      renewedAt.delete(id);
    }),
  );

  function keptOf({ id, provider }: ConnectionRecord): Kept {
    const known = kept.get(id);
    if (known !== undefined) return known;
    const made = { via: { provider, connection: id }, apis: new Map(), opening: new Map() };
    kept.set(id, made);
    return made;
  }

  const withAgent = ({ url, header }: Opened, via: Via): Upstream => ({
    url,
    header,
    agent: network.agentFor(url, via),
  });

  async function read(connection: ConnectionRecord, api: string, into: Kept): Promise<Result<Opened>> {
    const credentials = await connections.readCredentials(connection.id, MIN_TTL_MS);
    if (!credentials.ok) return credentials;
    const found = access(credentials.value, api);
    if (!found.ok) return fail('not-found', found.error.message, found.error.hint);
    const { expiresAt } = credentials.value;
    const opened = {
      url: new URL(found.value.url),
      header: found.value.header,
      goodUntil: expiresAt === null ? Infinity : expiresAt - MIN_TTL_MS,
    };
    // Not into what was dropped meanwhile, because the connection changed.
    if (kept.get(connection.id) === into) into.apis.set(api, opened);
    return ok(opened);
  }

  async function openAnew(connection: ConnectionRecord, api: string, into: Kept): Promise<Result<Upstream>> {
    const underWay =
      into.opening.get(api) ??
      read(connection, api, into).finally(() => {
        into.opening.delete(api);
      });
    into.opening.set(api, underWay);
    const opened = await underWay;
    return opened.ok ? ok(withAgent(opened.value, into.via)) : failure(opened.error);
  }

  /** Whether there may be a newer credential now. */
  async function renew(id: ConnectionId): Promise<boolean> {
    const last = renewedAt.get(id);
    if (last !== undefined && clock.monotonicMs() - last < RENEWED_AGO_MS) return false;
    const renewed = await refresher.refresh(id);
    if (!renewed.ok || renewed.value.kind !== 'refreshed') return false;
    renewedAt.set(id, clock.monotonicMs());
    return true;
  }

  const open: Upstreams['open'] = (connection, api) => {
    const known = keptOf(connection);
    const opened = known.apis.get(api);
    if (opened !== undefined && clock.now() < opened.goodUntil) return ok(withAgent(opened, known.via));
    return openAnew(connection, api, known);
  };

  return {
    open,
    replace: async (connection, api, refused) => {
      const now = async (): Promise<Upstream | null> => {
        const record = records.get(connection.id);
        const opened = record && (await open(record, api));
        return opened?.ok === true && !sameHeader(opened.value.header, refused.header) ? opened.value : null;
      };
      // Somebody else may have been refused the same one before.
      const newer = await now();
      if (newer !== null) return newer;
      const underWay =
        renewals.get(connection.id) ?? renew(connection.id).finally(() => renewals.delete(connection.id));
      renewals.set(connection.id, underWay);
      return (await underWay) ? now() : null;
    },
    forgetSecrets: () => {
      kept.clear();
    },
    dispose: async () => {
      await subscriptions.dispose();
      kept.clear();
    },
  };
}

const sameHeader = (one: CredentialHeader, other: CredentialHeader): boolean =>
  one.value === other.value &&
  (one.also ?? []).every(({ value }, index) => value === other.also?.[index]?.value);
