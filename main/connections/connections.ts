import type { ConnectionView } from '../../contract/connection.ts';
import type { ConnectionId, ProviderId } from '../../contract/ids.ts';
import type { KeychainStatus } from '../../contract/status.ts';
import { testCredential, type TestOutcome } from '../atlassian/test-credential.ts';
import { fetchVia, type Fetch } from '../lib/bounded-fetch.ts';
import { isoTime } from '../lib/clock.ts';
import { DisposableStack, type Disposable } from '../lib/disposable.ts';
import { Emitter } from '../lib/emitter.ts';
import { ok, type Result } from '../lib/result.ts';
import type { Network } from '../network/ports.ts';
import { onServer } from '../oauth/endpoints.ts';
import type { SignInMethod } from '../../contract/connection.ts';
import type { ProviderDefinition } from '../providers/definition.ts';
import { openable } from '../providers/instance.ts';
import { methodOf } from '../providers/methods.ts';
import type { OAuthClients, ProviderRegistry } from '../providers/ports.ts';
import type { Refresher, Scheduler } from '../refresh/ports.ts';
import type { SignIns } from '../signin/ports.ts';
import { findSite } from '../signin/site-choice.ts';
import type { ConnectionPatch, Store } from '../store/ports.ts';
import type { ConnectionRecord } from '../store/records.ts';
import { storeSignIn } from './store-sign-in.ts';
import { createViewer, type ViewSources } from './connection-view.ts';
import { maskedCredentialsOf } from '../credentials/access.ts';
import { instanceOf } from '../credentials/addresses.ts';
import { createReadCredentials } from '../credentials/read-credentials.ts';
import { headerOf } from '../credentials/sent.ts';
import { cleanName } from './name.ts';
import type { BoundTo } from './folders/ports.ts';
import type { Connections, From } from './ports.ts';
import { resolveReference, resolveUnnamed } from './resolve.ts';
import { prepareRevocation } from './revocation.ts';
import { StatusTimes } from './status-times.ts';
import { createUndo, tooLate } from './undo.ts';

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
  const removed = new Emitter<ConnectionId>();
  const purged = new Emitter<ConnectionId>();
  const activeChanged = new Emitter<ProviderId>();
  let signIns: Pick<SignIns, 'list'> | null = null;
  let keychain = store.vault.status;
  let keyLostSince = isKeyLost(keychain) ? clock.now() : null;
  let allPaused = store.settings.get().refreshingPaused;

  function allChanged(): void {
    for (const { id } of connections.list()) changed.emit(id);
  }

  const subscriptions = new DisposableStack();
  const undo = subscriptions.add(
    createUndo({
      connections,
      clock,
      onPurged: (id) => {
        purged.emit(id);
      },
    }),
  );
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

  /** Takes it out of everything that uses it. */
  function takeOut(
    { id, name, provider }: ConnectionRecord,
    take: (id: ConnectionId) => Result<void>,
  ): Result<void> {
    const activeBefore = connections.active(provider);
    const taken = take(id);
    if (!taken.ok) return taken;
    logActivity('connection.removed', `“${name}” was removed.`, id);
    scheduler.changed(id);
    removed.emit(id);
    const successor = connections.active(provider);
    if (successor !== activeBefore) {
      if (successor !== null) changed.emit(successor);
      activeChanged.emit(provider);
    }
    return taken;
  }

  function putBack(id: ConnectionId): Result<ConnectionView> {
    const before = connections
      .removed()
      .flatMap(({ record }) => (record.id === id ? [connections.active(record.provider)] : []))[0];
    const back = undo.putBack(id);
    if (!back.ok) return back;
    const { name, provider } = back.value;
    logActivity('connection.put-back', `The removal of “${name}” was undone.`, id);
    scheduler.changed(id);
    changed.emit(id);
    if (connections.active(provider) !== before) {
      if (before !== null && before !== undefined) changed.emit(before);
      activeChanged.emit(provider);
    }
    return ok(viewer()(back.value));
  }

  function use(reference: string): Result<ConnectionView> {
    const found = resolve(reference);
    if (!found.ok) return found;
    const { id, provider } = found.value;
    const before = connections.active(provider);
    const set = connections.setActive(id);
    if (!set.ok) return set;
    if (before !== id) {
      if (before !== null) {
        undo.used({ provider, before, after: id });
        changed.emit(before);
      }
      changed.emit(id);
      logActivity('connection.used', `“${found.value.name}” is now the active connection.`, id);
      activeChanged.emit(provider);
    }
    return ok(viewer()(found.value));
  }

  return {
    onChange: changed.event,
    onRemoved: removed.event,
    onPurged: purged.event,
    onActiveChanged: activeChanged.event,
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
      for (const event of [changed.event, removed.event]) {
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
    use,
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
    async remove(reference, wantsRevocation) {
      const found = resolve(reference);
      if (!found.ok) return found;
      const record = found.value;
      const { id, provider } = record;
      const definition = registry.get(provider, instanceOf(record));
      // Prepared before the tokens are deleted, sent afterwards, so that a slow provider does not delay the removal.
      const revokeGrant = wantsRevocation
        ? prepareRevocation(
            { registry, clients, connections, fetch: network.pinned({ provider, connection: id }) },
            record,
          )
        : null;
      const forgotten = takeOut(record, (each) => connections.remove(each));
      if (!forgotten.ok) return forgotten;
      purged.emit(id);
      return ok({
        id,
        revocation: revokeGrant ? await revokeGrant() : 'not-asked',
        manageUrl: definition.ok ? whereItEnds(definition.value, record.method) : null,
      });
    },
    setAside(reference) {
      const found = resolve(reference);
      if (!found.ok) return found;
      const { id, provider, method } = found.value;
      const definition = registry.get(provider, instanceOf(found.value));
      const aside = takeOut(found.value, (each) => connections.setAside(each, clock.now()));
      if (!aside.ok) return aside;
      return ok({
        id,
        revocation: 'not-asked',
        manageUrl: definition.ok ? whereItEnds(definition.value, method) : null,
        undoUntil: undo.removed(id),
      });
    },
    undo(ids) {
      if (ids === undefined) {
        const latest = undo.latest();
        if (latest === null) return tooLate();
        const undone = latest.kind === 'remove' ? putBack(latest.id) : use(latest.before);
        return undone.ok ? ok({ kind: latest.kind, connections: [undone.value] }) : undone;
      }
      // The last one first: each takes its place as the active one from whatever took it over.
      const order = connections.removed().map(({ record }) => record.id);
      const results = ids.toSorted((a, b) => order.indexOf(b) - order.indexOf(a)).map(putBack);
      const back = results.filter((result) => result.ok).map(({ value }) => value);
      const failed = results.find((result) => !result.ok);
      if (back.length === 0 && failed !== undefined) return failed;
      return ok({ kind: 'remove', connections: back });
    },
    async test(reference, from) {
      const found = resolveMeant(reference, from);
      if (!found.ok) return found;
      const { id } = found.value;
      const definition = registry.get(found.value.provider, instanceOf(found.value));
      if (!definition.ok) return definition;
      const tryIt = async (): Promise<Result<TestOutcome>> => {
        const tokens = await refresher.freshTokens(id, 0);
        if (!tokens.ok) return tokens;
        const connection = connections.get(id) ?? found.value;
        const header = headerOf(connection.sent, tokens.value.accessToken);
        return ok(
          await testCredential({
            clock,
            fetch: fetchVia(fetch, { provider: found.value.provider, connection: id }),
            definition: onServer(
              definition.value,
              connection.client === null ? null : clients.get(connection.client),
            ),
            header,
            connection,
          }),
        );
      };
      let tested = await tryIt();
      // A token may end before its time. If the refresh fails too, the record says why.
      if (tested.ok && tested.value.dead && connections.get(id)?.renewal !== 'none') {
        const renewed = await refresher.refresh(id);
        if (renewed.ok && renewed.value.kind === 'refreshed') tested = await tryIt();
      }
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

/** Where the person ends a credential of this method at the provider: a pasted secret is deleted where it was made. */
function whereItEnds(definition: ProviderDefinition, method: SignInMethod): string | null {
  const settings = methodOf(definition, method);
  if (settings === null || settings.method === 'oauth2') return openable(definition.manageUrl);
  return openable(settings.createUrl);
}
