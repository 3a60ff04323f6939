import { describe, expect, test } from 'vitest';
import { boundedFetch, FetchLimitError, type Fetch } from '../../../main/lib/bounded-fetch.ts';
import { systemClock } from '../../../main/lib/clock.ts';
import { ProviderDefinition } from '../../../main/providers/definition.ts';
import { postToken, type TokenRequest } from '../../../main/oauth/token-endpoint.ts';
import { oauth2In } from '../../fakes/oauth2.ts';

const NOW = Date.UTC(2026, 10, 22);
const SECRETS = ['canary-secret', 'canary-refresh', 'canary-code', 'canary-verifier'];

const settings = oauth2In(
  ProviderDefinition.parse({
    id: 'example',
    name: 'Example',
    methods: [
      {
        method: 'oauth2',
        authorizationUrl: 'https://id.example/authorize',
        tokenUrl: 'https://id.example/token',
      },
    ],
    identity: { kind: 'userinfo', userinfoUrl: 'https://id.example/me' },
  }),
);

const post = (fetch: Fetch, more: Partial<TokenRequest> = {}) =>
  postToken({
    fetch,
    clock: { ...systemClock, now: () => NOW },
    settings,
    tokenUrl: settings.tokenUrl,
    client: { clientId: 'id', secret: 'canary-secret' },
    parameters: {
      grant_type: 'refresh_token',
      refresh_token: 'canary-refresh',
      code: 'canary-code',
      code_verifier: 'canary-verifier',
    },
    ...more,
  });

const answering =
  (body: BodyInit, init: ResponseInit = {}): (() => Promise<Response>) =>
  () =>
    Promise.resolve(new Response(body, init));

const failing =
  (fault: Error): Fetch =>
  () =>
    Promise.reject(fault);

const systemFault = (code: string): Error =>
  new TypeError('fetch failed', { cause: Object.assign(new Error('canary-refresh'), { code }) });

describe('the request', () => {
  const sent = async (more: Partial<TokenRequest>): Promise<{ headers: Headers; body: URLSearchParams }> => {
    let seen: RequestInit = {};
    await post((_, init) => {
      seen = init ?? {};
      return Promise.resolve(Response.json({ access_token: 'at' }));
    }, more);
    expect(seen.method).toBe('POST');
    return { headers: new Headers(seen.headers), body: new URLSearchParams(seen.body as URLSearchParams) };
  };

  test('carries client id and secret in the body', async () => {
    const { headers, body } = await sent({});
    expect(Object.fromEntries(body)).toMatchObject({
      grant_type: 'refresh_token',
      client_id: 'id',
      client_secret: 'canary-secret',
      code_verifier: 'canary-verifier',
    });
    expect(headers.get('authorization')).toBeNull();
  });

  test('carries them as Basic where the definition says so, form-encoded (RFC 6749 §2.3.1)', async () => {
    const { headers, body } = await sent({
      settings: { ...settings, clientAuthentication: 'client_secret_basic' },
      client: { clientId: 'a:b', secret: 'c d+ü' },
    });
    const [, encoded = ''] = (headers.get('authorization') ?? '').split(' ');
    expect(Buffer.from(encoded, 'base64').toString()).toBe('a%3Ab:c+d%2B%C3%BC');
    expect(body.has('client_secret')).toBe(false);
  });

  test('carries the id alone for a public client', async () => {
    const { headers, body } = await sent({ client: { clientId: 'id', secret: null } });
    expect(body.get('client_id')).toBe('id');
    expect(body.has('client_secret')).toBe(false);
    expect(headers.get('authorization')).toBeNull();
  });
});

