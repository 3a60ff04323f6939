import type { identify as identifyAccount, Identity } from '../atlassian/identify.ts';
import { BEARER, headerOf } from '../credentials/sent.ts';
import type { Fetch } from '../lib/bounded-fetch.ts';
import type { Clock } from '../lib/clock.ts';
import { fail, type Result } from '../lib/result.ts';
import { idTokenClaims } from '../oauth/id-token.ts';
import type { ProviderDefinition } from '../providers/definition.ts';
import type { OAuth2Settings } from '../providers/methods.ts';
import type { TokenSet } from '../store/records.ts';

export interface SignedInQuestion {
  identify: typeof identifyAccount;
  fetch: Fetch;
  clock: Clock;
  definition: ProviderDefinition;
  settings: OAuth2Settings;
  clientId: string;
  tokens: TokenSet;
  /** As it came, unchecked. */
  idToken: string | null;
  /** Of the authorization request; null where there was none. */
  nonce: string | null;
  /** Granted, as far as known. */
  scopes: readonly string[];
}

/** Whether the account is read from the ID token: nobody else needs one, so it is not read otherwise. */
export const readsIdToken = ({ identity }: Pick<ProviderDefinition, 'identity'>): boolean =>
  identity.kind === 'id-token';

/** Who signed in, from a verified ID token or by asking with the new access token. */
export async function whoSignedIn(question: SignedInQuestion): Promise<Result<Identity>> {
  const { identify, fetch, clock, definition, settings, clientId, tokens, idToken, nonce, scopes } = question;
  const request = { fetch, clock, definition, header: headerOf(BEARER, tokens.accessToken), scopes };
  const { identity, name } = definition;
  if (identity.kind !== 'id-token' || idToken === null) return identify(request);
  const { issuer } = settings;
  const { jwksUrl } = identity;
  if (issuer === undefined || jwksUrl === undefined)
    return fail('unsupported', `The definition of ${name} does not say how its ID tokens are checked.`);
  const claims = await idTokenClaims({
    fetch,
    clock,
    providerName: name,
    idToken,
    issuer,
    clientId,
    jwksUrl,
    nonce,
  });
  return claims.ok ? identify({ ...request, claims: claims.value }) : claims;
}
