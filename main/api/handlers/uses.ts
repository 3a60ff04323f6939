import { failure, ok } from '../../lib/result.ts';
import type { Handlers } from '../dispatcher.ts';
import type { Services } from '../services.ts';

type UsesCalls = Extract<keyof Handlers, `uses.${string}`>;

export const usesHandlers = ({
  connections,
  uses,
}: Pick<Services, 'connections' | 'uses'>): Pick<Handlers, UsesCalls> => ({
  'uses.list': ({ connection }) => {
    const found = connections.resolve(connection);
    return found.ok ? ok({ uses: uses.list(found.value.id) }) : failure(found.error);
  },
});
