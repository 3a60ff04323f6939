import type { ErrorCode, Failure } from '../../contract/errors.ts';
import type { ProviderDefinition } from '../providers/definition.ts';
import { errorDescription, quoteError } from './error-description.ts';

/** What an error in the callback means (RFC 6749 §4.1.2.1). */
export function authorizationFailure(
  { name, registerUrl }: ProviderDefinition,
  error: string,
  description: string | null,
): Failure {
  const said = quoteError(error, errorDescription(description, []));
  const registration = `Check the app's scopes and callback address${registerUrl ? ` at ${registerUrl}` : ''}.`;
  switch (error) {
    case 'access_denied':
      return failed(
        'denied',
        `The sign-in was not allowed at ${name}.`,
        'Sign in again and choose to accept.',
      );
    case 'invalid_scope':
      return failed(
        'misconfigured',
        `${name} does not let this app ask for these scopes (${said}).`,
        registration,
      );
    case 'unauthorized_client':
    case 'invalid_request':
    case 'unsupported_response_type':
      return failed('misconfigured', `${name} does not accept this app's sign-in (${said}).`, registration);
    case 'server_error':
    case 'temporarily_unavailable':
      return failed(
        'temporary',
        `${name} cannot sign anyone in now (${said}).`,
        'Sign in again in a few minutes.',
      );
    default:
      return failed('failed', `${name} ended the sign-in (${said}).`, 'Sign in again.');
  }
}

const failed = (code: ErrorCode, message: string, hint: string): Failure => ({ code, message, hint });
