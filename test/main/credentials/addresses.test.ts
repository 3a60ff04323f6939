import { describe, expect, it } from 'vitest';
import type { Site } from '../../../contract/connection.ts';
import { addressOn, apiAddresses, instanceOf } from '../../../main/credentials/addresses.ts';

const SITE: Site = { cloudId: 'c/1', name: 'acme', url: 'https://acme.atlassian.net/', products: [] };
const HOSTED: Site = { cloudId: null, name: 'jira', url: 'https://jira.acme.example/jira', products: [] };
const GATEWAY = 'https://api.atlassian.com/ex/jira/{cloudId}';

describe('the address of an API', () => {
  it.each<[string, Record<string, string>, string, Site | null, string | null]>([
    [
      'by cloud id, encoded',
      { default: GATEWAY },
      'default',
      SITE,
      'https://api.atlassian.com/ex/jira/c%2F1',
    ],
    [
      'at the site, by route',
      { default: GATEWAY, site: '{site}' },
      'site',
      SITE,
      'https://acme.atlassian.net',
    ],
    [
      'at the usual address where it has none for the route',
      { default: GATEWAY },
      'site',
      SITE,
      'https://api.atlassian.com/ex/jira/c%2F1',
    ],
    ['below the site', { default: '{site}/wiki' }, 'default', SITE, 'https://acme.atlassian.net/wiki'],
    ['fixed', { default: 'https://api.example/v1/' }, 'default', null, 'https://api.example/v1'],
    ['none while no site is chosen', { default: GATEWAY }, 'default', null, null],
    ['none below a site while none is chosen', { default: '{site}/wiki' }, 'default', null, null],
    ['none by cloud id of a self-hosted instance', { default: GATEWAY }, 'default', HOSTED, null],
    ['none without a route that it knows', { site: '{site}' }, 'other', SITE, null],
    ['none below an instance that nobody gave', { default: '{instance}/rest' }, 'default', null, null],
    [
      'of an instance with a context path',
      { default: 'https://jira.acme.example/jira' },
      'default',
      HOSTED,
      'https://jira.acme.example/jira',
    ],
  ])('is %s', (_, urls, route, site, url) => {
    expect(addressOn({ urls }, route, site)).toBe(url);
  });
});

describe('the addresses of a connection', () => {
  const apis = ['jira', 'confluence'].map((id) => ({
    id,
    name: id,
    urls: { default: `https://api.example/${id}/{cloudId}` },
    probes: [],
  }));
  const ids = (site: Site | null) =>
    apiAddresses({ apis }, { site, route: 'default', grant: null, method: 'api-token' }).map(({ id }) => id);

  it.each<[string, Site | null, string[]]>([
    ['all of them while it is unknown what the site has', SITE, ['jira', 'confluence']],
    ['those that the credential opens', { ...SITE, products: ['confluence'] }, ['confluence']],
    ['none of others', { ...SITE, products: ['bitbucket'] }, []],
    ['none without a site', null, []],
  ])('are %s', (_, site, expected) => {
    expect(ids(site)).toEqual(expected);
  });

  it.each<[string, string[], string[]]>([
    ['with what opens together with one', ['jira'], ['jira', 'git']],
    ['without it where that one is not open', ['confluence'], ['confluence']],
  ])('come %s', (_, products, expected) => {
    const git = { id: 'git', name: 'Git', urls: { default: '{site}/scm' }, opensWith: 'jira', probes: [] };
    const found = apiAddresses(
      { apis: [...apis, git] },
      { site: { ...SITE, products }, route: 'default', grant: null, method: 'api-token' },
    );
    expect(found.map(({ id }) => id)).toEqual(expected);
  });

  it('have the user name of the method', () => {
    const usernames = { 'api-token': 'x-api', oauth2: 'x-token' };
    const api = { id: 'git', name: 'Git', urls: { default: 'https://git.example' }, usernames, probes: [] };
    const nameFor = (method: 'api-token' | 'basic') =>
      apiAddresses({ apis: [api] }, { site: null, route: 'default', grant: null, method })[0]?.username;
    expect([nameFor('api-token'), nameFor('basic')]).toEqual(['x-api', undefined]);
  });
});

it.each<[string, Site | null, string | null]>([
  ['a self-hosted product is its address', HOSTED, HOSTED.url],
  ['a cloud site is none', SITE, null],
  ['nothing is none', null, null],
  ['an unknown address is none', { ...HOSTED, url: '' }, null],
])('the instance of %s', (_, site, instance) => {
  expect(instanceOf({ site })).toBe(instance);
});
