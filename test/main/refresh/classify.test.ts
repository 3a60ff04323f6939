import { describe, expect, it } from 'vitest';
import type { Renewal } from '../../../main/credentials/renewal.ts';
import { classify } from '../../../main/refresh/classify.ts';
import type { TokenEndpointAnswer } from '../../../main/oauth/token-endpoint.ts';
import { oauth2In } from '../../fakes/oauth2.ts';
import { definition } from './rig.ts';

const refusal = (error: string, status: number, retryAfterMs: number | null = null): TokenEndpointAnswer => ({
  kind: 'oauth-error',
  error,
  description: null,
  status,
  retryAfterMs,
});
const unusable = (status: number): TokenEndpointAnswer => ({
  kind: 'unusable',
  reason: 'auth.example gave a web page',
  status,
  retryAfterMs: null,
});

const judge = (answer: TokenEndpointAnswer, target = definition(), renewal?: Renewal) =>
  classify(answer, target, oauth2In(target), renewal);

describe('classify', () => {
  // The definition names what Atlassian answers: both of the first two mean that the refresh token is dead.
  it.each([
    ['invalid_grant', refusal('invalid_grant', 403), 'gone'],
    ['unauthorized_client of Atlassian', refusal('unauthorized_client', 403), 'gone'],
    ['invalid_grant with any status', refusal('invalid_grant', 500), 'gone'],
    ['a wrong client secret at Atlassian', refusal('access_denied', 401), 'misconfigured'],
    ['invalid_client', refusal('invalid_client', 401), 'misconfigured'],
    ['an error of the server', refusal('server_error', 500), 'transient'],
    ['an unavailable server', refusal('temporarily_unavailable', 503), 'transient'],
    ['an error nobody knows, with a status that looks like a refusal', refusal('blocked', 403), 'transient'],
    ['an error in another case', refusal('Invalid_Grant', 400), 'transient'],
    ['a web page that says 401', unusable(401), 'transient'],
    ['a web page that says 403', unusable(403), 'transient'],
    ['a cut answer', unusable(200), 'transient'],
    [
      'no answer',
      { kind: 'unreachable', reason: 'x', cure: 'Check the network.', lost: false, retryAfterMs: null },
      'transient',
    ],
  ] satisfies [string, TokenEndpointAnswer, string][])('%s', (_, answer, kind) => {
    expect(judge(answer).kind).toBe(kind);
  });

  it('follows the definition where the same word means something else', () => {
    const standard = definition({
      goneErrors: ['invalid_grant'],
      misconfiguredErrors: ['invalid_client', 'unauthorized_client'],
    });
    expect(judge(refusal('unauthorized_client', 400), standard).kind).toBe('misconfigured');
  });

  // Nobody's grant stands behind it, so that signing in again would help nothing.
  it.each(['invalid_grant', 'unauthorized_client', 'invalid_client', 'access_denied'])(
    'puts %s on the registration where a client asks for itself',
    (error) => {
      expect(judge(refusal(error, 400), definition(), 'client-credentials').kind).toBe('misconfigured');
    },
  );

  it.each([
    [
      'broken after sending',
      { kind: 'unreachable', reason: 'x', cure: 'Check the network.', lost: true, retryAfterMs: null },
      'offline',
      'perhaps',
    ],
    [
      'never sent',
      { kind: 'unreachable', reason: 'x', cure: 'Check the network.', lost: false, retryAfterMs: null },
      'offline',
      'no',
    ],
    ['a page of a gateway', unusable(504), 'temporary', 'perhaps'],
    ['a gateway that did not wait', unusable(408), 'temporary', 'perhaps'],
    ['a cut answer', unusable(200), 'temporary', 'perhaps'],
    ['turned away', unusable(429), 'temporary', 'no'],
    ['turned away by name', refusal('slow_down', 429), 'temporary', 'no'],
    ['refused by a proxy', unusable(403), 'temporary', 'refused'],
    ['sent elsewhere', unusable(302), 'temporary', 'refused'],
    ['refused by name', refusal('server_error', 500), 'temporary', 'refused'],
  ] satisfies [string, TokenEndpointAnswer, string, string][])(
    'knows whether the refresh token may have been spent: %s',
    (_, answer, code, processed) => {
      expect(judge(answer)).toMatchObject({ code, processed });
    },
  );

  it('passes on what the server asked to wait, and says its words', () => {
    const answer = { ...refusal('slow_down', 400, 5000), description: 'not so fast' };
    expect(judge(answer)).toMatchObject({
      retryAfterMs: 5000,
      reason: 'Acme is temporarily unable to refresh (slow_down: not so fast)',
    });
  });
});
