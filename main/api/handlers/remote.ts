import type { ConnectionId } from '../../../contract/ids.ts';
import type { Consumer } from '../../consumers/ports.ts';
import { isoTime } from '../../lib/clock.ts';
import { fail, ok, type Result } from '../../lib/result.ts';
import { expiryDate } from '../../signin/expiry-date.ts';
import { admitProgram } from '../admit-program.ts';
import type { Handlers } from '../dispatcher.ts';
import type { ConnectionRecord } from '../../store/records.ts';
import type { Services } from '../services.ts';

type RemoteCalls = Extract<keyof Handlers, `remote.${string}`>;

type Given = Pick<Services, 'remote' | 'connections' | 'store' | 'clock' | 'approvals'>;

export function remoteHandlers(services: Given): Pick<Handlers, RemoteCalls> {
  const { remote, connections, store, clock } = services;
  const { consumers, socket, view } = remote;

  function log(event: string, message: string): void {
    const at = isoTime(clock.now());
    store.activity.append({ at, level: 'info', event, message, connection: null, export: null });
  }

  function find(reference: string): Result<Consumer> {
    const found = consumers.resolve(reference);
    if (found.ok && found.value.kind === 'remote') return found;
    const names = consumers.list().flatMap(({ kind, name }) => (kind === 'remote' ? [`“${name}”`] : []));
    return fail(
      'not-found',
      'There is no such key for another machine.',
      names.length === 0 ? 'There is none yet: tokentray remote add' : `There are: ${names.join(', ')}.`,
    );
  }

  return {
    'remote.list': () =>
      ok({
        socket: socket.address,
        problem: socket.problem,
        keys: consumers
          .list()
          .filter(({ kind }) => kind === 'remote')
          .map(view),
      }),
    'remote.add': async ({ name, connections: references, fields, expires }, from) => {
      if (socket.address === null)
        return fail(
          'unsupported',
          'Windows has no socket that could be carried to another machine.',
          'Run Tokentray in WSL, or use a gateway key: tokentray gateway add',
        );
      const reached = new Map<ConnectionId, ConnectionRecord>();
      for (const reference of references) {
        const found = connections.resolve(reference);
        if (!found.ok) return found;
        reached.set(found.value.id, found.value);
      }
      const expiresAt = expiryDate(expires ?? '', clock.now());
      if (!expiresAt.ok) return expiresAt;
      // Whoever has the key is not asked about again.
      for (const connection of reached.values()) {
        const admitted = await admitProgram(services, from, connection, 'Make a key that reads it elsewhere');
        if (!admitted.ok) return admitted;
      }
      const added = consumers.add({
        ...{ kind: 'remote', name, connections: new Set(reached.keys()), fields: fields ?? null },
        ...{ rules: [], limits: {}, expiresAt: expiresAt.value, client: null },
      });
      if (!added.ok) return added;
      const { consumer, key } = added.value;
      await socket.ready();
      log('remote.key-added', `The key “${consumer.name}” for another machine was created.`);
      return ok({ consumer: view(consumer), key, socket: socket.address });
    },
    'remote.remove': ({ key }) => {
      const found = find(key);
      if (!found.ok) return found;
      const { id, name } = found.value;
      const removed = consumers.remove(id);
      if (!removed.ok) return removed;
      log('remote.key-removed', `The key “${name}” for another machine was removed.`);
      return ok({ id });
    },
  };
}
