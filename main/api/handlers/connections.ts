import { instanceOf } from '../../credentials/addresses.ts';
import { isoTime } from '../../lib/clock.ts';
import { failure, ok } from '../../lib/result.ts';
import { outcomeFailure } from '../../refresh/refresh-failures.ts';
import type { Handlers } from '../dispatcher.ts';
import { damagedOf, removeDamaged } from '../remove-damaged.ts';
import type { Services } from '../services.ts';

type ConnectionCalls = Extract<keyof Handlers, `connections.${string}`>;

export function connectionHandlers(services: Services): Pick<Handlers, ConnectionCalls> {
  const { store, connections, registry, exports, refresher, approvals, uses, commands } = services;
  return {
    'connections.list': () => ok({ connections: connections.list(), ...damagedOf(services, 'connection') }),
    'connections.find': ({ connection, ...from }) => {
      const found = connections.resolve(connection, from);
      return found.ok ? connections.view(found.value.id) : failure(found.error);
    },
    'connections.use': ({ connection }) => connections.use(connection),
    'connections.set-site': ({ connection, site }) => connections.setSite(connection, site),
    'connections.rename': ({ connection, name }) => connections.rename(connection, name),
    'connections.pause': ({ connection, paused }) => connections.pause(connection, paused),
    'connections.set-approval': ({ connection, approval }) => {
      const found = connections.resolve(connection);
      if (!found.ok) return failure(found.error);
      const set = approvals.setAsks(found.value, approval === 'ask');
      return set.ok ? connections.view(found.value.id) : set;
    },
    'connections.remove': async ({ connection, revoke }) => {
      const found = connections.resolve(connection);
      if (!found.ok) {
        // A reference that fits several is not the name of a damaged one.
        const damaged =
          found.error.code === 'not-found' ? removeDamaged(services, 'connection', connection) : null;
        if (damaged?.ok !== true) return damaged ?? failure(found.error);
        const { id } = damaged.value;
        return ok({ id, revocation: 'not-asked', exports: exports.following(id), manageUrl: null });
      }
      const affected = exports.following(found.value.id);
      if (revoke) {
        const removed = await connections.remove(found.value.id, true);
        return removed.ok ? ok({ ...removed.value, exports: affected }) : removed;
      }
      const aside = connections.setAside(found.value.id);
      if (!aside.ok) return aside;
      return ok({ ...aside.value, exports: affected, undoUntil: isoTime(aside.value.undoUntil) });
    },
    'connections.undo': ({ connections: ids }) => connections.undo(ids),
    'connections.uses': ({ connection }) => {
      const found = connections.resolve(connection);
      return found.ok ? ok({ uses: uses.list(found.value.id) }) : failure(found.error);
    },
    'connections.example': async ({ connection: reference }) => {
      const found = connections.resolve(reference);
      if (!found.ok) return failure(found.error);
      const connection = found.value;
      const definition = registry.get(connection.provider, instanceOf(connection));
      if (!definition.ok) return definition;
      const { exampleRequest, sentUse } = await import('../../connections/example-of.ts');
      const request = exampleRequest(definition.value, connection);
      const sent = sentUse(definition.value, connection, request?.api?.id);
      return ok({ command: commands, sent, request });
    },
    'connections.refresh': async ({ connection, folder }) => {
      const opened = await store.vault.open();
      if (!opened.ok) return opened;
      const found = connections.resolve(connection, { folder });
      if (!found.ok) return failure(found.error);
      const outcome = await refresher.refresh(found.value.id);
      if (!outcome.ok) return outcome;
      const why = outcomeFailure(found.value, outcome.value);
      return why === null ? connections.view(found.value.id) : failure(why);
    },
    'connections.test': async ({ connection, folder }) => {
      const opened = await store.vault.open();
      return opened.ok ? connections.test(connection, { folder }) : opened;
    },
  };
}
