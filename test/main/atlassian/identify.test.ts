import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { Account, Site } from '../../../contract/connection.ts';
import { accountFrom, parseSites } from '../../../main/atlassian/accounts.ts';
import { identify } from '../../../main/atlassian/identify.ts';
import { productsOf } from '../../../main/atlassian/products.ts';
import { apiAddresses } from '../../../main/credentials/addresses.ts';
import { BEARER, headerOf } from '../../../main/credentials/sent.ts';
import type { Fetch } from '../../../main/lib/bounded-fetch.ts';
import { systemClock, type Clock } from '../../../main/lib/clock.ts';
import { revoke } from '../../../main/oauth/revoke.ts';
import atlassian from '../../../main/providers/bundled/atlassian.json' with { type: 'json' };
import { ProviderDefinition } from '../../../main/providers/definition.ts';
import { oauth2In } from '../../fakes/oauth2.ts';

const TOKEN = 'canary-access-token';
const definition = ProviderDefinition.parse(atlassian);
const header = headerOf(BEARER, TOKEN);
const scopes = ['read:me', 'read:jira-work'];
const userinfo: ProviderDefinition = {
  ...definition,
  identity: { kind: 'userinfo', userinfoUrl: 'https://id.example/me' },
};
const CLOUD = 'c1d2-e3';
const SITE: Site = { cloudId: CLOUD, name: 'acme', url: 'https://acme.atlassian.net', products: ['jira'] };
const MISMATCH = '{"code":401,"message":"Unauthorized; scope does not match"}';

/** Lets no time pass for real. */
const waited: number[] = [];
const clock: Clock = {
  now: () => 0,
  monotonicMs: () => waited.reduce((sum, ms) => sum + ms, 0),
  setTimeout: (callback, delayMs) => {
    waited.push(delayMs);
    return systemClock.setTimeout(callback, 0);
  },
};
beforeEach(() => {
  waited.length = 0;
});

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
    expect(await identify({ fetch, clock, definition, header, scopes })).toEqual({
      ok: true,
      value: {
        account: { id: 'a1', name: 'Ana', email: 'ana@acme.example', pictureUrl: 'https://x.example/p.png' },
        sites: [SITE],
      },
    });
  });

  test('asks a userinfo endpoint alone where the definition says so', async () => {
    const { fetch, asked } = serving({ '/me': json({ sub: 'u1', preferred_username: 'ana' }) });
    expect(await identify({ fetch, clock, definition: userinfo, header, scopes })).toEqual({
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
    expect((await identify({ fetch, clock, definition, header, scopes })).ok).toBe(true);
  });

  const busy =
    (headers: Record<string, string>): Answer =>
    () =>
      new Response('', { status: 429, headers });

  test('waits as long as the service asks, and keeps asking for a while', async () => {
    const { fetch, asked } = serving({
      [PATHS.me]: [busy({ 'retry-after': '3' }), busy({}), ME],
      [PATHS.resources]: RESOURCES,
    });
    expect((await identify({ fetch, clock, definition, header, scopes })).ok).toBe(true);
    expect(waited).toEqual([3000, 1000]);
    expect(asked.filter((path) => path === PATHS.me)).toHaveLength(3);
  });

  test('does not wait longer than the sign-in may take', async () => {
    const { fetch, asked } = serving({
      [PATHS.me]: busy({ 'retry-after': '600' }),
      [PATHS.resources]: RESOURCES,
    });
    expect(await identify({ fetch, clock, definition, header, scopes })).toMatchObject({
      error: { code: 'temporary' },
    });
    expect(waited).toEqual([]);
    expect(asked.filter((path) => path === PATHS.me)).toHaveLength(1);
  });

  test('bears a fault of some seconds, at APIs that say who it is too', async () => {
    const troubled: Answer[] = [broken, text('', 503), broken];
    const cloud = serving({ [PATHS.me]: [...troubled, ME], [PATHS.resources]: RESOURCES });
    expect((await identify({ ...cloud, clock, definition, header, scopes })).ok).toBe(true);
    const hosted: ProviderDefinition = {
      ...definition,
      identity: { kind: 'apis' },
      apis: [{ ...definition.apis[0]!, urls: { default: 'https://id.example' } }],
    };
    const products = serving({
      '/rest/api/3/myself': [...troubled, json({ accountId: 'a1', displayName: 'Ana' })],
    });
    expect(await identify({ ...products, clock, definition: hosted, header, scopes })).toMatchObject({
      value: { account: { id: 'a1' } },
    });
    expect(waited).toEqual([1000, 3000, 1000, 3000]);
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
    const result = await identify({ fetch, clock, definition, header, scopes });
    expect(result).toMatchObject({ ok: false, error: { code, hint: expect.any(String) as string } });
    expect(JSON.stringify(result)).not.toContain(TOKEN);
  });
});

