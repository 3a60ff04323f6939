import type { ErrorCode, Failure } from '../../contract/errors.ts';
import type { ProviderDefinition } from '../providers/definition.ts';
import { errorDescription, quoteError } from './error-description.ts';

/** What an error in the callback means (RFC 6749 §4.1.2.1). */
export function authorizationFailure(
  { name, registerUrl }: ProviderDefinition,
  error: string,
  description: string | null,
): Failure {
  const words = errorDescription(description, []);
  const quoted = quoteError(error, words);
  const where = registerUrl ? ` at ${registerUrl}` : '';
  const registration = `Check the app's scopes and redirect URI${where}.`;
  switch (error) {
    case 'access_denied':
      return failed('denied', `Access was denied at ${name}.`, 'Sign in again and accept the request.');
    case 'invalid_scope':
      return failed(
        'misconfigured',
        `${name} does not let this app request these scopes (${quoted}).`,
        `Add the scopes to the app${where}, or ask for fewer.`,
        'scopes',
      );
    case 'unauthorized_client':
    case 'invalid_client':
      return failed(
        'misconfigured',
        `${name} does not know this client ID, or does not let it sign in this way (${quoted}).`,
        `Compare the client ID with the one${where === '' ? ' of the app' : where}.`,
        'client-id',
      );
    case 'invalid_request':
      if (/redirect|callback/i.test(words ?? ''))
        return failed(
          'misconfigured',
          `${name} does not accept the redirect URI (${quoted}).`,
          `Register exactly the one that Tokentray uses${where}.`,
          'redirect-uri',
        );
      return failed('misconfigured', `${name} does not accept this app's sign-in (${quoted}).`, registration);
    case 'unsupported_response_type':
      return failed('misconfigured', `${name} does not accept this app's sign-in (${quoted}).`, registration);
    case 'server_error':
    case 'temporarily_unavailable':
      return failed(
        'temporary',
        `${name} cannot sign anyone in now (${quoted}).`,
        'Sign in again in a few minutes.',
      );
    default:
      return failed('failed', `${name} ended the sign-in (${quoted}).`, 'Sign in again.');
  }
}

/** `field`: of the OAuth client, where one of them is at fault. */
const failed = (code: ErrorCode, message: string, hint: string, field?: string): Failure => ({
  code,
  message,
  hint,
  ...(field !== undefined && { field }),
});
