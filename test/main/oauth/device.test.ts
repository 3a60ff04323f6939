import { describe, expect, test } from 'vitest';
import { authorizeDevice } from '../../../main/oauth/device-authorization.ts';
import { afterPoll } from '../../../main/oauth/device-poll.ts';
import type { TokenEndpointAnswer } from '../../../main/oauth/token-endpoint.ts';
import { settingsWith } from './oauth2-settings.ts';

const PAGE = 'https://auth.example/device';
const GOOD = { device_code: 'canary-dc', user_code: 'ABCD-EFGH', verification_uri: PAGE, expires_in: 600 };

async function authorize(answer: () => Response | Promise<Response>, oauth2: Record<string, unknown> = {}) {
  let sent = '';
  const result = await authorizeDevice({
    fetch: (_, init) => {
      sent = (init?.body as URLSearchParams | undefined)?.toString() ?? '';
      return Promise.resolve().then(answer);
    },
    providerName: 'Acme',
    settings: settingsWith(oauth2),
    deviceAuthorizationUrl: PAGE,
    client: { clientId: 'cid', secret: null },
    scopes: ['a', 'b'],
  });
  return { result, sent };
}

describe('asking for a code', () => {
  test('sends client, scopes and resource', async () => {
    const { result, sent } = await authorize(() => Response.json(GOOD), {
      resource: 'https://mcp.example/x',
    });
    expect(sent).toBe('scope=a+b&resource=https%3A%2F%2Fmcp.example%2Fx&client_id=cid');
    expect(result).toEqual({
      ok: true,
      value: {
        deviceCode: 'canary-dc',
        userCode: 'ABCD-EFGH',
        verificationUrl: PAGE,
        completeUrl: null,
        expiresInSeconds: 600,
        intervalSeconds: 5,
      },
    });
  });

  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    [
      'an address with the code',
      { verification_uri_complete: `${PAGE}?c=A` },
      { completeUrl: `${PAGE}?c=A` },
    ],
    ['one elsewhere', { verification_uri_complete: 'https://evil.example' }, { completeUrl: null }],
    [
      'the name of a draft',
      { verification_uri: undefined, verification_url: PAGE },
      { verificationUrl: PAGE },
    ],
    ['no lifetime', { expires_in: undefined }, { expiresInSeconds: 900 }],
    [
      'a lifetime as text',
      { expires_in: '300', interval: '7' },
      { expiresInSeconds: 300, intervalSeconds: 7 },
    ],
    ['a lifetime without end', { expires_in: 1e12 }, { expiresInSeconds: 3600 }],
    ['no pause', { interval: 0 }, { intervalSeconds: 5 }],
    ['a long pause', { expires_in: 600, interval: 120 }, { intervalSeconds: 120 }],
    ['a pause longer than the code lives', { expires_in: 600, interval: 1e9 }, { intervalSeconds: 600 }],
    ['a code with line breaks', { user_code: 'AB\nCD' }, { userCode: 'AB CD' }],
  ])('takes %s', async (_, fields, value) => {
    const { result } = await authorize(() => Response.json({ ...GOOD, ...fields }));
    expect(result).toMatchObject({ ok: true, value });
  });

  test.each<[string, () => Response | Promise<Response>, string]>([
    [
      'a page on plain http',
      () => Response.json({ ...GOOD, verification_uri: 'http://auth.example' }),
      'refused',
    ],
    ['a script', () => Response.json({ ...GOOD, verification_uri: 'javascript:alert(1)' }), 'refused'],
    ['no page', () => Response.json({ ...GOOD, verification_uri: undefined }), 'refused'],
    ['no code', () => Response.json({ ...GOOD, user_code: '\u200b' }), 'refused'],
    ['no device code', () => Response.json({ ...GOOD, device_code: '' }), 'refused'],
    ['a web page', () => new Response('<html>'), 'refused'],
    ['a refusal', () => Response.json({ error: 'unauthorized_client' }, { status: 400 }), 'misconfigured'],
    ['an error in a 200', () => Response.json({ error: 'device_flow_disabled' }), 'misconfigured'],
    ['a server in trouble', () => new Response('', { status: 502 }), 'temporary'],
    ['no answer', () => Promise.reject(new TypeError('x')), 'offline'],
  ])('refuses %s', async (_, answer, code) => {
    const { result } = await authorize(answer);
    expect(result).toMatchObject({ ok: false, error: { code } });
    expect(JSON.stringify(result)).not.toContain('canary');
  });
});

const error = (name: string, status = 400, retryAfterMs: number | null = null): TokenEndpointAnswer => ({
  kind: 'oauth-error',
  error: name,
  description: null,
  status,
  retryAfterMs,
});
const SILENCE: TokenEndpointAnswer = {
  kind: 'unreachable',
  reason: 'r',
  cure: 'c',
  lost: true,
  retryAfterMs: null,
};
const PAGE_ANSWER: TokenEndpointAnswer = { kind: 'unusable', reason: 'r', status: 502, retryAfterMs: null };

describe('after a poll', () => {
  test.each<[string, TokenEndpointAnswer, number, number, Partial<ReturnType<typeof afterPoll>>]>([
    [
      'nobody has answered yet',
      error('authorization_pending'),
      5,
      0,
      { kind: 'again', intervalSeconds: 5, delaySeconds: 5, trouble: null },
    ],
    [
      'too fast: 5 s more from now on',
      error('slow_down'),
      5,
      0,
      { kind: 'again', intervalSeconds: 10, delaySeconds: 10 },
    ],
    ['too fast again', error('slow_down'), 10, 0, { kind: 'again', intervalSeconds: 15, delaySeconds: 15 }],
    [
      'with a time to wait',
      error('slow_down', 429, 40_000),
      5,
      0,
      { kind: 'again', intervalSeconds: 10, delaySeconds: 40 },
    ],
    ['no network', SILENCE, 5, 0, { kind: 'again', intervalSeconds: 5, delaySeconds: 10, trouble: 'r' }],
    ['still no network', SILENCE, 5, 2, { kind: 'again', intervalSeconds: 5, delaySeconds: 40 }],
    ['no network for long', SILENCE, 5, 30, { kind: 'again', delaySeconds: 60 }],
    ['a longer pause than that', SILENCE, 90, 30, { kind: 'again', delaySeconds: 90 }],
    ['a page of a proxy', PAGE_ANSWER, 5, 0, { kind: 'again', delaySeconds: 10 }],
    ['a server in trouble', error('server_error', 500), 5, 0, { kind: 'again', trouble: 'server_error' }],
    ['refused by the person', error('access_denied'), 5, 0, { kind: 'denied' }],
    ['refused at Microsoft', error('authorization_declined'), 5, 0, { kind: 'denied' }],
    ['too late', error('expired_token'), 5, 0, { kind: 'expired' }],
    ['a code that is not good', error('invalid_grant'), 5, 0, { kind: 'refused' }],
    ['an unknown client', error('invalid_client', 401), 5, 0, { kind: 'refused' }],
  ])('%s', (_, answer, interval, faults, expected) => {
    expect(afterPoll(answer, interval, faults)).toMatchObject(expected);
  });
});
