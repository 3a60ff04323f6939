import { describe, expect, test } from 'vitest';
import { SANDBOX_APP } from '../../../../main/sandbox/app-registration.ts';
import { SANDBOX_PEOPLE, SERVICE_ACCOUNTS } from '../../../../main/sandbox/people.ts';
import { basic, bearer, runSandbox, type RunningSandbox, type Tokens } from '../running-sandbox.ts';

const ACME = SANDBOX_PEOPLE[0]!.sites[0]!.cloudId;
const JIRA = `/ex/jira/${ACME}/rest/api/3`;
const WIKI = `/ex/confluence/${ACME}/wiki`;

const { clientId: client_id, clientSecret: client_secret } = SANDBOX_APP;

async function tokenWith(running: RunningSandbox, scope: string): Promise<string> {
  const request = { client_id, audience: 'api.atlassian.com', scope };
  const grant = await running.codeGrant(`${running.url}/authorize`, request);
  const form = { ...grant, client_id, client_secret };
  const { json } = await running.ask('/oauth/token', { form });
  return (json as Tokens).access_token;
}

const USER = 'read:application-role:jira read:group:jira read:user:jira read:avatar:jira';

describe('OAuth tokens at the gateway', () => {
  test.each([
    ['GET', '/me', 'read:me', 200],
    ['GET', `${JIRA}/myself`, 'read:jira-user', 200],
    ['GET', `${JIRA}/myself`, 'read:jira-work', 401],
    // In Jira one classic scope does, or all of the granular ones.
    ['GET', `${JIRA}/myself`, USER, 200],
    ['GET', `${JIRA}/myself`, 'read:user:jira', 401],
    ['GET', `${JIRA}/project/search`, 'read:jira-work', 200],
    ['GET', `${JIRA}/issue/TRAY-1`, 'read:jira-work', 200],
    ['GET', `${JIRA}/issue/TRAY-99`, 'read:jira-work', 404],
    // The scope comes first, whether or not there is such an issue.
    ['GET', `${JIRA}/issue/TRAY-99`, 'read:me', 401],
    ['POST', `${JIRA}/issue`, 'write:jira-work', 400],
    ['POST', `${JIRA}/issue`, 'read:jira-work', 401],
    ['POST', `${JIRA}/issue/TRAY-1/comment`, 'write:jira-work', 400],
    ['POST', `${JIRA}/issue/TRAY-99/comment`, 'write:jira-work', 404],
    ['GET', `/ex/jira/${ACME}/rest/agile/1.0/board`, 'read:jira-work', 401],
    ['GET', `/ex/jira/${ACME}/rest/agile/1.0/board`, 'read:board-scope:jira-software read:project:jira', 200],
    ['GET', `/ex/jira/${ACME}/rest/servicedeskapi/request`, 'read:servicedesk-request', 200],
    ['GET', `/ex/jira/unknown/rest/api/3/myself`, 'read:jira-user', 404],
    ['GET', `/ex/bitbucket/${ACME}/x`, 'read:jira-user', 404],
    // Confluence, v1: content and spaces are gone, the rest answers.
    ['GET', `${WIKI}/rest/api/space`, 'read:confluence-space.summary', 410],
    ['GET', `${WIKI}/rest/api/content`, 'read:confluence-content.all', 410],
    ['GET', `${WIKI}/rest/api/content/65601`, 'read:confluence-content.all', 410],
    ['POST', `${WIKI}/rest/api/content`, 'write:confluence-content', 410],
    ['PUT', `${WIKI}/rest/api/content/65601`, 'write:confluence-content', 410],
    ['GET', `${WIKI}/rest/api/content`, 'read:me', 401],
    ['GET', `${WIKI}/rest/api/search`, 'search:confluence', 200],
    ['GET', `${WIKI}/rest/api/user/current`, 'read:confluence-user', 200],
    ['GET', `${WIKI}/rest/api/user/current`, 'read:content-details:confluence', 200],
    ['POST', `${WIKI}/rest/api/content/65601/child/attachment`, 'write:confluence-file', 200],
    ['POST', `${WIKI}/rest/api/content/65601/child/attachment`, 'write:attachment:confluence', 401],
    ['POST', `${WIKI}/rest/api/content/65601/label`, 'write:confluence-content', 200],
    // Confluence, v2: granular scopes only.
    ['GET', `${WIKI}/api/v2/pages`, 'read:page:confluence', 200],
    ['GET', `${WIKI}/api/v2/pages`, 'read:confluence-content.all', 401],
    ['POST', `${WIKI}/api/v2/pages`, 'write:page:confluence', 400],
    ['POST', `${WIKI}/api/v2/pages`, 'read:page:confluence', 401],
    ['GET', `${WIKI}/api/v2/pages/65601`, 'read:page:confluence', 200],
    ['DELETE', `${WIKI}/api/v2/pages/65601`, 'delete:page:confluence', 204],
    ['GET', `${WIKI}/api/v2/spaces`, 'read:space:confluence', 200],
    ['GET', `${WIKI}/api/v2/spaces`, 'read:space-details:confluence', 401],
    ['GET', `${WIKI}/api/v2/footer-comments`, 'read:comment:confluence', 200],
    ['POST', `${WIKI}/api/v2/inline-comments`, 'write:comment:confluence', 201],
    ['GET', `${WIKI}/api/v2/attachments`, 'read:attachment:confluence', 200],
    ['GET', `${WIKI}/api/v2/labels`, 'read:label:confluence', 200],
    ['GET', `${WIKI}/api/v2/pages/65601/direct-children`, 'read:hierarchical-content:confluence', 200],
    ['GET', `${WIKI}/api/v2/pages/65601/ancestors`, 'read:content.metadata:confluence', 200],
    ['GET', `${WIKI}/api/v2/tasks`, 'read:task:confluence', 200],
    ['POST', `${WIKI}/api/v2/users-bulk`, 'read:user:confluence', 200],
  ])('%s %s with %s: %i', async (method, path, scope, status) => {
    const running = await runSandbox();
    const answer = await running.ask(path, { method, auth: bearer(await tokenWith(running, scope)) });
    expect(answer.status).toBe(status);
    if (status !== 401) return;
    expect(answer.json).toEqual({ code: 401, message: 'Unauthorized; scope does not match' });
    expect(answer.headers.get('x-failure-category')).toBe('FAILURE_CLIENT_SCOPE_CHECK');
  });

  describe('what is written is given back until the sandbox ends', () => {
    const DOC = { type: 'doc', version: 1, content: [] };

    test('issues and comments', async () => {
      const running = await runSandbox();
      const auth = bearer(await tokenWith(running, 'read:jira-work write:jira-work'));
      const fields = {
        project: { key: 'TRAY' },
        issuetype: { name: 'Bug' },
        summary: 'It beeps',
        description: DOC,
      };
      const created = await running.ask(`${JIRA}/issue`, { auth, json: { fields } });
      expect(created).toMatchObject({ status: 201, json: { key: 'TRAY-4' } });
      const second = await running.ask(`${JIRA}/issue`, { auth, json: { fields } });
      expect(second.json).toMatchObject({ key: 'TRAY-5' });
      expect((await running.ask(`${JIRA}/issue/TRAY-4`, { auth })).json).toMatchObject({
        fields: {
          summary: 'It beeps',
          description: DOC,
          issuetype: { name: 'Bug' },
          status: { name: 'To Do' },
        },
      });
      const search = `${JIRA}/search/jql?jql=project%3DTRAY&fields=summary`;
      expect((await running.ask(search, { auth })).text).toContain('It beeps');
      const comments = `${JIRA}/issue/TRAY-4/comment`;
      const said = await running.ask(comments, { auth, json: { body: DOC } });
      expect(said).toMatchObject({ status: 201, json: { body: DOC, author: { displayName: 'Ana Keller' } } });
      expect((await running.ask(comments, { auth })).json).toMatchObject({ total: 1, comments: [said.json] });
      expect((await running.ask(`${JIRA}/issue/TRAY-1/comment`, { auth })).json).toMatchObject({ total: 0 });
    });

    test.each([
      [{}, ['project', 'issuetype', 'summary']],
      [{ project: { key: 'NONE' }, issuetype: { name: 'Bug' }, summary: 'x' }, ['project']],
      [{ project: { id: '10001' }, issuetype: { id: '1' }, summary: ' ' }, ['summary']],
      [
        { project: { key: 'OPS' }, issuetype: { name: 'Bug' }, summary: 'x', description: 'text' },
        ['description'],
      ],
    ])('an issue with the fields %j is refused for %j', async (fields, wrong) => {
      const running = await runSandbox();
      const auth = bearer(await tokenWith(running, 'write:jira-work'));
      const { status, json } = await running.ask(`${JIRA}/issue`, { auth, json: { fields } });
      expect(status).toBe(400);
      expect(Object.keys((json as { errors: object }).errors)).toEqual(wrong);
    });

    test('pages', async () => {
      const running = await runSandbox();
      const scopes = 'read:page:confluence write:page:confluence delete:page:confluence search:confluence';
      const auth = bearer(await tokenWith(running, scopes));
      const body = { representation: 'storage', value: '<p>Hello</p>' };
      const page = { spaceId: '65537', title: 'Notes', body };
      const created = await running.ask(`${WIKI}/api/v2/pages`, { auth, json: page });
      expect(created).toMatchObject({ status: 200, json: { title: 'Notes', version: { number: 1 } } });
      const { id } = created.json as { id: string };
      const at = `${WIKI}/api/v2/pages/${id}`;
      expect((await running.ask(`${at}?body-format=storage`, { auth })).json).toMatchObject({
        body: { storage: body },
      });
      expect((await running.ask(`${WIKI}/api/v2/pages`, { auth })).text).toContain('Notes');
      expect((await running.ask(`${WIKI}/rest/api/search?cql=type%3Dpage`, { auth })).text).toContain(
        'Notes',
      );
      expect((await running.ask(`${WIKI}/api/v2/pages`, { auth, json: page })).status).toBe(400);
      const change = (number: number) =>
        running.ask(at, { auth, method: 'PUT', json: { title: 'Better notes', version: { number } } });
      expect((await change(1)).status).toBe(409);
      expect((await change(2)).json).toMatchObject({ title: 'Better notes', version: { number: 2 } });
      expect((await running.ask(at, { auth, method: 'DELETE' })).status).toBe(204);
      expect((await running.ask(at, { auth })).status).toBe(404);
    });

    test('each site has its own', async () => {
      const running = await runSandbox();
      const auth = bearer(await tokenWith(running, 'read:jira-work write:jira-work'));
      const other = SANDBOX_PEOPLE[0]!.sites[1]!.cloudId;
      const fields = { project: { key: 'OPS' }, issuetype: { name: 'Task' }, summary: 'Here' };
      await running.ask(`${JIRA}/issue`, { auth, json: { fields } });
      expect((await running.ask(`${JIRA}/issue/OPS-3`, { auth })).status).toBe(200);
      expect((await running.ask(`/ex/jira/${other}/rest/api/3/issue/OPS-3`, { auth })).status).toBe(404);
    });
  });

  test('a page that is not there is named', async () => {
    const running = await runSandbox();
    const auth = bearer(await tokenWith(running, 'read:page:confluence'));
    expect((await running.ask(`${WIKI}/api/v2/pages/999`, { auth })).text).toContain('999');
  });

  test('a download leads to a host that wants no credential', async () => {
    const running = await runSandbox();
    const auth = bearer(await tokenWith(running, 'read:attachment:confluence'));
    const path = `${WIKI}/rest/api/content/65601/child/attachment/att65700/download`;
    const media = (await running.ask(path, { auth })).headers.get('location')!;
    expect((await running.ask(media)).status).toBe(200);
    expect((await running.ask(media, { auth })).status).toBe(400);
  });

  test('they do not work at the site', async () => {
    const running = await runSandbox();
    const auth = bearer(await tokenWith(running, 'read:jira-user'));
    expect((await running.ask('/sites/acme/rest/api/3/myself', { auth })).status).toBe(401);
  });

  test('search: by project, page by page, only the fields that were asked for', async () => {
    const running = await runSandbox();
    const auth = bearer(await tokenWith(running, 'read:jira-work'));
    const search = async (query: string): Promise<unknown> =>
      (await running.ask(`${JIRA}/search/jql?${query}`, { auth })).json;
    expect(await search('jql=project%3DOPS&fields=summary,status&maxResults=1')).toMatchObject({
      issues: [{ key: 'OPS-1', fields: { summary: 'Rotate the on-call list', status: { name: 'To Do' } } }],
      isLast: false,
      nextPageToken: '1',
    });
    expect(await search('jql=project%3DOPS&nextPageToken=1')).toEqual({
      issues: [{ id: '10104' }],
      isLast: true,
    });
    expect((await running.ask(`${JIRA}/search/jql`, { auth, json: null })).status).toBe(400);
  });

  test('a site is listed once for each product that the scopes reach', async () => {
    const running = await runSandbox();
    const listed = async (scope: string): Promise<number> => {
      const auth = bearer(await tokenWith(running, scope));
      return ((await running.ask('/oauth/token/accessible-resources', { auth })).json as unknown[]).length;
    };
    expect(await listed('read:me read:jira-work read:page:confluence')).toBe(4);
    expect(await listed('read:jira-work')).toBe(2);
    expect(await listed('read:me')).toBe(0);
  });

  test('an app without the User identity API cannot ask for read:me, but signs in without it', async () => {
    const running = await runSandbox();
    running.sandbox.control.notEnabled('read:me');
    await expect(tokenWith(running, 'read:me read:jira-user')).rejects.toThrow('not enabled');
    const auth = bearer(await tokenWith(running, 'read:jira-user'));
    expect((await running.ask('/me', { auth })).status).toBe(401);
    expect((await running.ask(`${JIRA}/myself`, { auth })).json).toMatchObject({ displayName: 'Ana Keller' });
  });
});

