import type { Fetch } from '../lib/bounded-fetch.ts';
import type { Clock } from '../lib/clock.ts';
import { assertNever, fail, failure, type Result } from '../lib/result.ts';
import type { ProviderDefinition } from '../providers/definition.ts';
import type { OAuth2Settings } from '../providers/methods.ts';
import type { ClientCredentials } from './client-authentication.ts';
import { quoteError } from './error-description.ts';
import { postToken, type TokenEndpointAnswer } from './token-endpoint.ts';

/** Whom to blame. `registered`: Tokentray registered it by itself, and can do so again. */
export interface FailedClient {
  name: string;
  registered: boolean;
}

export interface ExchangeRequest {
  fetch: Fetch;
  clock: Clock;
  settings: OAuth2Settings;
  tokenUrl: string;
  client: ClientCredentials;
  redirectUri: string;
  code: string;
  codeVerifier: string;
  /** Whether the ID token is read. */
  wantsIdToken: boolean;
}

const AGAIN = 'Sign in again.';

/** Exchanges the code for tokens (RFC 6749 §4.1.3, RFC 7636 §4.5). Tried once: a code works once. */
export function exchangeCode(request: ExchangeRequest): Promise<TokenEndpointAnswer> {
  const { fetch, clock, settings, tokenUrl, client, redirectUri, code, codeVerifier } = request;
  return postToken({
    fetch,
    clock,
    settings,
    tokenUrl,
    client,
    parameters: {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      ...(settings.pkce ? { code_verifier: codeVerifier } : {}),
    },
    wantsIdToken: request.wantsIdToken,
  });
}

/** Why an answer was lost though the request may have been processed: a code that was sent in it may be used up. Null: it was not. */
export function lossOf(answer: TokenEndpointAnswer): string | null {
  const isLost = answer.kind === 'unusable' || (answer.kind === 'unreachable' && answer.lost);
  return isLost ? answer.reason : null;
}

/**
 * What a token endpoint's refusal means to a person who is signing in. `earlierLoss`: why the answer to an earlier request with
 * the same code was lost; then a refusal of the code is the consequence of that.
 */
export function tokenFailure(
  answer: Exclude<TokenEndpointAnswer, { kind: 'tokens' }>,
  { name, registerUrl }: ProviderDefinition,
  { refresh }: OAuth2Settings,
  client: FailedClient,
  earlierLoss: string | null = null,
): Result<never> {
  switch (answer.kind) {
    case 'unreachable':
      return fail('offline', `The sign-in could not be finished: ${answer.reason}.`, answer.cure);
    case 'unusable':
      return fail('temporary', `The sign-in could not be finished: ${answer.reason}.`, AGAIN);
    case 'oauth-error': {
      const quoted = quoteError(answer.error, answer.description);
      if (earlierLoss !== null && refresh.goneErrors.includes(answer.error))
        return fail(
          'failed',
          `The answer of ${name} was lost (${earlierLoss}), and the code of a sign-in works only once.`,
          AGAIN,
        );
      if (refresh.misconfiguredErrors.includes(answer.error) && client.registered)
        return fail(
          'misconfigured',
          `${name} no longer accepts Tokentray’s registration (${quoted}).`,
          'Sign in again: Tokentray then registers itself once more.',
        );
      if (answer.error === 'unauthorized_client')
        return failure({
          code: 'misconfigured',
          message: `${name} does not let the OAuth client “${client.name}” sign in this way (${quoted}).`,
          hint: 'Use another OAuth client, or allow it in the client’s registration.',
          field: 'client-id',
        });
      if (refresh.misconfiguredErrors.includes(answer.error))
        return failure({
          code: 'misconfigured',
          message: `${name} did not accept the client secret of the OAuth client “${client.name}” (${quoted}).`,
          hint: `Copy the client secret${registerUrl ? ` from ${registerUrl}` : ''} again and replace it: tokentray clients change ${quotedName(client.name)} --secret`,
          field: 'client-secret',
        });
      if (answer.error === 'invalid_scope')
        return failure({
          code: 'misconfigured',
          message: `${name} does not let this app request these scopes (${quoted}).`,
          hint: `Add the scopes to the app${registerUrl ? ` at ${registerUrl}` : ''}, or ask for fewer.`,
          field: 'scopes',
        });
      if (answer.status >= 500 || answer.status === 429 || answer.error === 'temporarily_unavailable')
        return fail('temporary', `${name} cannot finish the sign-in now (${quoted}).`, AGAIN);
      return fail('failed', `${name} did not accept the sign-in (${quoted}).`, AGAIN);
    }
    default:
      return assertNever(answer);
  }
}

/** As an argument that every shell takes as it is, where it can be one. */
const quotedName = (name: string): string => (/["$`\\!%]|^-/.test(name) ? 'CLIENT' : `"${name}"`);
