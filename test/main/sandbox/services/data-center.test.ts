import { describe, expect, test } from 'vitest';
import {
  authorizeUrl,
  basic,
  bearer,
  runSandbox,
  type Answer,
  type RunningSandbox,
  type Tokens,
} from '../running-sandbox.ts';

const PRODUCTS = [
  ['jira-data-center', '/jira', '/rest/api/2/myself', { name: 'ana', displayName: 'Ana Keller' }],
  ['confluence-data-center', '/confluence', '/rest/api/user/current', { username: 'ana' }],
  ['bitbucket-data-center', '/bitbucket', '/rest/api/latest/users/ana', { slug: 'ana' }],
  ['bamboo-data-center', '/bamboo', '/rest/api/latest/currentUser', { name: 'ana' }],
] as const;

const credential = (
  { credentials }: RunningSandbox,
  provider: string,
): RunningSandbox['credentials']['dataCenter'][number] =>
  credentials.dataCenter.find((entry) => entry.provider === provider)!;

describe.each(PRODUCTS)('%s', (provider, context, whoAmI, expected) => {
  test('tells a personal access token and a password who they are, and nobody else', async () => {
    const running = await runSandbox();
    const { url, personalAccessToken, username, password } = credential(running, provider);
    expect(url).toBe(running.url + context);
    for (const auth of [bearer(personalAccessToken), basic(username, password)]) {
      const answer = await running.ask(url + whoAmI, { auth });
      expect([answer.status, answer.json]).toMatchObject([200, expected]);
    }
    for (const auth of [undefined, bearer('x'), basic(username, 'x'), basic('ben', password)])
      expect((await running.ask(url + whoAmI, { auth })).status).toBe(401);
  });

  test.each(['revoked', 'expired'] as const)('a token that is %s is worth nothing', async (how) => {
    const running = await runSandbox();
    const { url, personalAccessToken, username, password } = credential(running, provider);
    running.sandbox.control.endCredential(personalAccessToken, how);
    expect((await running.ask(url + whoAmI, { auth: bearer(personalAccessToken) })).status).toBe(401);
    expect((await running.ask(url + whoAmI, { auth: basic(username, password) })).status).toBe(200);
  });

  test('a token of one product does not open the others', async () => {
    const running = await runSandbox();
    const other = running.credentials.dataCenter.find((entry) => entry.provider !== provider)!;
    const auth = bearer(other.personalAccessToken);
    expect((await running.ask(running.url + context + whoAmI, { auth })).status).toBe(401);
  });
});

test.each([
  ['/jira', 200],
  ['/confluence', 200],
  ['/bitbucket', 404],
  ['/bamboo', 404],
])('%s lists the tokens with their dates: %i', async (context, status) => {
  const running = await runSandbox();
  const entry = running.credentials.dataCenter.find(({ url }) => url === running.url + context)!;
  const { personalAccessToken, username, password } = entry;
  const list = (auth: string): Promise<Answer> => running.ask(`${context}/rest/pat/latest/tokens`, { auth });
  const answer = await list(bearer(personalAccessToken));
  expect(answer.status).toBe(status);
  if (status !== 200) return;
  const days = (ms: number): string => new Date(running.clock.now() + ms * 86_400_000).toISOString();
  expect(answer.json).toMatchObject([
    { id: 1, name: 'tokentray', createdAt: days(0), expiringAt: days(90) },
    { id: 2, name: 'backup script', expiringAt: days(365) },
  ]);
  running.sandbox.control.endCredential(personalAccessToken, 'expired');
  expect((await list(bearer(personalAccessToken))).status).toBe(401);
  expect((await list(basic(username, password))).json).toMatchObject([
    { id: 1, expiringAt: days(0) },
    { id: 2 },
  ]);
});

test('Bitbucket says who one is as text, which is empty for nobody', async () => {
  const running = await runSandbox();
  const { personalAccessToken } = credential(running, 'bitbucket-data-center');
  const path = '/bitbucket/plugins/servlet/applinks/whoami';
  const nobody = await running.ask(path);
  expect([nobody.status, nobody.text]).toEqual([200, '']);
  expect((await running.ask(path, { auth: bearer(personalAccessToken) })).text).toBe('ana');
  expect((await running.ask(path, { auth: bearer('x') })).status).toBe(401);
});

