import { cleanName } from '../../connections/name.ts';
import { fail, failure } from '../../lib/result.ts';
import type { Handlers } from '../dispatcher.ts';
import type { Services } from '../services.ts';

type SignInCalls = Extract<keyof Handlers, `sign-in.${string}`>;

/** Below the usual time limits of proxies and clients. */
const LONGEST_WAIT_MS = 25_000;

export function signInHandlers({ store, connections, signIns }: Services): Pick<Handlers, SignInCalls> {
  return {
    'sign-in.start': async ({ provider, reconnect, method, client, name, scopes, site, open }) => {
      // Opened first, so that nobody signs in for a token that could not be stored.
      const opened = await store.vault.open();
      if (!opened.ok) return opened;
      // Checked now, not after the person has signed in.
      const named = name === undefined ? null : cleanName(name);
      if (named !== null && !named.ok) return named;
      const request = {
        client,
        name: named?.value ?? null,
        scopes: scopes ?? null,
        site: site ?? null,
        open,
      };
      if (reconnect === undefined) {
        if (provider === undefined)
          return fail('invalid-input', 'Neither a provider nor a connection was named.');
        return signIns.start({ ...request, provider, method: method ?? 'oauth2', reconnects: null });
      }
      const found = connections.resolve(reconnect);
      if (!found.ok) return failure(found.error);
      const known = found.value;
      return signIns.start({
        ...request,
        provider: known.provider,
        method: known.method,
        client: client ?? known.client ?? undefined,
        scopes: scopes ?? known.requestedScopes,
        reconnects: { id: known.id, account: known.account, site: known.site },
      });
    },
    'sign-in.wait': (input) => signIns.wait(input.signIn, input.while ?? null, LONGEST_WAIT_MS),
    'sign-in.complete': ({ signIn, callbackUrl }) => signIns.complete(signIn, callbackUrl),
    'sign-in.choose-site': ({ signIn, site }) => signIns.chooseSite(signIn, site),
    'sign-in.accept-account': ({ signIn }) => signIns.acceptAccount(signIn),
    'sign-in.cancel': ({ signIn }) => signIns.cancel(signIn),
  };
}
