import type { ConnectionId, ProviderId } from '../../contract/ids.ts';
import type { KeychainStatus } from '../../contract/status.ts';
import type { Fetch } from '../lib/bounded-fetch.ts';
import { isoTime } from '../lib/clock.ts';
import { DisposableStack, type Disposable } from '../lib/disposable.ts';
import { Emitter } from '../lib/emitter.ts';
import { ok, type Result } from '../lib/result.ts';
import type { Network } from '../network/ports.ts';
import type { OAuthClients, ProviderRegistry } from '../providers/ports.ts';
import type { Refresher, Scheduler } from '../refresh/ports.ts';
import type { SignIns } from '../signin/ports.ts';
import { findSite } from '../signin/site-choice.ts';
import type { ConnectionPatch, Store } from '../store/ports.ts';
import type { ConnectionRecord } from '../store/records.ts';
import { storeSignIn } from './store-sign-in.ts';
import { createViewer, type ViewSources } from './connection-view.ts';
import { maskedCredentialsOf } from '../credentials/access.ts';
import { createReadCredentials } from '../credentials/read-credentials.ts';
import { cleanName } from './name.ts';
import type { BoundTo } from './folders/ports.ts';
import type { Connections, From } from './ports.ts';
import { resolveReference, resolveUnnamed } from './resolve.ts';
import { createRemovals } from './removals.ts';
import { StatusTimes } from './status-times.ts';
import { testConnection } from './test-connection.ts';

export interface ConnectionsOptions extends Omit<ViewSources, 'connections' | 'grants'> {
  store: Pick<Store, 'connections' | 'activity' | 'vault' | 'settings' | 'grants'>;
  registry: ProviderRegistry;
  clients: Pick<OAuthClients, 'get' | 'secret' | 'onChange'>;
  refresher: Pick<Refresher, 'freshTokens' | 'refresh' | 'refreshingSince' | 'trouble' | 'onChange'>;
  /** Made before the connections, so that `nextRefreshAt` is up to date when a change is emitted. */
  scheduler: Pick<Scheduler, 'nextRefreshAt' | 'changed'>;
  /** Bounded in time and size. */
  fetch: Fetch;
  network: Pick<Network, 'isUnverified' | 'onChange' | 'pinned'>;
  boundTo: BoundTo;
  newId: () => ConnectionId;
}

/** Sign-ins need `saveSignedIn`, and views need the sign-ins: `attachSignIns` closes the circle. */
export type ConnectionsWithSignIns = Connections &
  Disposable & {
    /** From now on a connection that is being reconnected shows as connecting, and changes caused by time alone are emitted. */
    attachSignIns(signIns: Pick<SignIns, 'list' | 'onChange'>): Disposable;
  };

