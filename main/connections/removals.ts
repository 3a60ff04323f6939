import type { ConnectionView, SignInMethod } from '../../contract/connection.ts';
import type { ConnectionId, ProviderId } from '../../contract/ids.ts';
import { instanceOf } from '../credentials/addresses.ts';
import type { Clock } from '../lib/clock.ts';
import type { Disposable } from '../lib/disposable.ts';
import { Emitter } from '../lib/emitter.ts';
import { ok, type Result } from '../lib/result.ts';
import type { Network } from '../network/ports.ts';
import type { ProviderDefinition } from '../providers/definition.ts';
import { openable } from '../providers/instance.ts';
import { methodOf } from '../providers/methods.ts';
import type { OAuthClients, ProviderRegistry } from '../providers/ports.ts';
import type { Scheduler } from '../refresh/ports.ts';
import type { ConnectionStore } from '../store/ports.ts';
import type { ConnectionRecord } from '../store/records.ts';
import type { Connections } from './ports.ts';
import { prepareRevocation } from './revocation.ts';
import { createUndo, tooLate } from './undo.ts';

interface RemovalsOptions {
  connections: ConnectionStore;
  registry: ProviderRegistry;
  clients: Pick<OAuthClients, 'get' | 'secret'>;
  network: Pick<Network, 'pinned'>;
  scheduler: Pick<Scheduler, 'changed'>;
  clock: Clock;
  changed: Emitter<ConnectionId>;
  activeChanged: Emitter<ProviderId>;
  logActivity: (event: string, message: string, connection: ConnectionId) => void;
  resolve: (reference: string) => Result<ConnectionRecord>;
  view: (record: ConnectionRecord) => ConnectionView;
}

/** Which connection is active, which go and which come back: each can be undone, and tells whoever follows it. */
export type Removals = Pick<Connections, 'onRemoved' | 'onPurged' | 'use' | 'remove' | 'setAside' | 'undo'> &
  Disposable;

export function createRemovals(options: RemovalsOptions): Removals {
  const { connections, registry, clients, network, scheduler, clock } = options;
  const { changed, activeChanged, logActivity, resolve, view } = options;
  const removed = new Emitter<ConnectionId>();
  const purged = new Emitter<ConnectionId>();
  const undo = createUndo({
    connections,
    clock,
    onPurged: (id) => {
      purged.emit(id);
    },
  });

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
    return ok(view(back.value));
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
    return ok(view(found.value));
  }

  return {
    onRemoved: removed.event,
    onPurged: purged.event,
    dispose: () => undo.dispose(),
    use,
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
  };
}

/** Where the person ends a credential of this method at the provider: a pasted secret is deleted where it was made. */
function whereItEnds(definition: ProviderDefinition, method: SignInMethod): string | null {
  const settings = methodOf(definition, method);
  if (settings === null || settings.method === 'oauth2') return openable(definition.manageUrl);
  return openable(settings.createUrl);
}
