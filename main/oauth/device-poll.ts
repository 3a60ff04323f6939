import type { TokenEndpointAnswer } from './token-endpoint.ts';

/** What to do after a poll for a device's tokens. */
export type AfterPoll =
  | { kind: 'tokens'; answer: TokenEndpointAnswer & { kind: 'tokens' } }
  /** `intervalSeconds` holds from now on, `delaySeconds` for the next poll alone. `trouble`: why nobody answered. */
  | { kind: 'again'; intervalSeconds: number; delaySeconds: number; trouble: string | null }
  | { kind: 'denied' }
  | { kind: 'expired' }
  | { kind: 'refused'; answer: Exclude<TokenEndpointAnswer, { kind: 'tokens' }> };

/** RFC 8628 §3.5. */
const SLOW_DOWN_SECONDS = 5;
/** As long as the code lives, somebody may be entering it. */
const LONGEST_DELAY_SECONDS = 60;

/**
 * RFC 8628 §3.5: waits while the person has not answered, longer from then on when the server says so, and ever longer while
 * nobody answers; only the server's own words end it. `faults`: polls in a row without an answer before this one.
 */
export function afterPoll(answer: TokenEndpointAnswer, intervalSeconds: number, faults: number): AfterPoll {
  const again = (interval: number, delaySeconds: number, trouble: string | null = null): AfterPoll => ({
    kind: 'again',
    intervalSeconds: interval,
    delaySeconds: Math.max(delaySeconds, retrySeconds(answer)),
    trouble,
  });
  const later = Math.min(
    intervalSeconds * 2 ** (faults + 1),
    Math.max(LONGEST_DELAY_SECONDS, intervalSeconds),
  );
  switch (answer.kind) {
    case 'tokens':
      return { kind: 'tokens', answer };
    case 'unreachable':
    case 'unusable':
      return again(intervalSeconds, later, answer.reason);
    case 'oauth-error':
      switch (answer.error) {
        case 'authorization_pending':
          return again(intervalSeconds, intervalSeconds);
        case 'slow_down': {
          const slower = intervalSeconds + SLOW_DOWN_SECONDS;
          return again(slower, slower);
        }
        case 'access_denied':
        case 'authorization_declined': // Microsoft's name for it.
          return { kind: 'denied' };
        case 'expired_token':
        case 'code_expired': // That of Microsoft's older version.
          return { kind: 'expired' };
        default:
          return answer.status >= 500 || answer.status === 429
            ? again(intervalSeconds, later, answer.error)
            : { kind: 'refused', answer };
      }
  }
}

const retrySeconds = (answer: TokenEndpointAnswer): number =>
  answer.kind === 'tokens' ? 0 : (answer.retryAfterMs ?? 0) / 1000;
