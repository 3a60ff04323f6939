import { describe, expect, test } from 'vitest';
import {
  testCredential,
  type TestOutcome,
  type TestRequest,
} from '../../../main/atlassian/test-credential.ts';
import { headerOf } from '../../../main/credentials/sent.ts';
import { BUNDLED_DEFINITIONS } from '../../../main/providers/bundled.ts';
import type { ProviderDefinition } from '../../../main/providers/definition.ts';

const found = BUNDLED_DEFINITIONS.find(({ id }) => id === 'atlassian');
if (!found) throw new Error('not bundled');
const atlassian: ProviderDefinition = found;

const TOKEN = 'canary-7c1f';
const CLOUD = '11111111-1111-4111-8111-111111111111';
const JIRA = `https://api.atlassian.com/ex/jira/${CLOUD}`;
const CONFLUENCE = `https://api.atlassian.com/ex/confluence/${CLOUD}`;
const SITE = 'https://acme.atlassian.net';

const reply = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers });
const scopeMissing = (): Response =>
  reply(
    401,
    { code: 401, message: 'Unauthorized; scope does not match' },
    { 'x-failure-category': 'FAILURE_CLIENT_SCOPE_CHECK' },
  );
const bareNotFound = (): Response => reply(404, { errors: [{ status: 404, title: 'Not Found' }] });
const missing = (): Response =>
  reply(404, { errors: [{ status: 404, title: 'Could not find content with id 1' }] });
const jiraUser = (): Response =>
  reply(200, { accountId: 'ana', displayName: 'Ana', emailAddress: 'ana@acme.example' });
const resources = (scopes: string[]): Response =>
  reply(200, [{ id: CLOUD, url: SITE, name: 'acme', scopes }]);

/** By the longest beginning of an address that fits; what is not listed is not found. */
type Answers = Record<string, () => Response | Promise<Response>>;

interface Run {
  outcome: TestOutcome;
  asked: string[];
  methods: Set<string>;
  most: number;
}

async function run(
  answers: Answers,
  connection: Partial<TestRequest['connection']> = {},
  definition = atlassian,
): Promise<Run> {
  const asked: string[] = [];
  const methods = new Set<string>();
  let now = 0;
  let most = 0;
  let ms = 0;
  const outcome = await testCredential({
    clock: { monotonicMs: () => (ms += 7) },
    definition,
    header: headerOf({ as: 'bearer' }, TOKEN),
    connection: {
      id: CLOUD as TestRequest['connection']['id'],
      name: 'acme',
      account: { id: 'ana', name: 'Ana', email: null, pictureUrl: null },
      method: 'oauth2',
      grant: 'authorization-code',
      requestedScopes: connection.grantedScopes ?? [],
      grantedScopes: [],
      renewal: 'refresh-token',
      route: 'default',
      site: { cloudId: CLOUD, name: 'acme', url: SITE, products: [] },
      ...connection,
    },
    fetch: async (url, init) => {
      const address = String(url);
      asked.push(address);
      methods.add(init?.method ?? 'GET');
      most = Math.max(most, ++now);
      const [key] = Object.keys(answers)
        .filter((start) => address.startsWith(start))
        .sort((a, b) => b.length - a.length);
      await Promise.resolve();
      const answer = await (key === undefined ? reply(404, { message: 'no route' }) : answers[key]?.());
      now -= 1;
      return answer ?? reply(500, '');
    },
  });
  expect(JSON.stringify(outcome)).not.toContain(TOKEN);
  return { outcome, asked, methods, most };
}

const has = ({ scopes }: TestOutcome, scope: string): string => {
  const line = scopes.find((truth) => truth.scope === scope);
  return line ? `${String(line.has)} ${String(line.how)}` : 'absent';
};
const checks = ({ results }: TestOutcome): string[] =>
  results.map(({ check, ok }) => `${check} ${ok ? '+' : '-'}`);

