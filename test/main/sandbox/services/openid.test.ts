import { describe, expect, test } from 'vitest';
import {
  authorizeUrl,
  bearer,
  CALLBACK,
  runSandbox,
  VERIFIER,
  type Answer,
  type RunningSandbox,
  type Tokens,
} from '../running-sandbox.ts';

const client_id = 'tokentray-sandbox-openid';
const SCOPE = 'profile email offline_access';

test.each(['/openid/.well-known/openid-configuration', '/.well-known/oauth-authorization-server/openid'])(
  '%s describes the server that is there',
  async (path) => {
    const { ask, url } = await runSandbox();
    const { json } = await ask(path);
    expect(json).toMatchObject({
      issuer: `${url}/openid`,
      device_authorization_endpoint: `${url}/openid/device_authorization`,
      registration_endpoint: `${url}/openid/register`,
    });
  },
);

test('a public client signs in; the callback names the issuer', async () => {
  const running = await runSandbox();
  const url = authorizeUrl(`${running.url}/openid/authorize`, { client_id, scope: SCOPE });
  const callback = await running.allow(url);
  expect(callback.searchParams.get('iss')).toBe(`${running.url}/openid`);
  const form = {
    grant_type: 'authorization_code',
    client_id,
    code: callback.searchParams.get('code')!,
    redirect_uri: CALLBACK,
    code_verifier: VERIFIER,
  };
  const { access_token } = (await running.ask('/openid/token', { form })).json as Tokens;
  const { json } = await running.ask('/openid/userinfo', { auth: bearer(access_token) });
  expect(json).toMatchObject({ name: 'Ana Keller', email: 'ana@acme.example' });
  expect((await running.ask('/openid/userinfo')).status).toBe(401);
});

test.each([
  ['none', undefined],
  ['client_secret_basic', expect.any(String) as unknown],
])('a client that registers with %s: its secret', async (token_endpoint_auth_method, secret) => {
  const { ask } = await runSandbox();
  const json = { redirect_uris: [CALLBACK], token_endpoint_auth_method };
  const answer = await ask('/openid/register', { json });
  expect(answer.status).toBe(201);
  expect((answer.json as { client_secret?: string }).client_secret).toEqual(secret);
});

describe('device sign-in', () => {
  interface Started {
    device_code: string;
    user_code: string;
    verification_uri: string;
    verification_uri_complete: string;
    expires_in: number;
    interval: number;
  }
  const begin = async ({ ask }: RunningSandbox): Promise<Started> =>
    (await ask('/openid/device_authorization', { form: { client_id, scope: SCOPE } })).json as Started;
  const poll = ({ ask }: RunningSandbox, device_code: string): Promise<Answer> =>
    ask('/openid/token', {
      form: { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', client_id, device_code },
    });
  const errorOf = ({ json }: Answer): string | undefined => (json as { error?: string }).error;
  const decide = (
    { ask }: RunningSandbox,
    user_code: string,
    decision: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> => ask('/openid/device', { form: { user_code, account: 'ben', decision }, headers });

  test('pending until somebody approves, then tokens, once', async () => {
    const running = await runSandbox();
    const started = await begin(running);
    expect(started).toMatchObject({ expires_in: 600, interval: 5 });
    expect(started.user_code).toMatch(/^[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}$/);
    expect((await running.ask(started.verification_uri_complete)).text).toContain(started.user_code);
    expect(errorOf(await poll(running, started.device_code))).toBe('authorization_pending');
    // Typed as people type.
    const approved = await decide(running, started.user_code.toLowerCase().replace('-', ' '), 'allow');
    expect(approved.text).toContain('The device is signed in');
    running.clock.advance(5000);
    const tokens = (await poll(running, started.device_code)).json as Tokens;
    const { json } = await running.ask('/openid/userinfo', { auth: bearer(tokens.access_token) });
    expect(json).toMatchObject({ name: 'Ben Okoro' });
    expect(tokens.refresh_token).toBeTypeOf('string');
    running.clock.advance(5000);
    expect(errorOf(await poll(running, started.device_code))).toBe('invalid_grant');
  });

  test('a hasty client is told to slow down, each time by five seconds more', async () => {
    const running = await runSandbox();
    const { device_code, user_code } = await begin(running);
    const seen: (string | undefined)[] = [];
    for (const waitMs of [0, 4999, 9999, 15_000, 10_000]) {
      running.clock.advance(waitMs);
      seen.push(errorOf(await poll(running, device_code)));
    }
    expect(seen).toEqual([
      'authorization_pending',
      'slow_down',
      'slow_down',
      'authorization_pending',
      'slow_down',
    ]);
    await decide(running, user_code, 'allow');
    running.clock.advance(20_000);
    expect((await poll(running, device_code)).status).toBe(200);
  });

  test('denied, expired, of another client, unknown', async () => {
    const running = await runSandbox();
    running.sandbox.control.device({ intervalSeconds: 1, lifetimeSeconds: 60 });
    const denied = await begin(running);
    await decide(running, denied.user_code, 'deny');
    expect(errorOf(await poll(running, denied.device_code))).toBe('access_denied');
    const late = await begin(running);
    running.clock.advance(60_000);
    expect(errorOf(await poll(running, late.device_code))).toBe('expired_token');
    expect((await decide(running, late.user_code, 'allow')).text).toContain('unknown, used or expired');
    expect(errorOf(await poll(running, 'x'))).toBe('invalid_grant');
  });

  test('a page elsewhere cannot approve', async () => {
    const running = await runSandbox();
    const { user_code, device_code } = await begin(running);
    expect((await decide(running, user_code, 'allow', { origin: 'https://evil.example' })).status).toBe(403);
    expect(errorOf(await poll(running, device_code))).toBe('authorization_pending');
  });
});
