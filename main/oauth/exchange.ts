import type { Fetch } from '../lib/bounded-fetch.ts';
import type { Clock } from '../lib/clock.ts';
import { assertNever, fail, ok, type Result } from '../lib/result.ts';
import type { ProviderDefinition } from '../providers/definition.ts';
import type { OAuth2Settings } from '../providers/methods.ts';
import type { TokenSet } from '../store/records.ts';
import type { ClientCredentials } from './client-authentication.ts';
import { quoteError } from './error-description.ts';
import { postToken, type TokenEndpointAnswer } from './token-endpoint.ts';

export interface ExchangeRequest {
  fetch: Fetch;
  clock: Clock;
  definition: ProviderDefinition;
  settings: OAuth2Settings;
  tokenUrl: string;
  client: ClientCredentials & { name: string };
  redirectUri: string;
  code: string;
  codeVerifier: string;
}

const AGAIN = 'Sign in again.';

/** Exchanges the code for tokens (RFC 6749 §4.1.3, RFC 7636 §4.5). Tried once: a code works once. */
export async function exchangeCode(request: ExchangeRequest): Promise<Result<TokenSet>> {
  const { fetch, clock, definition, settings, tokenUrl, client, redirectUri, code, codeVerifier } = request;
  const answer = await postToken({
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
  });
  if (answer.kind === 'tokens') return ok(answer.tokens);
  return tokenFailure(answer, definition, settings, client.name);
}

/** What a token endpoint's refusal means to a person who is signing in. */
export function tokenFailure(
  answer: Exclude<TokenEndpointAnswer, { kind: 'tokens' }>,
  { name, registerUrl }: ProviderDefinition,
  { refresh }: OAuth2Settings,
  clientName: string,
): Result<never> {
  switch (answer.kind) {
    case 'unreachable':
      return fail('offline', `The sign-in could not be finished: ${answer.reason}.`, answer.cure);
    case 'unusable':
      return fail('temporary', `The sign-in could not be finished: ${answer.reason}.`, AGAIN);
    case 'oauth-error': {
      const quoted = quoteError(answer.error, answer.description);
      if (refresh.misconfiguredErrors.includes(answer.error))
        return fail(
          'misconfigured',
          `${name} did not accept the client secret of the OAuth client “${clientName}” (${quoted}).`,
          `Copy the client secret${registerUrl ? ` from ${registerUrl}` : ''} and add the client again.`,
        );
      if (answer.status >= 500 || answer.status === 429 || answer.error === 'temporarily_unavailable')
        return fail('temporary', `${name} cannot finish the sign-in now (${quoted}).`, AGAIN);
      return fail('failed', `${name} did not accept the sign-in (${quoted}).`, AGAIN);
    }
    default:
      return assertNever(answer);
  }
}
