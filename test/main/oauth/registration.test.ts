import { describe, expect, test } from 'vitest';
import { registerClient, unregisterClient } from '../../../main/oauth/registration.ts';

const REDIRECT = 'http://127.0.0.1:7979/callback';
const URL_ = 'https://auth.example/register';
const GOOD = { client_id: 'dyn-1', redirect_uris: [REDIRECT], token_endpoint_auth_method: 'none' };

async function register(
  answer: () => Response | Promise<Response>,
  wanted: 'none' | 'client_secret_basic' = 'none',
) {
  const sent: unknown[] = [];
  const result = await registerClient({
    fetch: (_, init) => {
      sent.push(JSON.parse(init?.body as string));
      return Promise.resolve().then(answer);
    },
    providerName: 'Acme',
    registrationUrl: URL_,
    redirectUri: REDIRECT,
    grantTypes: ['authorization_code', 'refresh_token'],
    clientAuthentication: wanted,
  });
  return { result, sent };
}
const answering = (fields: Record<string, unknown>, status = 201) =>
  register(() => Response.json({ ...GOOD, ...fields }, { status }));

describe('registering', () => {
  test('asks for a native public client and takes what it becomes', async () => {
    const { result, sent } = await answering({
      registration_client_uri: `${URL_}/dyn-1`,
      registration_access_token: 'canary-rat',
      client_id_issued_at: 5,
    });
    expect(sent).toEqual([
      {
        client_name: 'Tokentray',
        redirect_uris: [REDIRECT],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        token_endpoint_auth_method: 'none',
        application_type: 'native',
      },
    ]);
    expect(result).toEqual({
      ok: true,
      value: {
        clientId: 'dyn-1',
        secret: null,
        secretExpiresAt: null,
        clientAuthentication: 'none',
        redirectUri: REDIRECT,
        managementUrl: `${URL_}/dyn-1`,
        accessToken: 'canary-rat',
      },
    });
  });

  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    [
      'a secret that never ends',
      { token_endpoint_auth_method: 'client_secret_post', client_secret: 's', client_secret_expires_at: 0 },
      { secret: 's', secretExpiresAt: null, clientAuthentication: 'client_secret_post' },
    ],
    [
      'a secret that ends',
      {
        token_endpoint_auth_method: 'client_secret_basic',
        client_secret: 's',
        client_secret_expires_at: 1800000000,
      },
      { secret: 's', secretExpiresAt: 1.8e12, clientAuthentication: 'client_secret_basic' },
    ],
    [
      'a secret that nobody asked for, which is sent as it may be demanded',
      { client_secret: 's' },
      { secret: 's', clientAuthentication: 'client_secret_post' },
    ],
    [
      'a secret and no word about it',
      { client_secret: 's', token_endpoint_auth_method: undefined },
      { secret: 's', clientAuthentication: 'client_secret_post' },
    ],
    ['no redirect addresses', { redirect_uris: undefined }, { redirectUri: REDIRECT }],
    ['more of them', { redirect_uris: ['https://x.example', REDIRECT] }, { redirectUri: REDIRECT }],
    [
      'a management address elsewhere',
      { registration_client_uri: 'https://evil.example/x', registration_access_token: 't' },
      { managementUrl: null, accessToken: null },
    ],
    [
      'one without a token',
      { registration_client_uri: `${URL_}/x` },
      { managementUrl: null, accessToken: null },
    ],
    [
      'fields of a wrong kind that we can do without',
      {
        client_secret_expires_at: 'never',
        registration_client_uri: 7,
        registration_access_token: {},
        scope: 9,
      },
      { clientId: 'dyn-1', managementUrl: null },
    ],
    ['an empty secret for none', { client_secret: '' }, { secret: null, clientAuthentication: 'none' }],
    [
      'a way to authenticate that is no text',
      { token_endpoint_auth_method: ['none'] },
      { clientAuthentication: 'none' },
    ],
    ['redirect addresses as text', { redirect_uris: REDIRECT }, { redirectUri: REDIRECT }],
    ['a list of none', { redirect_uris: [null] }, { redirectUri: REDIRECT }],
    [
      'null for what is not there',
      { client_secret: null, redirect_uris: null, token_endpoint_auth_method: null },
      { secret: null, clientAuthentication: 'none' },
    ],
  ])('takes %s', async (_, fields, value) => {
    expect((await answering(fields)).result).toMatchObject({ ok: true, value });
  });

  test('takes a 200 for a 201', async () => {
    expect((await answering({}, 200)).result).toMatchObject({ ok: true });
  });

  test.each<[string, Record<string, unknown>]>([
    ['no client ID', { client_id: undefined }],
    ['an empty one', { client_id: '' }],
    ['one with a line break', { client_id: 'a\nb' }],
    ['a number', { client_id: 5 }],
    ['a secret with a line break', { client_secret: 'a\r\nb' }],
    ['keys instead of a secret', { token_endpoint_auth_method: 'private_key_jwt' }],
    ['a secret that is not there', { token_endpoint_auth_method: 'client_secret_post' }],
    ['another redirect address', { redirect_uris: ['https://evil.example/callback'] }],
    ['another redirect address as text', { redirect_uris: 'https://evil.example/callback' }],
  ])('refuses %s', async (_, fields) => {
    expect((await answering(fields)).result).toMatchObject({ ok: false, error: { code: 'refused' } });
  });

  test('leaves nothing at the server that nobody can use', async () => {
    const asked: string[] = [];
    const managed = { registration_client_uri: `${URL_}/dyn-1`, registration_access_token: 'canary-rat' };
    const attempt = (fields: Record<string, unknown>) =>
      registerClient({
        fetch: (url, init) => {
          asked.push(
            `${init?.method ?? 'GET'} ${String(url)} ${new Headers(init?.headers).get('authorization') ?? ''}`,
          );
          return Promise.resolve(
            init?.method === 'DELETE'
              ? new Response(null, { status: 204 })
              : Response.json({ ...GOOD, ...managed, ...fields }, { status: 201 }),
          );
        },
        providerName: 'Acme',
        registrationUrl: URL_,
        redirectUri: REDIRECT,
        grantTypes: ['authorization_code'],
        clientAuthentication: 'none',
      });
    expect((await attempt({ token_endpoint_auth_method: 'private_key_jwt' })).ok).toBe(false);
    expect((await attempt({ client_id: 5 })).ok).toBe(false);
    const removed = `DELETE ${URL_}/dyn-1 Bearer canary-rat`;
    expect(asked).toEqual([`POST ${URL_} `, removed, `POST ${URL_} `, removed]);
    asked.length = 0;
    await attempt({ client_id: 5, registration_client_uri: 'https://evil.example/dyn-1' });
    expect((await attempt({})).ok).toBe(true);
    expect(asked).toEqual([`POST ${URL_} `, `POST ${URL_} `]);
  });

  test.each<[string, () => Response | Promise<Response>, string]>([
    ['a refusal', () => Response.json({ error: 'invalid_redirect_uri' }, { status: 400 }), 'misconfigured'],
    ['a wish for a token', () => new Response('', { status: 401 }), 'misconfigured'],
    [
      'a redirect',
      () => new Response('', { status: 302, headers: { location: 'https://x' } }),
      'misconfigured',
    ],
    ['a server in trouble', () => new Response('<html>', { status: 503 }), 'temporary'],
    ['too many requests', () => Response.json({ error: 'slow' }, { status: 429 }), 'temporary'],
    ['a web page', () => new Response('<html>', { status: 200 }), 'refused'],
    ['no answer', () => Promise.reject(new TypeError('x')), 'offline'],
  ])('tells of %s', async (_, answer, code) => {
    expect((await register(answer)).result).toMatchObject({ ok: false, error: { code } });
  });
});

test('unregistering sends the token in the header and fails silently', async () => {
  const sent: [string, RequestInit | undefined][] = [];
  await unregisterClient(
    (url, init) => {
      sent.push([String(url), init]);
      return Promise.reject(new Error('gone'));
    },
    `${URL_}/dyn-1`,
    'canary-rat',
  );
  expect(sent).toEqual([
    [`${URL_}/dyn-1`, { method: 'DELETE', headers: { authorization: 'Bearer canary-rat' } }],
  ]);
});
