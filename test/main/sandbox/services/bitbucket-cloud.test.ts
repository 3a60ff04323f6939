import { describe, expect, test } from 'vitest';
import { basic, bearer, runSandbox, type RunningSandbox, type Tokens } from '../running-sandbox.ts';

const SITE = '/bitbucket.org/site/oauth2';
const API = '/api.bitbucket.org/2.0';

describe('tokens', () => {
  test.each<[string, (running: RunningSandbox) => string, string, number]>([
    ['an API token', api, '/user', 200],
    ['an API token', api, '/repositories/acme', 200],
    [
      'an API token under the user name',
      ({ credentials }) => basic('ana', credentials.bitbucket[0]!.token),
      '/user',
      401,
    ],
    [
      'an API token under another e-mail address',
      ({ credentials }) => basic('ben@beta.example', credentials.bitbucket[0]!.token),
      '/user',
      401,
    ],
    ['an app password', () => basic('ana', 'ATBBsecret'), '/repositories/acme', 401],
    ['an API token as Bearer', ({ credentials }) => bearer(credentials.bitbucket[0]!.token), '/user', 401],
    ['a repository token', access('repository'), '/user', 403],
    ['a repository token', access('repository'), '/repositories/acme/tray', 200],
    ['a project token', access('project'), '/user', 403],
    ['a workspace token', access('workspace'), '/workspaces/acme', 200],
    ['an API token', api, '/workspaces', 410],
    ['nothing', () => '', '/user', 401],
  ])('%s: case %#', async (_name, authOf, path, status) => {
    const running = await runSandbox();
    expect((await running.ask(API + path, { auth: authOf(running) })).status).toBe(status);
  });

  test('one that was revoked is refused, with JSON', async () => {
    const running = await runSandbox();
    running.sandbox.control.endCredential(running.credentials.bitbucket[0]!.token, 'revoked');
    const answer = await running.ask(`${API}/user`, { auth: api(running) });
    expect([answer.status, answer.json]).toMatchObject([401, { type: 'error' }]);
  });

  function api({ credentials }: RunningSandbox): string {
    const { email, token } = credentials.bitbucket[0]!;
    return basic(email, token);
  }
  function access(kind: string): (running: RunningSandbox) => string {
    return ({ credentials }) =>
      bearer(credentials.bitbucketAccessTokens.find((entry) => entry.kind === kind)!.token);
  }
});

describe('OAuth', () => {
  const ID = 'tokentray-sandbox-bitbucket';
  const secretOf = ({ credentials }: RunningSandbox): string =>
    credentials.oauthClients.find(({ provider }) => provider === 'bitbucket')!.clientSecret!;

  // No PKCE and no scope: both are ignored.
  const codeFor = (running: RunningSandbox) =>
    running.codeGrant(`${running.url}${SITE}/authorize`, { client_id: ID, code_challenge: '' }, 'ben');

  test.each(['header', 'body'] as const)(
    'takes the secret in the %s; the answer says scopes',
    async (where) => {
      const running = await runSandbox();
      const secret = secretOf(running);
      const form = {
        ...(await codeFor(running)),
        ...(where === 'body' ? { client_id: ID, client_secret: secret } : {}),
      };
      const auth = where === 'header' ? basic(ID, secret) : undefined;
      const answer = await running.ask(`${SITE}/access_token`, { form, auth });
      expect(answer.json).toMatchObject({ expires_in: 7200, scopes: 'account repository pullrequest' });
      expect(answer.json).not.toHaveProperty('scope');
      const { access_token } = answer.json as Tokens;
      expect((await running.ask(`${API}/user`, { auth: bearer(access_token) })).json).toMatchObject({
        nickname: 'ben',
      });
    },
  );

  test('refresh tokens rotate with ten minutes of grace; the secret is always needed', async () => {
    const running = await runSandbox();
    const post = (form: Readonly<Record<string, string>>, secret = secretOf(running)) =>
      running.ask(`${SITE}/access_token`, { form, auth: basic(ID, secret) });
    const first = (await post(await codeFor(running))).json as Tokens;
    const form = { grant_type: 'refresh_token', refresh_token: first.refresh_token };
    expect((await post(form, 'x')).json).toMatchObject({ error: 'invalid_client' });
    expect((await post(form)).status).toBe(200);
    running.clock.advance(600_000);
    expect((await post(form)).status).toBe(200);
    running.clock.advance(1);
    const late = await post(form);
    expect([late.status, late.json]).toMatchObject([400, { error: 'invalid_grant' }]);
    expect(running.sandbox.control.totals()).toMatchObject({ current: 1, grace: 1, replaced: 1 });
  });
});
