import { instanceOf } from '../../credentials/addresses.ts';
import { failure, ok } from '../../lib/result.ts';
import type { Handlers } from '../dispatcher.ts';
import type { Services } from '../services.ts';

export const exampleHandlers = ({
  connections,
  registry,
  commands,
}: Pick<Services, 'connections' | 'registry' | 'commands'>): Pick<Handlers, 'use.example'> => ({
  'use.example': async ({ connection: reference }) => {
    const found = connections.resolve(reference);
    if (!found.ok) return failure(found.error);
    const connection = found.value;
    const definition = registry.get(connection.provider, instanceOf(connection));
    if (!definition.ok) return definition;
    const { exampleRequest, sentUse } = await import('../../connections/example-of.ts');
    const request = exampleRequest(definition.value, connection);
    return ok({
      command: commands,
      sent: sentUse(definition.value, connection, request?.api?.id),
      request,
    });
  },
});
