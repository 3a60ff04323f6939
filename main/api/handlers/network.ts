import { ok, type Result } from '../../lib/result.ts';
import { isoTime } from '../../lib/clock.ts';
import type { Network } from '../../network/ports.ts';
import type { Handlers } from '../dispatcher.ts';
import type { Services } from '../services.ts';

type Target = Parameters<Network['view']>[0];

export function networkHandlers({
  connections,
  network,
  store,
  clock,
}: Services): Pick<Handlers, 'network.get' | 'network.set'> {
  const target = (reference: string | undefined): Result<Target> => {
    if (reference === undefined) return ok(null);
    const found = connections.resolve(reference);
    if (!found.ok) return found;
    const { id, name, provider } = found.value;
    return ok({ id, name, via: { provider, connection: id } });
  };
  return {
    'network.get': ({ connection }) => {
      const found = target(connection);
      return found.ok ? network.view(found.value) : found;
    },
    'network.set': async ({ connection, change }) => {
      const found = target(connection);
      if (!found.ok) return found;
      const done = await network.set(found.value, change);
      if (!done.ok) return done;
      const unverified = change.verify === false;
      const whose =
        found.value === null ? 'The network settings' : `The network settings of “${found.value.name}”`;
      store.activity.append({
        at: isoTime(clock.now()),
        level: unverified ? 'warning' : 'info',
        event: 'network.changed',
        message: `${whose} were changed.${unverified ? ' Certificates are no longer checked.' : ''}`,
        connection: found.value?.id ?? null,
        export: null,
      });
      return done;
    },
  };
}