describe('API tokens', () => {
  const SITE = '/sites/acme';
  const GATEWAY = `/ex/jira/${ACME}`;
  const MYSELF = '/rest/api/3/myself';
  test.each([
    ['classic', 'site', 'basic', 200],
    ['classic', 'gateway', 'basic', 200],
    ['classic', 'site', 'bearer', 401],
    ['classic', 'gateway', 'bearer', 404],
    ['scoped', 'site', 'basic', 401],
    ['scoped', 'gateway', 'basic', 200],
    ['scoped', 'gateway', 'bearer', 404],
    ['service', 'site', 'basic', 401],
    ['service', 'gateway', 'basic', 200],
    ['service', 'gateway', 'bearer', 200],
  ] as const)('%s at the %s as %s: %i', async (kind, place, scheme, status) => {
    const { credentials, ask } = await runSandbox();
    const { email, token } =
      kind === 'service'
        ? credentials.serviceAccountTokens[0]!
        : credentials.apiTokens.find(({ scoped }) => scoped === (kind === 'scoped'))!;
    const auth = scheme === 'basic' ? basic(email, token) : bearer(token);
    const answer = await ask((place === 'site' ? SITE : GATEWAY) + MYSELF, { auth });
    expect(answer.status).toBe(status);
    if (place === 'site' && scheme === 'basic' && kind !== 'classic')
      expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
  });

  test('the values look like Atlassian’s, stay the same, and differ from each other', async () => {
    const { credentials, sandbox } = await runSandbox();
    const tokens = credentials.apiTokens.map(({ token }) => token);
    for (const token of tokens) expect(token).toMatch(/^ATATT3x[\w-]{150,190}=[\dA-F]{8}$/);
    expect(credentials.serviceAccountTokens[0]!.token).toMatch(/^ATSTT3x/);
    expect(new Set(tokens).size).toBe(tokens.length);
    expect(sandbox.control.credentials().apiTokens).toEqual(credentials.apiTokens);
  });

  test('a scoped token is for one product', async () => {
    const { credentials, ask } = await runSandbox();
    const [jira, confluence] = credentials.apiTokens.filter(({ scoped }) => scoped);
    const status = async (
      path: string,
      { email, token }: { email: string; token: string },
    ): Promise<number> => (await ask(path, { auth: basic(email, token) })).status;
    expect(await status(`${WIKI}/rest/api/user/current`, jira!)).toBe(401);
    expect(await status(`${WIKI}/rest/api/user/current`, confluence!)).toBe(200);
    expect(await status(`${WIKI}/rest/api/space`, confluence!)).toBe(410);
    expect(await status(GATEWAY + MYSELF, confluence!)).toBe(401);
  });

  test('a classic token still reaches v1 of Confluence at the site', async () => {
    const { credentials, ask } = await runSandbox();
    const { email, token } = credentials.apiTokens[0]!;
    for (const path of ['/wiki/rest/api/space', '/wiki/rest/api/content', '/wiki/rest/api/content/65601'])
      expect((await ask(SITE + path, { auth: basic(email, token) })).status).toBe(200);
    expect((await ask(`/sites/beta${MYSELF}`, { auth: basic(email, token) })).status).toBe(401);
  });

  test.each(['revoked', 'expired'] as const)('one that is %s is disguised by Confluence', async (how) => {
    const { credentials, ask, sandbox } = await runSandbox();
    const [first, second] = credentials.apiTokens;
    const auth = basic(first!.email, first!.token);
    sandbox.control.endCredential(first!.token, how);
    expect((await ask(SITE + MYSELF, { auth })).status).toBe(401);
    const v1 = await ask(`${SITE}/wiki/rest/api/content`, { auth });
    expect([v1.status, v1.text]).toEqual([403, expect.stringContaining('caller cannot access Confluence')]);
    const current = await ask(`${SITE}/wiki/rest/api/user/current`, { auth });
    expect([current.status, current.text]).toEqual([
      403,
      expect.stringContaining('not permitted to use Confluence'),
    ]);
    const v2 = await ask(`${SITE}/wiki/api/v2/pages/65601`, { auth });
    expect([v2.status, v2.json]).toMatchObject([404, { errors: [{ title: 'Not Found' }] }]);
    expect((await ask(SITE + MYSELF, { auth: basic(second!.email, second!.token) })).status).toBe(200);
    sandbox.control.endCredential(first!.token, null);
    expect((await ask(SITE + MYSELF, { auth })).status).toBe(200);
  });

  test('a good token under another e-mail address is a mismatch at the gateway', async () => {
    const { credentials, ask } = await runSandbox();
    const { token } = credentials.apiTokens[0]!;
    const answer = await ask(GATEWAY + MYSELF, { auth: basic('ben@beta.example', token) });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('x-failure-category')).toBe('FAILURE_CLIENT_AUTH_MISMATCH');
  });

  test('the cloud id and the server’s description need no credential', async () => {
    const { ask } = await runSandbox();
    expect((await ask(`${SITE}/_edge/tenant_info`)).json).toEqual({ cloudId: ACME });
    expect((await ask(`${SITE}/rest/api/3/serverInfo`)).json).toMatchObject({ deploymentType: 'Cloud' });
    expect((await ask(SITE + MYSELF)).status).toBe(401);
    expect((await ask('/sites/nowhere/_edge/tenant_info')).status).toBe(404);
  });
});

