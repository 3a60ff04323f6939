import { describe, expect, test } from 'vitest';
import { howToObtain, type Reconnectable } from '../../../main/atlassian/obtain-scopes.ts';
import { MAX_REQUESTS, planProbes, scopesTriedBy } from '../../../main/atlassian/plan-probes.ts';
import { realScopes, type Evidence } from '../../../main/atlassian/real-scopes.ts';
import { BUNDLED_DEFINITIONS } from '../../../main/providers/bundled.ts';
import type { ProviderDefinition } from '../../../main/providers/definition.ts';

const found = BUNDLED_DEFINITIONS.find(({ id }) => id === 'atlassian');
if (!found) throw new Error('not bundled');
const definition: ProviderDefinition = found;
const site = { cloudId: 'c1', name: 'acme', url: 'https://acme.atlassian.net', products: [] };

const plan = (
  known: string[] | null,
  change: Partial<Parameters<typeof planProbes>[0]['connection']> = {},
): string[] =>
  planProbes({
    definition,
    known,
    connection: { site, route: 'default', method: 'oauth2', grant: 'authorization-code', ...change },
  }).map(({ label }) => label);

describe('what is asked', () => {
  test.each<[string, string[] | null, object, string[]]>([
    [
      'of a grant: what it should open',
      ['read:me', 'read:jira-work'],
      {},
      ['Profile', 'Site', 'Jira: Projects'],
    ],
    ['without read:me', ['read:jira-user'], {}, ['Site', 'Jira: Account']],
    [
      'with all granular scopes of a call',
      ['read:board-scope:jira-software', 'read:project:jira'],
      {},
      ['Site', 'Jira: Boards'],
    ],
    ['with some of them', ['read:board-scope:jira-software'], {}, ['Site']],
    ['with write scopes only: nothing is ever written', ['write:jira-work'], {}, ['Site']],
    [
      'of classic scopes: the old API',
      ['read:confluence-content.all'],
      {},
      ['Site', 'Confluence: Pages by the old API'],
    ],
    ['while no site is selected', ['read:jira-work'], { site: null }, ['Site']],
    [
      'of a product that the credential does not open',
      ['read:jira-work', 'read:page:confluence'],
      { site: { ...site, products: ['confluence'] }, method: 'access-token', grant: null },
      ['Site', 'Confluence: Pages'],
    ],
  ])('%s', (_, known, change, labels) => {
    expect(plan(known, change)).toEqual(labels);
  });

  test('of a token whose scopes nobody tells: everything, in turn, up to a limit', () => {
    const labels = plan(null, { method: 'api-token', route: 'site' });
    expect(labels).toHaveLength(MAX_REQUESTS);
    expect(labels.slice(0, 4)).toEqual([
      'Jira: Account',
      'Confluence: Account',
      'Jira: Projects',
      'Confluence: Spaces',
    ]);
    expect(labels.join()).not.toContain('old API');
  });

  test('of an API that has no probes: who it is', () => {
    const [jira] = definition.apis;
    if (!jira) throw new Error('no API');
    const plain: ProviderDefinition = {
      ...definition,
      identity: { kind: 'apis' },
      apis: [{ ...jira, probes: [], urls: { default: 'https://api.example' } }],
    };
    const connection = { site: null, route: 'default', method: 'api-key' as const, grant: null };
    for (const known of [null, ['anything']])
      expect(planProbes({ definition: plain, connection, known })).toMatchObject([
        {
          label: 'Jira',
          url: 'https://api.example/rest/api/3/myself',
          whoAmI: { id: 'accountId' },
          first: true,
        },
      ]);
  });

  test('every probe of a bundled definition has scopes, and a path of its own', () => {
    for (const { apis } of BUNDLED_DEFINITIONS)
      for (const { probes } of apis) {
        expect(new Set(probes.map(({ path }) => path)).size).toBe(probes.length);
        for (const { scopes, granular } of probes) expect(scopes.length + granular.length).toBeGreaterThan(0);
      }
  });
});