describe('an OAuth grant', () => {
  const grantedScopes = ['read:me', 'read:jira-work', 'read:jira-user', 'read:page:confluence'];
  const good: Answers = {
    'https://api.atlassian.com/me': () =>
      reply(200, { account_id: 'ana', name: 'Ana', email: 'ana@acme.example' }),
    'https://api.atlassian.com/oauth/token/accessible-resources': () =>
      resources(['read:jira-work', 'read:jira-user', 'read:page:confluence']),
    [`${JIRA}/rest/api/3/myself`]: jiraUser,
    [`${JIRA}/rest/api/3/project/search`]: () => reply(200, { values: [] }),
    [`${CONFLUENCE}/wiki/api/v2/pages`]: () => reply(200, { results: [] }),
  };

  test('that works: account, products and scopes', async () => {
    const { outcome, methods } = await run(good, { grantedScopes });
    expect(outcome).toMatchObject({
      account: { id: 'ana', name: 'Ana' },
      products: ['jira', 'confluence'],
      dead: false,
    });
    expect(outcome.results).toEqual([
      { check: 'Profile', ok: true, message: 'You are signed in to Atlassian Cloud as Ana.' },
      { check: 'Jira', ok: true, message: 'Jira answers for acme.' },
      { check: 'Confluence', ok: true, message: 'Confluence answers for acme.' },
    ]);
    expect(has(outcome, 'read:jira-work')).toBe('true tried');
    expect(has(outcome, 'read:me')).toBe('true granted');
    expect([...methods]).toEqual(['GET']);
  });

  test('whose scope does not work after all: asked for again', async () => {
    const { outcome } = await run(
      { ...good, [`${JIRA}/rest/api/3/project/search`]: scopeMissing },
      { grantedScopes, requestedScopes: ['offline_access', ...grantedScopes] },
    );
    expect(checks(outcome)).toEqual(['Profile +', 'Jira +', 'Confluence +', 'Jira: Projects -']);
    expect(outcome.results[3]).toMatchObject({
      code: 'missing-scope',
      missingScopes: ['read:jira-work'],
      hint: expect.stringContaining(
        `tokentray reconnect "acme" --scopes "offline_access ${grantedScopes.join(' ')}"`,
      ) as string,
    });
    expect(has(outcome, 'read:jira-work')).toBe('false tried');
  });

  test('that was granted in part', async () => {
    const { outcome } = await run(good, {
      grantedScopes,
      requestedScopes: [...grantedScopes, 'write:jira-work', 'offline_access'],
    });
    expect(outcome.results.at(-1)).toMatchObject({
      check: 'Permissions',
      ok: false,
      missingScopes: ['write:jira-work'],
    });
    expect(has(outcome, 'write:jira-work')).toBe('false granted');
    expect(has(outcome, 'offline_access')).toBe('true granted');
  });

  test('of classic scopes: the old API is gone, and which permissions take its place', async () => {
    const { outcome } = await run(
      {
        ...good,
        'https://api.atlassian.com/oauth/token/accessible-resources': () =>
          resources(['read:jira-user', 'read:confluence-content.all']),
        [`${CONFLUENCE}/wiki/rest/api/content`]: () => reply(410, '{}'),
      },
      { grantedScopes: ['read:jira-user', 'read:confluence-content.all'] },
    );
    expect(checks(outcome)).toEqual(['Profile +', 'Jira +', 'Confluence: Pages by the old API -']);
    expect(outcome.results[2]).toMatchObject({ missingScopes: ['read:page:confluence'] });
    expect(outcome.results[2]?.hint).toContain('“Confluence API › Granular scopes”');
  });

  test('that no longer covers the site', async () => {
    const { outcome } = await run(
      { 'https://api.atlassian.com/oauth/token/accessible-resources': () => reply(200, []) },
      { grantedScopes: ['read:jira-user'] },
    );
    expect(checks(outcome)).toContain('Site -');
  });

  test('that is over: each answer says so, and nothing more is asked', async () => {
    const { outcome, asked } = await run(
      { 'https://api.atlassian.com/': () => reply(401, { code: 401, message: 'Unauthorized' }) },
      { grantedScopes },
    );
    expect(outcome.dead).toBe(true);
    expect(outcome.results.map(({ code }) => code)).toEqual([
      'needs-reconnect',
      'needs-reconnect',
      'needs-reconnect',
    ]);
    expect(asked).toHaveLength(4);
  });

  test('without read:me: the products say who it is, and that is no problem', async () => {
    const { outcome } = await run(
      { ...good, 'https://api.atlassian.com/me': scopeMissing },
      { grantedScopes: [] },
    );
    expect(outcome.account?.name).toBe('Ana');
    expect(checks(outcome)).toContain('Profile +');
    expect(outcome.results.every(({ check, ok }) => ok || check !== 'Profile')).toBe(true);
  });
});

