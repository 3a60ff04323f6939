import { assertNever } from '../lib/result.ts';
import type { ProviderDefinition } from '../providers/definition.ts';
import type { TokenEndpointAnswer } from '../signin/token-endpoint.ts';
import type { TokenSet } from '../store/records.ts';

/** What a token endpoint's answer to a refresh means. Reasons are for people and hold no secret. */
export type Verdict =
  | { kind: 'refreshed'; tokens: TokenSet }
  /** `offline`: nobody answered. */
  | {
      kind: 'transient';
      code: 'offline' | 'temporary';
      reason: string;
      processed: Processed;
      retryAfterMs: number | null;
    }
  | { kind: 'gone'; reason: string }
  | { kind: 'misconfigured'; reason: string };

/** Whether the refresh token may be used up: never looked at, looked at and refused, or perhaps. */
export type Processed = 'no' | 'refused' | 'perhaps';

/** Too many requests (RFC 6585 §4): turned away before anything was done. */
const TOO_MANY = 429;

/** A page in the place of an OAuth error. Not so a 408, by which a gateway may mean the server behind it. */
const isRefusal = (status: number): boolean => status >= 300 && status < 500 && status !== 408;

/**
 * Judges by the OAuth `error` field and what the provider's definition says of it. Whatever is not the provider's own
 * word that the grant is gone, or that the app registration is at fault, is for the moment only: unsure is not dead.
 */
export function classify(
  answer: TokenEndpointAnswer,
  { name, oauth2: { refresh } }: ProviderDefinition,
): Verdict {
  switch (answer.kind) {
    case 'tokens':
      return { kind: 'refreshed', tokens: answer.tokens };
    case 'oauth-error': {
      const { error, description, status, retryAfterMs } = answer;
      const said = description === null ? error : `${error}: ${description}`;
      if (refresh.goneErrors.includes(error))
        return { kind: 'gone', reason: `${name} no longer accepts this sign-in (${said}).` };
      if (refresh.misconfiguredErrors.includes(error))
        return { kind: 'misconfigured', reason: `${name} refused the app registration (${said}).` };
      const reason = `${name} is temporarily unable to refresh (${said})`;
      const processed = status === TOO_MANY ? 'no' : 'refused';
      return { kind: 'transient', code: 'temporary', reason, processed, retryAfterMs };
    }
    case 'unreachable': {
      const { reason, lost, retryAfterMs } = answer;
      const processed = lost ? 'perhaps' : 'no';
      return { kind: 'transient', code: 'offline', reason, processed, retryAfterMs };
    }
    case 'unusable': {
      const { reason, status, retryAfterMs } = answer;
      const processed = status === TOO_MANY ? 'no' : isRefusal(status) ? 'refused' : 'perhaps';
      return { kind: 'transient', code: 'temporary', reason, processed, retryAfterMs };
    }
    default:
      return assertNever(answer);
  }
}
