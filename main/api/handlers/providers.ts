import { ok, type Result } from '../../lib/result.ts';
import type { CallOutput } from '../../../contract/calls.ts';
import type { Handlers } from '../dispatcher.ts';
import type { Services } from '../services.ts';

type ProviderCalls = Extract<keyof Handlers, `providers.${string}` | `clients.${string}`>;

export function providerHandlers({ registry, clients }: Services): Pick<Handlers, ProviderCalls> {
  const everything = (): Result<CallOutput<'providers.list'>> =>
    ok({ providers: registry.list(), problems: registry.problems(), folder: registry.folder });
  return {
    'providers.list': everything,
    'providers.reload': () => {
      registry.reload();
      return everything();
    },
    'clients.list': ({ provider }) => ok({ clients: clients.list(provider) }),
    'clients.add': (client) => clients.add(client),
    'clients.remove': ({ client }) => {
      const removed = clients.remove(client);
      return removed.ok ? ok({ id: removed.value }) : removed;
    },
  };
}
