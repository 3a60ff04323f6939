import type { ProviderId } from '../../../contract/ids.ts';
import { fail, ok, type Result } from '../../lib/result.ts';
import type { ClientFile } from '../../providers/client-file.ts';
import type { Handlers } from '../dispatcher.ts';
import type { Services } from '../services.ts';

type ClientCalls = 'clients.change' | 'clients.check-redirect' | 'clients.check-file' | 'clients.add-file';

/** Calls about OAuth clients; the files that they come in are read by code that is loaded when it is needed. */
export function clientHandlers({ clients, redirects, registry }: Services): Pick<Handlers, ClientCalls> {
  async function read(provider: ProviderId, text: string): Promise<Result<ClientFile>> {
    const definition = registry.get(provider);
    if (!definition.ok) return definition;
    const { readClientFile } = await import('../../providers/client-file.ts');
    return readClientFile(text, definition.value);
  }

  return {
    'clients.change': (change) => clients.change(change),
    'clients.check-redirect': ({ provider, redirectUri }) => redirects(provider, redirectUri),
    'clients.check-file': async ({ provider, text }) => {
      const found = await read(provider, text);
      if (!found.ok) return found;
      if (found.value.kind === 'provider') return ok({ kind: 'provider' });
      const { clientId, clientSecret, redirectUri, name, notice } = found.value.client;
      return ok({ kind: 'client', clientId, hasSecret: clientSecret !== null, redirectUri, name, notice });
    },
    'clients.add-file': async ({ provider, text, name, scopes }) => {
      const found = await read(provider, text);
      if (!found.ok) return found;
      if (found.value.kind === 'provider')
        return fail(
          'invalid-input',
          'This file describes a provider, not only an OAuth client.',
          'Add it as a provider: tokentray providers add.',
        );
      const { clientId, clientSecret, redirectUri } = found.value.client;
      return clients.add({
        provider,
        clientId,
        name: name ?? undefined,
        clientSecret: clientSecret ?? undefined,
        redirectUri: redirectUri ?? undefined,
        scopes,
      });
    },
  };
}