describe('a token whose scopes nobody tells', () => {
  const token: Partial<TestRequest['connection']> = { method: 'api-token', grant: null, renewal: 'none' };
  const scoped: Answers = {
    [JIRA]: scopeMissing,
    [`${JIRA}/rest/api/3/myself`]: jiraUser,
    [`${JIRA}/rest/agile/1.0/sprint/0`]: () => reply(404, { errorMessages: ['Sprint does not exist'] }),
    [`${JIRA}/rest/api/3/events`]: () => reply(403, {}),
    [CONFLUENCE]: () => reply(403, { message: 'Request rejected because caller cannot access Confluence' }),
  };

  test('is probed: another answer than for want of a scope proves it', async () => {
    const { outcome, asked, methods, most } = await run(scoped, token);
    expect(has(outcome, 'read:jira-user')).toBe('true tried');
    expect(has(outcome, 'read:sprint:jira-software')).toBe('true tried');
    expect(has(outcome, 'manage:jira-configuration')).toBe('true tried');
    expect(has(outcome, 'read:jira-work')).toBe('false tried');
    expect(has(outcome, 'read:page:confluence')).toBe('absent');
    // Jira works, so the token is not over: it only was not made for Confluence.
    expect(checks(outcome)).toEqual(['Profile +', 'Jira +', 'Confluence -']);
    expect(outcome.results[2]).toMatchObject({ code: 'denied' });
    expect(asked.length).toBeLessThanOrEqual(12);
    expect(most).toBeLessThanOrEqual(4);
    expect([...methods]).toEqual(['GET']);
  });

  test.each<[string, Answers]>([
    [
      'as Confluence disguises it',
      {
        [JIRA]: () => reply(401, 'Client must be authenticated'),
        [CONFLUENCE]: () => reply(403, { message: 'Current user not permitted to use Confluence' }),
      },
    ],
    [
      'as if nobody was signed in',
      { [JIRA]: () => reply(401, ''), [CONFLUENCE]: () => reply(200, { type: 'anonymous' }) },
    ],
  ])('is over, %s', async (_, answers) => {
    const { outcome } = await run(answers, token);
    expect(outcome).toMatchObject({ dead: true, account: null, products: [] });
    expect(outcome.results[0]).toMatchObject({
      code: 'needs-reconnect',
      hint: expect.stringMatching(/another API token at https:.*tokentray reconnect "acme"/) as string,
    });
  });

  test('is over, as v2 disguises it', async () => {
    const { outcome } = await run(
      { [CONFLUENCE]: bareNotFound },
      { ...token, grantedScopes: ['read:space:confluence'] },
    );
    expect(outcome.results).toMatchObject([{ check: 'Confluence', code: 'needs-reconnect' }]);
  });

  test('of a site that is not there proves nothing', async () => {
    const { outcome } = await run({}, { ...token, grantedScopes: ['read:jira-work'] });
    expect(outcome).toMatchObject({
      dead: false,
      products: [],
      results: [{ check: 'Jira', ok: false, code: 'failed' }],
    });
    expect(has(outcome, 'read:jira-work')).toBe('true granted');
  });

  test('at the site, though it works only at the gateway', async () => {
    const { outcome } = await run(
      { [SITE]: () => reply(401, '<html>Unauthorized</html>') },
      { ...token, route: 'site' },
    );
    expect(outcome.results[0]?.message).toContain('gateway');
  });

  test('proves a folder that is not there, and a limit ends the test', async () => {
    const open = {
      ...scoped,
      [CONFLUENCE]: () => reply(200, { results: [] }),
      [`${CONFLUENCE}/wiki/rest/api/user/current`]: jiraUser,
      [`${CONFLUENCE}/wiki/api/v2/folders/1`]: missing,
    };
    const site = { cloudId: CLOUD, name: 'acme', url: SITE, products: ['confluence'] };
    const { outcome } = await run(open, { ...token, site });
    expect(has(outcome, 'read:folder:confluence')).toBe('true tried');
    const { outcome: limited, asked } = await run(
      { ...open, [`${JIRA}/rest/api/3/myself`]: () => reply(429, '', { 'retry-after': '30' }) },
      token,
    );
    expect(asked.length).toBeLessThanOrEqual(4);
    expect(limited.results.find(({ ok }) => !ok)).toMatchObject({ code: 'temporary' });
    expect(limited.results.find(({ ok }) => !ok)?.message).toContain('wait 30 s');
  });
});

