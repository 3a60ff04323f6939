import type { Via } from '../lib/bounded-fetch.ts';
import type { SignInRequest } from './ports.ts';

/** Whose network settings a sign-in goes by: those of the connection that is kept, or else its provider's. */
export const viaOf = ({ provider, reconnects }: Pick<SignInRequest, 'provider' | 'reconnects'>): Via => ({
  provider,
  connection: reconnects?.id ?? null,
});
