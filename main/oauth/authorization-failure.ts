import type { ErrorCode, Failure } from '../../contract/errors.ts';
import type { ProviderDefinition } from '../providers/definition.ts';
import { errorDescription, quoteError } from './error-description.ts';

/** What an error in the callback means (RFC 6749 §4.1.2.1). */
export function authorizationFailure(
  { name, registerUrl }: ProviderDefinition,
  error: string,
  description: string | null,
): Failure {
  const quoted = quoteError(error, errorDescription(description, []));
  const registration = `Check the app's scopes and callback address${registerUrl ? ` at ${registerUrl}` : ''}.`;
  switch (error) {
    case 'access_denied':
      return failed('denied', `Access was denied at ${name}.`, 'Sign in again and accept the request.');
    case 'invalid_scope':
      return failed(
        'misconfigured',
        `${name} does not let this app request these scopes (${quoted}).`,
        registration,
      );
    case 'unauthorized_client':
    case 'invalid_request':
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

const failed = (code: ErrorCode, message: string, hint: string): Failure => ({ code, message, hint });