describe('what a stranger sends', () => {
  test('is cleaned and bounded', () => {
    expect(
      accountFrom({
        account_id: 'a1',
        name: `\u202Eevil\u0000\r\n ${'x'.repeat(10_000)}`,
        email: 'no address',
        picture: 'javascript:alert(1)',
      }),
    ).toEqual({ id: 'a1', name: `evil ${'x'.repeat(194)}…`, email: null, pictureUrl: null });
  });

  test('falls back from name to e-mail to id', () => {
    expect(accountFrom({ account_id: 'a1', name: ' ', email: 'a@b' })?.name).toBe('a@b');
    expect(accountFrom({ account_id: 'a1' })?.name).toBe('a1');
    expect(accountFrom({ account_id: '' })).toBeNull();
  });

  test('merges a site that is listed once per product', () => {
    const sites = parseSites(
      [
        { id: 'c1', name: 'acme', url: 'https://acme.atlassian.net/x?y', scopes: ['read:jira-work'] },
        { id: 'c1', name: 'acme', url: 'https://acme.atlassian.net', scopes: ['read:page:confluence'] },
        { id: 'c2', url: 'https://beta.atlassian.net' },
        { id: 'c3', name: 'odd', url: 'file:///etc', scopes: 'x' },
        { id: '../../admin', name: 'traversal' },
        { name: 'no id' },
        null,
      ],
      definition.apis,
    );
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
          const account = accountFrom(value) ?? accountFrom({ account_id: 'a', name: value });
          expect(Account.safeParse(account).success).toBe(true);
          for (const sites of [
            parseSites(value, definition.apis) ?? [],
            parseSites(list, definition.apis) ?? [],
          ])
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
    expect(productsOf(scopes, definition.apis)).toEqual(products);
  });
});

test('API addresses are those at which the token works', () => {
  const both = { ...SITE, products: [] };
  const oauth = { route: 'default', grant: 'authorization-code', method: 'oauth2' } as const;
  expect(apiAddresses(definition, { site: both, ...oauth })).toEqual([
    { id: 'jira', name: 'Jira', url: `https://api.atlassian.com/ex/jira/${CLOUD}` },
    { id: 'confluence', name: 'Confluence', url: `https://api.atlassian.com/ex/confluence/${CLOUD}` },
  ]);
  expect(apiAddresses(definition, { site: null, ...oauth })).toEqual([]);
});

describe('revoking', () => {
  const client = { clientId: 'id', secret: 'secret' };
  const ask = (fetch: Fetch, settings = oauth2In(definition)) =>
    revoke({ fetch, settings, client, token: TOKEN, kind: 'refresh_token' });

  test('is one form request that carries the token in its body', async () => {
    const sent: { url: string; body: string }[] = [];
    const outcome = await ask((url, init) => {
      sent.push({ url: String(url), body: new URLSearchParams(init?.body).toString() });
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
    const { revocationUrl: _, ...none } = oauth2In(definition);
    expect(await ask(() => Promise.reject(new Error('asked')), none)).toBe('unsupported');
  });
});