describe('the answer', () => {
  test('with tokens gives them', async () => {
    const answer = await post(answering('\uFEFF{"access_token":"at","expires_in":"60"}'));
    expect(answer).toMatchObject({ kind: 'tokens', tokens: { accessToken: 'at', expiresAt: NOW + 60_000 } });
  });

  test.each([400, 401, 403, 429, 503, 200])(
    'with an `error` is the server’s own, at status %i',
    async (status) => {
      const answer = await post(
        answering('{"error":"invalid_grant","error_description":"gone"}', {
          status,
          headers: { 'retry-after': '7' },
        }),
      );
      expect(answer).toEqual({
        kind: 'oauth-error',
        error: 'invalid_grant',
        description: 'gone',
        status,
        retryAfterMs: 7000,
      });
    },
  );

  test.each([
    ['with a space (RFC 6749 appendix A.7)', 'bad refresh token', 'bad refresh token'],
    ['over lines, with controls', 'a\r\n\u001b[31mb\u202e', 'a [31mb'],
    ['of many words', 'refresh_token_is_expired_or_was_revoked_by_the_user', null],
    ['without end', 'very '.repeat(10_000), /^very .{100,200}…$/],
    ['that quotes what was sent', 'invalid token canary-refresh', 'invalid token ‹redacted›'],
    ['that holds a token of its own', `bad ${'aB3'.repeat(20)}`, 'bad ‹redacted›'],
  ])('says the server’s own error, fit to show: %s', async (_, error, said) => {
    for (const status of [200, 400]) {
      const answer = await post(answering(JSON.stringify({ error, access_token: 'at' }), { status }));
      if (answer.kind !== 'oauth-error') throw new Error(answer.kind);
      expect(answer.error).toMatch(said ?? error);
      expect(answer.error.length).toBeLessThanOrEqual(200);
    }
  });

  test('with `error` null is not an error', async () => {
    expect(await post(answering('{"error":null,"access_token":"at"}'))).toMatchObject({ kind: 'tokens' });
  });

  test('never repeats a secret that the server quotes', async () => {
    for (const secret of SECRETS) {
      const answer = await post(
        answering(
          JSON.stringify({ error: 'invalid_grant', error_description: `no "${secret}" here\u202E` }),
          {
            status: 400,
          },
        ),
      );
      expect(answer).toMatchObject({ kind: 'oauth-error', description: 'no "‹redacted›" here' });
    }
    const stranger = 'x'.repeat(40);
    const answer = await post(
      answering(JSON.stringify({ error: 'e', error_description: `saw ${stranger}` }), { status: 400 }),
    );
    expect(answer).toMatchObject({ description: 'saw ‹redacted›' });
  });

  test.each([
    ['a page at 200', '<!doctype html><p>canary-refresh', 200, 'a web page'],
    ['a page at 502', '<html>canary-refresh', 502, 'a web page'],
    ['a redirect', '', 302, 'redirected the request'],
    ['cut JSON', '{"access_token":"canary-refresh', 200, 'cut off'],
    ['nothing', '', 200, 'empty'],
    ['missing fields', '{"refresh_token":"canary-refresh"}', 200, 'missing fields'],
    ['an error in a shape of its own', '{"code":401,"message":"no canary-refresh"}', 401, 'no ‹redacted›'],
    ['an error that is an object', '{"error":{"code":"invalid_grant"}}', 400, 'invalid_grant'],
    ['an error that is an object, with words', '{"error":{"message":"Too many","code":4}}', 200, 'Too many'],
    ['an error of a gateway', '{"fault":{"code":"E1","message":"Quota"}}', 403, 'Quota'],
    ['an error of nothing but a secret', '{"error":null,"message":"canary-refresh"}', 400, 'redacted'],
    ['an error without a word', '{"errors":[1]}', 400, 'without naming it'],
    ['an empty error', '{"error":"","access_token":7}', 200, 'missing fields'],
  ])('that is %s is unusable and says how', async (_, body, status, saying) => {
    const answer = await post(answering(body, { status, headers: { 'retry-after': '3' } }));
    expect(answer).toMatchObject({ kind: 'unusable', status, retryAfterMs: 3000 });
    expect(JSON.stringify(answer)).toContain(saying);
    expect(JSON.stringify(answer)).not.toContain('canary');
  });

  test('of 2 MB is unreachable by its size, perhaps processed', async () => {
    const fetch = boundedFetch({ clock: systemClock, fetch: answering('x'.repeat(2 << 20)) });
    expect(await post(fetch)).toMatchObject({ kind: 'unreachable', lost: true });
  });
});

describe('no answer', () => {
  test.each([
    ['ENOTFOUND', false, 'could not be resolved'],
    ['EAI_AGAIN', false, 'could not be resolved'],
    ['ECONNREFUSED', false, 'refused'],
    ['CERT_HAS_EXPIRED', false, 'certificate'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', false, 'certificate'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', false, 'certificate'],
    ['ECONNRESET', true, 'was interrupted'],
    ['UND_ERR_SOCKET', true, 'was interrupted'],
    ['EPIPE', true, 'was interrupted'],
  ])('for %s: may have been processed: %s', async (code, lost, saying) => {
    const answer = await post(failing(systemFault(code)));
    expect(answer).toMatchObject({ kind: 'unreachable', lost, retryAfterMs: null });
    expect(JSON.stringify(answer)).toContain(saying);
    expect(JSON.stringify(answer)).not.toContain('canary');
  });

  test('in time, or for a reason nobody knows, may have been processed', async () => {
    for (const fault of [new FetchLimitError('time', 'x'), new Error('x')])
      expect(await post(failing(fault))).toMatchObject({ kind: 'unreachable', lost: true });
  });
});