test('a brought access token: the provider lists its scopes', async () => {
  const { outcome } = await run(
    {
      'https://api.atlassian.com/oauth/token/accessible-resources': () =>
        resources(['read:jira-user', 'write:jira-work']),
      'https://api.atlassian.com/me': scopeMissing,
      [`${JIRA}/rest/api/3/myself`]: jiraUser,
    },
    { method: 'access-token', grant: null, renewal: 'none' },
  );
  expect(has(outcome, 'write:jira-work')).toBe('true granted');
  expect(has(outcome, 'read:jira-user')).toBe('true tried');
});

test('the limits hold for a grant of many scopes, whenever it is learnt, and after a wait no more is asked', async () => {
  const many = atlassian.apis.flatMap(({ probes }) =>
    probes.flatMap(({ scopes, granular }) => [...scopes, ...granular]),
  );
  const listed = many.filter((scope) => !/^read:(jira-user|confluence-user|content-details)/.test(scope));
  const brought = { method: 'access-token', grant: null, renewal: 'none' } as const;
  const answers: Answers = {
    'https://api.atlassian.com/': () => reply(200, { accountId: 'ana' }),
    'https://api.atlassian.com/oauth/token/accessible-resources': () => resources(listed),
  };
  expect((await run(answers, brought)).asked).toHaveLength(12);
  const waiting = () => reply(429, '', { 'retry-after': '1' });
  const { asked } = await run({ ...answers, [`${JIRA}/rest/api/3/project/search`]: waiting }, brought);
  expect(asked.length).toBeLessThan(12);
});

test('a key of any provider: who it is, and the scopes that the answer lists', async () => {
  const [jira] = atlassian.apis;
  if (!jira) throw new Error('no API');
  const definition: ProviderDefinition = {
    ...atlassian,
    name: 'Elsewhere',
    identity: { kind: 'apis' },
    apis: [
      {
        id: 'rest',
        name: 'REST',
        urls: { default: 'https://api.elsewhere.example' },
        probes: [],
        whoAmI: {
          path: '/user',
          method: 'GET',
          headers: {},
          id: 'login',
          answer: 'json',
          anonymous: false,
        },
      },
    ],
  };
  const { outcome } = await run(
    {
      'https://api.elsewhere.example/user': () =>
        reply(200, { login: 'ana' }, { 'x-oauth-scopes': 'repo, read:org' }),
    },
    { method: 'api-key', grant: null, renewal: 'none', site: null },
    definition,
  );
  expect(outcome).toMatchObject({ account: { id: 'ana' }, products: ['rest'], dead: false });
  expect(has(outcome, 'read:org')).toBe('true granted');
});

test('a provider of which nothing can be tried passes no test', async () => {
  const { outcome, asked } = await run({}, {}, { ...atlassian, apis: [], identity: { kind: 'none' } });
  expect(asked).toEqual([]);
  expect(outcome.results).toMatchObject([{ check: 'Credential', ok: false, code: 'unsupported' }]);
});
