import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Account, Site } from '../../../contract/connection.ts';
import { parseAccount, parseSites } from '../../../main/atlassian/accounts.ts';
import { apiAddresses } from '../../../main/atlassian/api-addresses.ts';
import { identify } from '../../../main/atlassian/identify.ts';
import { productsOf } from '../../../main/atlassian/products.ts';
import { revoke } from '../../../main/atlassian/revoke.ts';
import { testCredential } from '../../../main/atlassian/test-credential.ts';
import type { Fetch } from '../../../main/lib/bounded-fetch.ts';
import atlassian from '../../../main/providers/bundled/atlassian.json' with { type: 'json' };
import { ProviderDefinition } from '../../../main/providers/definition.ts';

const TOKEN = 'canary-access-token';
const definition = ProviderDefinition.parse(atlassian);
const userinfo: ProviderDefinition = {
  ...definition,
  identity: { kind: 'userinfo', userinfoUrl: 'https://id.example/me' },
};
const CLOUD = 'c1d2-e3';
const SITE: Site = { cloudId: CLOUD, name: 'acme', url: 'https://acme.atlassian.net', products: ['jira'] };
const MISMATCH = '{"code":401,"message":"Unauthorized; scope does not match"}';

type Answer = () => Response | Error;

/** Answers by path; the answers of a path are given in turn, the last one again and again. */
function serving(answers: Record<string, Answer | Answer[]>): { fetch: Fetch; asked: string[] } {
  const asked: string[] = [];
  const fetch: Fetch = (url, init) => {
    const { pathname } = new URL(url);
    expect(new Headers(init?.headers).get('authorization')).toBe(`Bearer ${TOKEN}`);
    const times = asked.filter((path) => path === pathname).length;
    asked.push(pathname);
    const turns = [answers[pathname] ?? (() => new Response('', { status: 404 }))].flat();
    const answer = turns[Math.min(times, turns.length - 1)]!();
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return { fetch, asked };
}

const json =
  (value: unknown, status = 200): Answer =>
  () =>
    Response.json(value, { status });
const text =
  (body: string, status: number): Answer =>
  () =>
    new Response(body, { status });
const broken: Answer = () =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ENOTFOUND' }) });

const ME = json({
  account_id: 'a1',
  name: 'Ana',
  email: 'ana@acme.example',
  picture: 'https://x.example/p.png',
});
const RESOURCES = json([{ id: CLOUD, name: 'acme', url: SITE.url, scopes: ['read:jira-work'] }]);
const PATHS = { me: '/me', resources: '/oauth/token/accessible-resources' };

describe('identify', () => {
  test('gives account and sites', async () => {
    const { fetch } = serving({ [PATHS.me]: ME, [PATHS.resources]: RESOURCES });
    expect(await identify({ fetch, definition, accessToken: TOKEN })).toEqual({
      ok: true,
      value: {
        account: { id: 'a1', name: 'Ana', email: 'ana@acme.example', pictureUrl: 'https://x.example/p.png' },
        sites: [SITE],
      },
    });
  });

  test('asks a userinfo endpoint alone where the definition says so', async () => {
    const { fetch, asked } = serving({ '/me': json({ sub: 'u1', preferred_username: 'ana' }) });
    expect(await identify({ fetch, definition: userinfo, accessToken: TOKEN })).toEqual({
      ok: true,
      value: { account: { id: 'u1', name: 'ana', email: null, pictureUrl: null }, sites: [] },
    });
    expect(asked).toEqual(['/me']);
  });

  test('asks once more after a passing fault', async () => {
    const { fetch } = serving({
      [PATHS.me]: [text('<html>', 502), ME],
      [PATHS.resources]: [broken, RESOURCES],
    });
    expect((await identify({ fetch, definition, accessToken: TOKEN })).ok).toBe(true);
  });

  test.each<[string, Answer, string]>([
    ['the network', broken, 'offline'],
    ['the server', text('<html>', 503), 'temporary'],
    ['a proxy', text('<html>sign in', 200), 'temporary'],
    ['a missing scope', text(MISMATCH, 401), 'missing-scope'],
    ['a refusal', text('', 403), 'missing-scope'],
    ['a token that is not accepted', text('', 401), 'failed'],
    ['an answer without id', json({ name: 'Ana' }), 'temporary'],
    ['a list', json([]), 'temporary'],
  ])('tells that %s is at fault', async (_, answer, code) => {
    const { fetch } = serving({ [PATHS.me]: answer, [PATHS.resources]: RESOURCES });
    const result = await identify({ fetch, definition, accessToken: TOKEN });
    expect(result).toMatchObject({ ok: false, error: { code, hint: expect.any(String) as string } });
    expect(JSON.stringify(result)).not.toContain(TOKEN);
  });
});

describe('what a stranger sends', () => {
  test('is cleaned and bounded', () => {
    expect(
      parseAccount({
        account_id: 'a1',
        name: `\u202Eevil\u0000\r\n ${'x'.repeat(10_000)}`,
        email: 'no address',
        picture: 'javascript:alert(1)',
      }),
    ).toEqual({ id: 'a1', name: `evil ${'x'.repeat(194)}…`, email: null, pictureUrl: null });
  });

  test('falls back from name to e-mail to id', () => {
    expect(parseAccount({ account_id: 'a1', name: ' ', email: 'a@b' })?.name).toBe('a@b');
    expect(parseAccount({ account_id: 'a1' })?.name).toBe('a1');
    expect(parseAccount({ account_id: '' })).toBeNull();
  });

  test('merges a site that is listed once per product', () => {
    const sites = parseSites([
      { id: 'c1', name: 'acme', url: 'https://acme.atlassian.net/x?y', scopes: ['read:jira-work'] },
      { id: 'c1', name: 'acme', url: 'https://acme.atlassian.net', scopes: ['read:page:confluence'] },
      { id: 'c2', url: 'https://beta.atlassian.net' },
      { id: 'c3', name: 'odd', url: 'file:///etc', scopes: 'x' },
      { id: '../../admin', name: 'traversal' },
      { name: 'no id' },
      null,
    ]);
    expect(sites).toEqual([
      { cloudId: 'c1', name: 'acme', url: 'https://acme.atlassian.net', products: ['jira', 'confluence'] },
      { cloudId: 'c2', name: 'beta.atlassian.net', url: 'https://beta.atlassian.net', products: [] },
      { cloudId: 'c3', name: 'odd', url: '', products: [] },
    ]);
  });

  test('never throws and always fits the contract', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.array(fc.record({ id: fc.string(), name: fc.jsonValue(), url: fc.string() })),
        (value, list) => {
          const account = parseAccount(value) ?? parseAccount({ account_id: 'a', name: value });
          expect(Account.safeParse(account).success).toBe(true);
          for (const sites of [parseSites(value) ?? [], parseSites(list) ?? []])
            for (const site of sites) expect(Site.safeParse(site).success).toBe(true);
        },
      ),
    );
  });

  test.each([
    [['read:jira-work'], ['jira']],
    [['read:servicedesk-request'], ['jira']],
    [
      ['read:page:confluence', 'read:issue:jira'],
      ['jira', 'confluence'],
    ],
    [['search:confluence'], ['confluence']],
    [['read:me', 'offline_access'], []],
  ])('names the products of %j', (scopes, products) => {
    expect(productsOf(scopes)).toEqual(products);
  });
});