test.each<[string[] | null, string[]]>([
  [null, ['a']],
  [['b'], ['b']],
  [
    ['a', 'b'],
    ['a', 'b'],
  ],
  [
    ['g', 'h'],
    ['g', 'h'],
  ],
  [['g'], ['a']],
])('a call is about the scopes that the credential has: %j → %j', (known, scopes) => {
  const probe = {
    name: 'n',
    path: '/p',
    scopes: ['a', 'b'],
    granular: ['g', 'h'],
    absent: false,
    successors: [],
  };
  expect(scopesTriedBy(probe, known)).toEqual(scopes);
});

describe('the scopes that a credential has', () => {
  const apis = [{ id: 'jira', scopePattern: 'jira' }];
  const base: Evidence = {
    connection: { requestedScopes: [], grantedScopes: [], renewal: 'none' },
    apis,
    listed: null,
    tried: [],
  };
  const granted = { requestedScopes: ['read:jira-work', 'x'], grantedScopes: ['read:jira-work'] };
  test.each<[string, Partial<Evidence>, string, boolean | null, string | null]>([
    ['granted', { connection: { ...granted, renewal: 'none' } }, 'read:jira-work', true, 'granted'],
    ['requested, not granted', { connection: { ...granted, renewal: 'none' } }, 'x', false, 'granted'],
    [
      'a provider that lists none',
      { connection: { requestedScopes: ['x'], grantedScopes: [], renewal: 'none' } },
      'x',
      null,
      null,
    ],
    [
      'granted, but refused',
      { connection: { ...granted, renewal: 'none' }, tried: [{ scopes: ['read:jira-work'], opened: false }] },
      'read:jira-work',
      false,
      'tried',
    ],
    [
      'nobody told, but it works',
      { tried: [{ scopes: ['read:jira-work'], opened: true }] },
      'read:jira-work',
      true,
      'tried',
    ],
    ['listed now', { listed: ['read:jira-user'] }, 'read:jira-user', true, 'granted'],
    [
      'granted once, not listed now',
      { connection: { ...granted, renewal: 'none' }, listed: ['read:jira-user'] },
      'read:jira-work',
      null,
      null,
    ],
    [
      'staying connected, which no provider lists',
      { connection: { requestedScopes: ['offline_access'], grantedScopes: ['x'], renewal: 'refresh-token' } },
      'offline_access',
      true,
      'granted',
    ],
  ])('%s', (_, change, scope, has, how) => {
    const truth = realScopes({ ...base, ...change }).find((line) => line.scope === scope);
    expect(truth).toEqual({ scope, api: scope.includes('jira') ? 'jira' : null, has, how });
  });
});

describe('how to get a scope', () => {
  const connection: Reconnectable = {
    id: '11111111-1111-4111-8111-111111111111' as Reconnectable['id'],
    name: 'acme',
    method: 'oauth2',
    grant: 'authorization-code',
    requestedScopes: ['offline_access', 'read:jira-work'],
  };
  const how = (change: Partial<Reconnectable>, scopes = ['read:page:confluence']) =>
    howToObtain({ ...connection, ...change }, definition, scopes);

  test('by a new consent: what the registration needs, and the exact command', () => {
    expect(how({}, ['read:page:confluence', 'read:jira-user', 'read:me'])).toBe(
      'Allow read:page:confluence under “Confluence API › Granular scopes” and read:jira-user under “Jira API › Classic scopes” and read:me under “User identity API” in the OAuth client’s registration (https://developer.atlassian.com/console/myapps/). ' +
        'Then run `tokentray reconnect "acme" --scopes "offline_access read:jira-work read:page:confluence read:jira-user read:me"`.',
    );
  });

  test.each<[string, Partial<Reconnectable>, RegExp]>([
    [
      'a service account',
      { grant: 'client-credentials' },
      /chosen when its credential is created.*with read:page/,
    ],
    [
      'an API token',
      { method: 'api-token', grant: null },
      /another API token with read:page:confluence at https:\/\/id\.atlassian\.com/,
    ],
    [
      'a brought token',
      { method: 'access-token', grant: null },
      /another access token with read:page:confluence, then run/,
    ],
    [
      'a name that a shell would read',
      { name: 'a"$(x)' },
      /reconnect 11111111-1111-4111-8111-111111111111 --scopes/,
    ],
    ['a name that looks like an option', { name: '-x' }, /reconnect 11111111/],
  ])('for %s', (_, change, text) => {
    expect(how(change)).toMatch(text);
  });
});
