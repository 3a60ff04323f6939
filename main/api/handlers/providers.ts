import { fail, ok, type Result } from '../../lib/result.ts';
import type { CallOutput } from '../../../contract/calls.ts';
import type { Handlers } from '../dispatcher.ts';
import { damagedOf, removeDamaged } from '../remove-damaged.ts';
import type { Services } from '../services.ts';

type ProviderCalls = Extract<
  keyof Handlers,
  `providers.${string}` | 'clients.list' | 'clients.add' | 'clients.remove'
>;

export function providerHandlers(services: Services): Pick<Handlers, ProviderCalls> {
  const { registry, providerFiles, clients } = services;
  const everything = (): Result<CallOutput<'providers.list'>> =>
    ok({ providers: registry.list(), problems: registry.problems(), folder: registry.folder });
  return {
    'providers.list': everything,
    'providers.reload': () => {
      registry.reload();
      return everything();
    },
    'providers.check': (source) => providerFiles.check(source),
    'providers.add': async (source) => {
      const added = await providerFiles.add(source);
      if (!added.ok) return added;
      const provider = registry.list().find(({ id }) => id === added.value.id);
      return provider
        ? ok({ provider, file: added.value.file })
        : fail('internal', 'The provider is not there after its file was written.');
    },
    'clients.list': ({ provider }) =>
      ok({ clients: clients.list(provider), ...damagedOf(services, 'client') }),
    'clients.add': (client) => clients.add(client),
    'clients.remove': ({ client }) => {
      const removed = clients.remove(client);
      if (removed.ok) return ok({ id: removed.value });
      const damaged = removed.error.code === 'not-found' ? removeDamaged(services, 'client', client) : null;
      return damaged?.ok === true ? ok({ id: damaged.value.id }) : (damaged ?? removed);
    },
  };
}
