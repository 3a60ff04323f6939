import { CallbackListeners } from '../../main/signin/callback-listeners.ts';
import { createDiscovery } from '../../main/oauth/discovery.ts';
import { fail } from '../../main/lib/result.ts';
import { silentLogger } from '../../main/lib/log.ts';
import { allMethods, type MethodParts } from '../../main/signin/methods/all.ts';
import type { SignInRequest } from '../../main/signin/ports.ts';
import { SignInRegistry, type SignInRegistryOptions } from '../../main/signin/sign-ins.ts';
import type { ProviderId } from '../../contract/ids.ts';

type Parts = Omit<MethodParts, 'listeners' | 'clients' | 'discovery' | 'connected'> &
  Partial<Pick<MethodParts, 'listeners' | 'connected'>> &
  Pick<SignInRegistryOptions, 'registry' | 'saveSignedIn'> & {
    clients: Pick<MethodParts['clients'], 'choose' | 'secret'>;
  };

/** The real sign-ins with every method, as the app composes them; no client is registered. */
export const signInsWith = ({ registry, saveSignedIn, clients, ...parts }: Parts): SignInRegistry =>
  new SignInRegistry({
    registry,
    saveSignedIn,
    methods: allMethods({
      listeners: new CallbackListeners(parts.clock),
      connected: () => null,
      discovery: createDiscovery(parts),
      ...parts,
      clients: {
        registered: () => null,
        addRegistered: () => fail('unsupported', 'nothing is registered here'),
        keepServer: () => fail('unsupported', 'nothing is registered here'),
        refuseRegistration: () => undefined,
        ...clients,
      },
    }),
    fetch: parts.fetch,
    clock: parts.clock,
    logger: silentLogger,
  });

/** A request that leaves everything to the definition, and the browser closed. */
export const signInRequest = (provider: ProviderId, more: Partial<SignInRequest> = {}): SignInRequest => ({
  provider,
  client: undefined,
  method: 'oauth2',
  grant: null,
  name: null,
  scopes: null,
  site: null,
  url: null,
  username: null,
  expiresAt: null,
  reconnects: null,
  open: false,
  ...more,
});