test('API addresses are those at which the token works', () => {
  expect(apiAddresses(definition, SITE)).toEqual({
    jiraApiUrl: `https://api.atlassian.com/ex/jira/${CLOUD}`,
    confluenceApiUrl: `https://api.atlassian.com/ex/confluence/${CLOUD}`,
  });
  expect(apiAddresses(definition, null)).toEqual({ jiraApiUrl: null, confluenceApiUrl: null });
  expect(apiAddresses(userinfo, SITE).jiraApiUrl).toBeNull();
});

describe('testing a credential', () => {
  const scopes = ['read:me', 'read:jira-user', 'read:confluence-user'];
  const jira = `/ex/jira/${CLOUD}/rest/api/3/myself`;
  const confluence = `/ex/confluence/${CLOUD}/wiki/rest/api/user/current`;
  const run = (answers: Record<string, Answer>, grantedScopes = scopes) => {
    const { fetch, asked } = serving(answers);
    return testCredential({ fetch, definition, accessToken: TOKEN, site: SITE, grantedScopes }).then(
      (results) => ({
        results,
        asked,
      }),
    );
  };

  test('tries profile and each product that the scopes allow', async () => {
    const { results } = await run({ '/me': ME, [jira]: json({}), [confluence]: json({}) });
    expect(results).toEqual([
      { check: 'Profile', ok: true, message: 'You are signed in to Atlassian Cloud as Ana.' },
      { check: 'Jira', ok: true, message: 'Jira answers for acme.' },
      { check: 'Confluence', ok: true, message: 'Confluence answers for acme.' },
    ]);
    expect((await run({ '/me': ME }, ['read:me', 'write:jira-work'])).asked).toEqual(['/me']);
  });

  test('tells a missing scope, an expired token and the network apart', async () => {
    const { results } = await run({
      '/me': text('{}', 401),
      [jira]: text(MISMATCH, 401),
      [confluence]: broken,
    });
    expect(results.map(({ ok }) => ok)).toEqual([false, false, false]);
    expect(results[0]?.message).toContain('expired');
    expect(results[1]?.message).toContain('permission');
    expect(results[2]?.message).toContain('network');
    expect(JSON.stringify(results)).not.toContain(TOKEN);
  });
});

describe('revoking', () => {
  const client = { clientId: 'id', secret: 'secret' };
  const ask = (fetch: Fetch, target = definition) =>
    revoke({ fetch, definition: target, client, token: TOKEN, kind: 'refresh_token' });

  test('is one form request that carries the token in its body', async () => {
    const sent: { url: string; body: string }[] = [];
    const outcome = await ask((url, init) => {
      sent.push({ url: String(url), body: new URLSearchParams(init?.body as URLSearchParams).toString() });
      return Promise.resolve(new Response(''));
    });
    expect(outcome).toBe('accepted');
    expect(sent).toEqual([
      {
        url: 'https://auth.atlassian.com/oauth/revoke',
        body: `token=${TOKEN}&token_type_hint=refresh_token&client_id=id&client_secret=secret`,
      },
    ]);
  });

  test('fails quietly, and is unsupported without an address', async () => {
    expect(await ask(() => Promise.reject(new Error('x')))).toBe('failed');
    expect(await ask(() => Promise.resolve(new Response('', { status: 400 })))).toBe('failed');
    const none = { ...definition, oauth2: { ...definition.oauth2, revocationUrl: undefined } };
    expect(await ask(() => Promise.reject(new Error('asked')), ProviderDefinition.parse(none))).toBe(
      'unsupported',
    );
  });
});