describe('passwords', () => {
  test('after three wrong ones the right one is refused too, until the CAPTCHA is solved', async () => {
    const running = await runSandbox();
    const { url, username, password } = credential(running, 'jira-data-center');
    const who = (word: string): Promise<Answer> =>
      running.ask(`${url}/rest/api/2/myself`, { auth: basic(username, word) });
    for (let wrong = 0; wrong < 3; wrong += 1) {
      const answer = await who('wrong');
      expect([answer.status, answer.headers.get('x-seraph-loginreason')]).toEqual([
        401,
        'AUTHENTICATED_FAILED',
      ]);
    }
    const denied = await who(password);
    expect(denied.status).toBe(403);
    expect(denied.headers.get('x-seraph-loginreason')).toBe('AUTHENTICATION_DENIED');
    const [, loginUrl] =
      /^CAPTCHA_CHALLENGE; login-url=(.+)$/.exec(denied.headers.get('x-authentication-denied-reason')!) ?? [];
    expect((await running.ask(loginUrl!)).text).toContain('Log in to Jira Data Center');
    // Another product counts for itself.
    const confluence = credential(running, 'confluence-data-center');
    const auth = basic(username, confluence.password);
    expect((await running.ask(`${confluence.url}/rest/api/user/current`, { auth })).status).toBe(200);
    await running.ask(loginUrl!, { form: { username } });
    expect((await who(password)).status).toBe(200);
  });

  test('a right one in between starts the count again', async () => {
    const running = await runSandbox();
    const { url, username, password } = credential(running, 'jira-data-center');
    const statuses = [];
    for (const word of ['x', 'x', password, 'x', 'x', password])
      statuses.push((await running.ask(`${url}/rest/api/2/myself`, { auth: basic(username, word) })).status);
    expect(statuses).toEqual([401, 401, 200, 401, 401, 200]);
  });

  test('an instance can refuse them altogether', async () => {
    const running = await runSandbox();
    const { url, username, password, personalAccessToken } = credential(running, 'jira-data-center');
    running.sandbox.control.dataCenter({ basicAllowed: false });
    const who = async (auth: string): Promise<number> =>
      (await running.ask(`${url}/rest/api/2/myself`, { auth })).status;
    expect(await who(basic(username, password))).toBe(403);
    expect(await who(bearer(personalAccessToken))).toBe(200);
  });
});

test('behind a login page everything answers 200 with a web page', async () => {
  const running = await runSandbox();
  running.sandbox.control.dataCenter({ loginPage: true });
  for (const path of ['/jira/rest/api/2/myself', '/confluence/rest/oauth2/latest/token', '/bamboo']) {
    const answer = await running.ask(path);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  }
});

describe('OAuth 2.0', () => {
  const BASE = '/jira/rest/oauth2/latest';
  const client = (
    { credentials }: RunningSandbox,
    service = false,
  ): { client_id: string; client_secret: string } => {
    const { clientId, clientSecret } = credentials.oauthClients.find(
      (entry) => entry.provider === 'jira-data-center' && entry.clientId.endsWith('-service') === service,
    )!;
    return { client_id: clientId, client_secret: clientSecret! };
  };
  const request = (running: RunningSandbox): [endpoint: string, parameters: Record<string, string>] => [
    `${running.url}${BASE}/authorize`,
    { client_id: client(running).client_id, scope: 'WRITE' },
  ];
  const codeFor = (running: RunningSandbox) => running.codeGrant(...request(running));
  const token = (running: RunningSandbox, form: Readonly<Record<string, string>>): Promise<Answer> =>
    running.ask(`${BASE}/token`, { form: { ...client(running), ...form } });

  test('signs in; a refresh wants the callback again and ends both old tokens', async () => {
    const running = await runSandbox();
    const grant = await codeFor(running);
    const first = (await token(running, grant)).json as Tokens;
    const { redirect_uri } = grant;
    expect(first).toMatchObject({ expires_in: 3600, scope: 'WRITE' });
    const who = async (access: string): Promise<number> =>
      (await running.ask('/jira/rest/api/2/myself', { auth: bearer(access) })).status;
    expect(await who(first.access_token)).toBe(200);
    const refresh = (refresh_token: string, more: Readonly<Record<string, string>>): Promise<Answer> =>
      token(running, { grant_type: 'refresh_token', refresh_token, ...more });
    const bare = await refresh(first.refresh_token, {});
    expect([bare.status, bare.json]).toEqual([400, { error: 'invalid_grant' }]);
    const second = (await refresh(first.refresh_token, { redirect_uri })).json as Tokens;
    expect(await who(first.access_token)).toBe(401);
    expect(await who(second.access_token)).toBe(200);
    const again = await refresh(first.refresh_token, { redirect_uri });
    expect([again.status, again.json]).toMatchObject([400, { error: 'invalid_grant' }]);
  });

  test('a code lives ten seconds', async () => {
    const running = await runSandbox();
    const inTime = await codeFor(running);
    running.clock.advance(10_000);
    expect((await token(running, inTime)).status).toBe(200);
    const late = await codeFor(running);
    running.clock.advance(10_001);
    expect((await token(running, late)).json).toMatchObject({ error: 'invalid_grant' });
  });

  test('its tokens are its own, and can be revoked', async () => {
    const running = await runSandbox();
    const { access_token } = (await token(running, await codeFor(running))).json as Tokens;
    const auth = bearer(access_token);
    expect((await running.ask('/confluence/rest/api/user/current', { auth })).status).toBe(401);
    expect((await running.ask('/me', { auth })).status).toBe(401);
    await running.ask(`${BASE}/revoke`, { form: { ...client(running), token: access_token } });
    expect((await running.ask('/jira/rest/api/2/myself', { auth })).status).toBe(401);
  });

  test('a service account’s client signs itself in', async () => {
    const running = await runSandbox();
    const form = { ...client(running, true), grant_type: 'client_credentials', scope: 'READ' };
    const { json } = await running.ask(`${BASE}/token`, { form });
    expect(json).toMatchObject({ expires_in: 3600, scope: 'READ' });
    expect(json).not.toHaveProperty('refresh_token');
    const auth = bearer((json as Tokens).access_token);
    expect((await running.ask('/jira/rest/api/2/myself', { auth })).json).toMatchObject({
      name: 'build-bot',
    });
  });

  test('an administrator may insist on https callbacks', async () => {
    const running = await runSandbox();
    running.sandbox.control.dataCenter({ httpsCallbackOnly: true });
    const answer = await running.ask(authorizeUrl(...request(running)));
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('https')]);
  });
});