export function createConnections(options: ConnectionsOptions): ConnectionsWithSignIns {
  const { store, registry, clients, refresher, scheduler, network, clock, fetch, boundTo, newId } = options;
  const { connections } = store;
  const changed = new Emitter<ConnectionId>();
  const activeChanged = new Emitter<ProviderId>();
  let signIns: Pick<SignIns, 'list'> | null = null;
  let keychain = store.vault.status;
  let keyLostSince = isKeyLost(keychain) ? clock.now() : null;
  let allPaused = store.settings.get().refreshingPaused;

  function allChanged(): void {
    for (const { id } of connections.list()) changed.emit(id);
  }

  const subscriptions = new DisposableStack();
  subscriptions.add(
    network.onChange((id) => {
      if (id === null) allChanged();
      else changed.emit(id);
    }),
  );
  subscriptions.add(
    store.grants.onAsksChange((id) => {
      changed.emit(id);
    }),
  );
  subscriptions.add(
    refresher.onChange(({ id }) => {
      changed.emit(id);
    }),
  );
  subscriptions.add(
    store.vault.onStatus((status) => {
      keychain = status;
      if (isKeyLost(status) !== (keyLostSince !== null))
        keyLostSince = isKeyLost(status) ? clock.now() : null;
      allChanged();
    }),
  );
  // Names, addresses and lifetimes in the views come from these.
  subscriptions.add(registry.onChange(allChanged));
  subscriptions.add(clients.onChange(allChanged));
  subscriptions.add(
    store.settings.onChange(({ refreshingPaused }) => {
      if (refreshingPaused === allPaused) return;
      allPaused = refreshingPaused;
      allChanged();
    }),
  );

  const viewer = (): ReturnType<typeof createViewer> =>
    createViewer(
      { ...options, connections, grants: store.grants },
      { signIns: signIns?.list() ?? [], keyLostSince, allPaused, keychain },
    );
  const resolve = (reference: string): Result<ConnectionRecord> => resolveReference(connections, reference);
  const resolveMeant = (reference: string | undefined, from: From = {}): Result<ConnectionRecord> =>
    reference === undefined ? resolveUnnamed(connections, boundTo, from) : resolve(reference);

  function logActivity(event: string, message: string, connection: ConnectionId): void {
    store.activity.append({
      at: isoTime(clock.now()),
      level: 'info',
      event,
      message,
      connection,
      export: null,
    });
  }

  /** Changes what is not secret; `describe` gives the activity entry for it. */
  function patch(
    reference: string,
    describe: (
      before: ConnectionRecord,
      after: ConnectionRecord,
    ) => readonly [event: string, message: string],
    change: (record: ConnectionRecord) => Result<ConnectionPatch>,
  ) {
    const found = resolve(reference);
    if (!found.ok) return found;
    const wanted = change(found.value);
    if (!wanted.ok) return wanted;
    const updated = connections.update(found.value.id, wanted.value);
    if (!updated.ok) return updated;
    const { id } = updated.value;
    logActivity(...describe(found.value, updated.value), id);
    scheduler.changed(id);
    changed.emit(id);
    return ok(viewer()(updated.value));
  }

  const removals = subscriptions.add(
    createRemovals({
      ...{ connections, registry, clients, network, scheduler, clock, logActivity, resolve },
      ...{ changed, activeChanged },
      view: (record) => viewer()(record),
    }),
  );

  return {
    onChange: changed.event,
    onRemoved: removals.onRemoved,
    onPurged: removals.onPurged,
    onActiveChanged: activeChanged.event,
    use: removals.use,
    remove: removals.remove,
    setAside: removals.setAside,
    undo: removals.undo,
    dispose: () => subscriptions.dispose(),
    attachSignIns(source) {
      signIns = source;
      const ends = new DisposableStack();
      ends.add(
        source.onChange(({ reconnects }) => {
          if (reconnects !== null && connections.get(reconnects)) changed.emit(reconnects);
        }),
      );
      const emit = (id: ConnectionId): void => {
        changed.emit(id);
      };
      const times = ends.add(new StatusTimes({ connections, clock, onDue: emit }));
      for (const event of [changed.event, removals.onRemoved]) {
        ends.add(
          event((id) => {
            times.changed(id);
          }),
        );
      }
      return ends;
    },
    list() {
      const view = viewer();
      return connections.list().map(view);
    },
    view(id) {
      const found = resolve(id);
      return found.ok ? ok(viewer()(found.value)) : found;
    },
    resolve: resolveMeant,
    // oxlint-disable-next-line typescript/require-await -- storing is synchronous; the port is not
    async saveSignedIn(signedIn) {
      const definition = registry.get(signedIn.provider);
      const providerName = definition.ok ? definition.value.name : signedIn.provider;
      const activeBefore = connections.active(signedIn.provider);
      const stored = storeSignIn({ connections, clock, newId, providerName }, signedIn);
      if (!stored.ok) return stored;
      const { id, name, generation, provider } = stored.value;
      if (generation > 1) logActivity('connection.reconnected', `“${name}” was reconnected.`, id);
      else logActivity('connection.added', `“${name}” was connected.`, id);
      scheduler.changed(id);
      changed.emit(id);
      if (connections.active(provider) !== activeBefore) activeChanged.emit(provider);
      return ok(id);
    },
    setSite: (reference, site) =>
      patch(
        reference,
        (_, { name, site: selected }) => [
          'connection.site',
          `“${name}” now uses the site ${selected?.name ?? ''}.`,
        ],
        ({ sites }) => {
          const found = findSite(sites, site);
          return found.ok ? ok({ site: found.value }) : found;
        },
      ),
    rename: (reference, name) =>
      patch(
        reference,
        (before, after) => ['connection.renamed', `“${before.name}” was renamed to “${after.name}”.`],
        () => {
          const clean = cleanName(name);
          return clean.ok ? ok({ name: clean.value }) : clean;
        },
      ),
    pause: (reference, paused) =>
      patch(
        reference,
        (_, { name }) =>
          paused
            ? ['connection.paused', `Refreshing “${name}” was paused.`]
            : ['connection.resumed', `Refreshing “${name}” was resumed.`],
        ({ pausedAt }) => ok({ pausedAt: paused ? (pausedAt ?? clock.now()) : null }),
      ),
    async test(reference, from) {
      const found = resolveMeant(reference, from);
      if (!found.ok) return found;
      const { id } = found.value;
      const tested = await testConnection(
        { connections, registry, clients, refresher, clock, fetch },
        found.value,
      );
      if (!tested.ok) return tested;
      const record = resolve(id);
      if (!record.ok) return record;
      const { dead: _, ...outcome } = tested.value;
      const passed = outcome.results.every((result) => result.ok);
      return ok({ connection: viewer()(record.value), ok: passed, ...outcome });
    },
    readCredentials: createReadCredentials({ connections, registry, refresher }),
    maskedCredentials: (connection, mask) => maskedCredentialsOf(connection, registry, mask),
  };
}

const isKeyLost = (status: KeychainStatus): boolean =>
  status.state === 'unavailable' && status.error.code === 'keychain-key-lost';
