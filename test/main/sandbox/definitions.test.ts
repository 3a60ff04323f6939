import { describe, expect, test } from 'vitest';
import { BUNDLED_DEFINITIONS } from '../../../main/providers/bundled.ts';
import { talksTo } from '../../../main/providers/called-addresses.ts';
import { ProviderDefinition } from '../../../main/providers/definition.ts';
import { onInstance } from '../../../main/providers/instance.ts';
import { oauth2Of } from '../../../main/providers/methods.ts';
import { sandboxDefinitions, type Played } from '../../../main/sandbox/definitions.ts';

const URL = 'http://127.0.0.1:4000';
const ATLASSIAN = { 'auth.atlassian.com': '', 'mcp.atlassian.com': '/mcp.atlassian.com' };
const PLAYED: Record<string, Played> = {
  'jira-data-center': { instance: '/jira', client: { clientId: 'dc', clientSecret: 'dc-secret' } },
  bitbucket: {
    hosts: { 'bitbucket.org': '/bitbucket.org', 'api.bitbucket.org': '/api.bitbucket.org' },
    client: { clientId: 'bb', clientSecret: 'bb-secret' },
  },
  opsgenie: { hosts: {}, instance: '/api.opsgenie.com' },
  'atlassian-mcp': { hosts: ATLASSIAN },
};

describe('definitions on the sandbox', () => {
  const found = sandboxDefinitions(URL, { played: PLAYED, redirectUri: 'http://127.0.0.1:9/callback' });
  const byId = (id: string) => {
    const definition = found.find((each) => each.id === id);
    if (!definition) throw new Error(id);
    return onInstance(definition, null);
  };

  test('are those that it plays, and valid', () => {
    expect(found.map(({ id }) => id)).toEqual([
      'atlassian',
      'jira-data-center',
      'bitbucket',
      'opsgenie',
      'atlassian-mcp',
      'example',
    ]);
    for (const definition of found) expect(ProviderDefinition.parse(definition)).toBeTruthy();
  });

  test('call nothing but the sandbox', () => {
    for (const { id } of found)
      expect(
        talksTo(byId(id)).filter((origin) => !origin.endsWith('://127.0.0.1:4000') && origin !== '{site}'),
        id,
      ).toEqual([]);
  });

  test('keep paths, and ship the client of the sandbox', () => {
    expect(oauth2Of(byId('bitbucket'))).toMatchObject({
      tokenUrl: `${URL}/bitbucket.org/site/oauth2/access_token`,
      client: { clientId: 'bb', clientSecret: 'bb-secret', redirectUri: 'http://127.0.0.1:9/callback' },
    });
    expect(oauth2Of(byId('jira-data-center'))?.tokenUrl).toBe(`${URL}/jira/rest/oauth2/latest/token`);
    expect(byId('opsgenie').apis[0]?.urls).toEqual({ default: `${URL}/api.opsgenie.com` });
    expect(oauth2Of(byId('atlassian-mcp'))).toMatchObject({
      resource: `${URL}/mcp.atlassian.com/v2/mcp`,
      issuerAliases: [URL],
      trustedHosts: ['127.0.0.1:4000'],
    });
  });

  test('with a host that it does not play are a fault, not a way out', () => {
    expect(() =>
      sandboxDefinitions(URL, { played: { bitbucket: { hosts: { 'bitbucket.org': '/b' } } } }),
    ).toThrow(/api\.bitbucket\.org/);
    expect(() => sandboxDefinitions(URL, { played: { 'jira-data-center': {} } })).toThrow(/instance/);
  });
});

test('a definition says where it sends credentials', () => {
  const origins = (id: string) => {
    const definition = BUNDLED_DEFINITIONS.find((each) => each.id === id);
    return definition ? talksTo(definition) : [];
  };
  expect(origins('trello')).toEqual(['https://api.trello.com', 'https://auth.atlassian.com']);
  expect(origins('jira-data-center')).toEqual(['{instance}']);
  expect(origins('gitlab')).toEqual(['https://gitlab.com', '{instance}']);
  expect(origins('atlassian')).toEqual(['https://api.atlassian.com', 'https://auth.atlassian.com', '{site}']);
  expect(origins('atlassian-mcp')).toEqual(['https://auth.atlassian.com', 'https://mcp.atlassian.com']);
});
