import { cleanName } from '../../connections/name.ts';
import type { SignInView } from '../../../contract/sign-in.ts';
import { instanceOf } from '../../credentials/addresses.ts';
import { fail, failure, type Result } from '../../lib/result.ts';
import { expiryDate } from '../../signin/expiry-date.ts';
import type { SignInRequest } from '../../signin/ports.ts';
import { instanceAddress } from '../../signin/site-address.ts';
import type { Handlers } from '../dispatcher.ts';
import type { Services } from '../services.ts';

type SignInCalls = Extract<keyof Handlers, `sign-in.${string}`>;

/** Below the usual time limits of proxies and clients. */
const LONGEST_WAIT_MS = 25_000;

export function signInHandlers({
  store,
  connections,
  signIns,
  clock,
  registry,
}: Services): Pick<Handlers, SignInCalls> {
  /** With the address of a self-hosted instance as it is kept. */
  function start(request: SignInRequest): Promise<Result<SignInView>> | Result<SignInView> {
    if (request.url === null) return signIns.start(request);
    const definition = registry.get(request.provider);
    if (!definition.ok) return definition;
    const { instance, name } = definition.value;
    if (instance === undefined)
      return fail('invalid-input', `${name} is not self-hosted.`, 'Leave the address out, or name a site.');
    const address = instanceAddress(request.url, instance.example);
    return address.ok
      ? signIns.start({ ...request, url: address.value })
      : failure({ ...address.error, field: 'url' });
  }

  return {
    'sign-in.start': async ({
      provider,
      reconnect,
      method,
      grant,
      client,
      name,
      scopes,
      site,
      url,
      username,
      expires,
      open,
    }) => {
      // Opened first, so that nobody signs in for a token that could not be stored.
      const opened = await store.vault.open();
      if (!opened.ok) return opened;
      // Checked now, not after the person has signed in.
      const named = name === undefined ? null : cleanName(name);
      if (named !== null && !named.ok) return named;
      const expiresAt = expiryDate(expires ?? '', clock.now());
      if (!expiresAt.ok) return expiresAt;
      const request = {
        client,
        url: url ?? null,
        username: username ?? null,
        expiresAt: expiresAt.value,
        name: named?.value ?? null,
        scopes: scopes ?? null,
        site: site ?? null,
        open,
      };
      if (reconnect === undefined) {
        if (provider === undefined)
          return fail('invalid-input', 'Neither a provider nor a connection was named.');
        return start({
          ...request,
          provider,
          method: method ?? null,
          grant: grant ?? null,
          reconnects: null,
        });
      }
      const found = connections.resolve(reconnect);
      if (!found.ok) return failure(found.error);
      const known = found.value;
      const nextMethod = method ?? known.method;
      const nextGrant = grant ?? (nextMethod === known.method ? known.grant : null);
      // Scopes belong to the way they were asked for: a token that was pasted never asked for any.
      const keepsWay = nextMethod === known.method && nextGrant === known.grant;
      return start({
        ...request,
        provider: known.provider,
        method: nextMethod,
        grant: nextGrant,
        url: url ?? instanceOf(known),
        username: username ?? (known.sent.as === 'basic' ? known.sent.username : null),
        client: client ?? known.client ?? undefined,
        scopes: scopes ?? (keepsWay ? known.requestedScopes : null),
        reconnects: { id: known.id, account: known.account, site: known.site },
      });
    },
    'sign-in.wait': (input) => signIns.wait(input.signIn, input.while ?? null, LONGEST_WAIT_MS),
    'sign-in.complete': ({ signIn, callbackUrl }) => signIns.complete(signIn, callbackUrl),
    'sign-in.answer': ({ signIn, values }) => signIns.answer(signIn, values),
    'sign-in.choose-site': ({ signIn, site }) => signIns.chooseSite(signIn, site),
    'sign-in.accept-account': ({ signIn }) => signIns.acceptAccount(signIn),
    'sign-in.cancel': ({ signIn }) => signIns.cancel(signIn),
  };
}
