import { CallbackListeners } from '../../main/signin/callback-listeners.ts';
import { silentLogger } from '../../main/lib/log.ts';
import { allMethods, type MethodParts } from '../../main/signin/methods/all.ts';
import type { SignInRequest } from '../../main/signin/ports.ts';
import { SignInRegistry, type SignInRegistryOptions } from '../../main/signin/sign-ins.ts';
import type { ProviderId } from '../../contract/ids.ts';

type Parts = Omit<MethodParts, 'listeners'> &
  Partial<Pick<MethodParts, 'listeners'>> &
  Pick<SignInRegistryOptions, 'registry' | 'saveSignedIn'>;

/** The real sign-ins with every method, as the app composes them. */
export const signInsWith = ({ registry, saveSignedIn, ...parts }: Parts): SignInRegistry =>
  new SignInRegistry({
    registry,
    saveSignedIn,
    methods: allMethods({ listeners: new CallbackListeners(parts.clock), ...parts }),
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
