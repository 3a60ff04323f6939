import { assertNever } from '../lib/result.ts';
import type { TokenEndpointAnswer } from '../oauth/token-endpoint.ts';
import type { OAuth2Settings } from '../providers/methods.ts';
import type { Renewal } from '../credentials/renewal.ts';
import type { TokenSet } from '../store/records.ts';

/** What a token endpoint's answer to a refresh means. Reasons are for people and hold no secret. */
export type Verdict =
  | { kind: 'refreshed'; tokens: TokenSet }
  /** `offline`: there was no answer. */
  | {
      kind: 'transient';
      code: 'offline' | 'temporary';
      reason: string;
      processed: Processed;
      retryAfterMs: number | null;
    }
  | { kind: 'gone'; reason: string }
  | { kind: 'misconfigured'; reason: string };

/** Whether the server may have used up the refresh token: request not processed, processed and refused, or unknown. */
export type Processed = 'no' | 'refused' | 'perhaps';

/** Too many requests (RFC 6585 §4): turned away before anything was done. */
const TOO_MANY = 429;

/** A refusal without an OAuth error. A 408 is none: a gateway may report a time-out of the server behind it. */
const isRefusal = (status: number): boolean => status >= 300 && status < 500 && status !== 408;

/**
 * Decides by the OAuth `error` field and what the provider's definition says about it. Unless the provider itself says
 * that the grant is gone or that the app registration is at fault, the failure counts as temporary.
 */
export function classify(
  answer: TokenEndpointAnswer,
  { name }: { name: string },
  { refresh }: Pick<OAuth2Settings, 'refresh'>,
  renewal: Renewal = 'refresh-token',
): Verdict {
  switch (answer.kind) {
    case 'tokens':
      return { kind: 'refreshed', tokens: answer.tokens };
    case 'oauth-error': {
      const { error, description, status, retryAfterMs } = answer;
      const said = description === null ? error : `${error}: ${description}`;
      // Without a person's grant, only the registration can be at fault.
      const gone = refresh.goneErrors.includes(error);
      if (gone && renewal === 'refresh-token')
        return { kind: 'gone', reason: `${name} no longer accepts this sign-in (${said}).` };
      if (gone || refresh.misconfiguredErrors.includes(error))
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