describe('service accounts', () => {
  const ask = async (
    running: RunningSandbox,
    changes: Readonly<Record<string, string>> = {},
  ): Promise<[number, Partial<Tokens & { error: string }>]> => {
    const { clientId, clientSecret } = running.credentials.serviceAccounts[0]!;
    const form = {
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      ...changes,
    };
    const { status, json } = await running.ask('/oauth/token', { form });
    return [status, json as Partial<Tokens & { error: string }>];
  };

  test('their client signs itself in: an hour, no refresh token, its own site', async () => {
    const running = await runSandbox();
    const [status, tokens] = await ask(running);
    expect([status, tokens.expires_in, tokens.refresh_token]).toEqual([200, 3600, undefined]);
    const auth = bearer(tokens.access_token!);
    const myself = await running.ask(`${JIRA}/myself`, { auth });
    expect(myself.json).toMatchObject({ accountId: SERVICE_ACCOUNTS[0]!.accountId });
    const sites = (await running.ask('/oauth/token/accessible-resources', { auth })).json;
    expect(sites).toMatchObject([{ id: ACME }, { id: ACME }]);
    expect((await running.ask(`${WIKI}/api/v2/pages`, { auth })).status).toBe(200);
    expect((await running.ask(`${WIKI}/rest/api/space`, { auth })).status).toBe(410);
  });

  test('refusals', async () => {
    const running = await runSandbox();
    expect(await ask(running, { client_secret: 'x' })).toMatchObject([401, { error: 'access_denied' }]);
    expect(await ask(running, { scope: 'manage:jira-project' })).toMatchObject([
      400,
      { error: 'invalid_scope' },
    ]);
    expect(await ask(running, { client_id, client_secret })).toMatchObject([
      403,
      { error: 'unauthorized_client' },
    ]);
    running.sandbox.control.endCredential(running.credentials.serviceAccounts[0]!.clientSecret, 'revoked');
    expect(await ask(running)).toMatchObject([401, { error: 'access_denied' }]);
  });
});

test('an access token from elsewhere works until its time or its end', async () => {
  const { credentials, ask, clock, sandbox } = await runSandbox();
  const [{ token, cloudId, expiresAt } = { token: '', cloudId: '', expiresAt: '' }] =
    credentials.accessTokens;
  const status = async (value: string): Promise<number> =>
    (await ask(`/ex/jira/${cloudId}/rest/api/3/myself`, { auth: bearer(value) })).status;
  expect(await status(token)).toBe(200);
  sandbox.control.endCredential(token, 'revoked');
  expect(await status(token)).toBe(401);
  const next = sandbox.control.credentials().accessTokens[0]!.token;
  expect(await status(next)).toBe(200);
  clock.advance(Date.parse(expiresAt) - clock.now());
  expect(await status(next)).toBe(401);
});
