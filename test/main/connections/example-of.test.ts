import { describe, expect, test } from 'vitest';
import { exampleRequest, sentUse } from '../../../main/connections/example-of.ts';
import { BUNDLED_DEFINITIONS } from '../../../main/providers/bundled.ts';
import type { ProviderDefinition } from '../../../main/providers/definition.ts';

type Connection = Parameters<typeof exampleRequest>[1];

const CONNECTION: Connection = {
  site: { cloudId: 'c1', name: 'acme', url: 'https://acme.atlassian.net', products: [] },
  route: 'default',
  method: 'oauth2',
  grant: 'authorization-code',
  grantedScopes: [],
  sent: { as: 'bearer' },
};

function definition(id: string): ProviderDefinition {
  const found = BUNDLED_DEFINITIONS.find((one) => one.id === id);
  if (!found) throw new Error(`${id} is not bundled`);
  return found;
}

const request = (id: string, change: Partial<Connection> = {}) =>
  exampleRequest(definition(id), { ...CONNECTION, ...change });

const SECRET = { method: 'api-token', grant: null, site: null } as const;

describe('a first request', () => {
  test('asks the first API who it is', () => {
    expect(request('atlassian', { grantedScopes: ['read:me', 'read:jira-user'] })).toEqual({
      api: { id: 'jira', name: 'Jira' },
      method: 'GET',
      path: '/rest/api/3/myself',
      headers: {},
      body: null,
    });
    expect(request('github', SECRET)).toMatchObject({ api: { id: 'github' }, path: '/user' });
  });

  test('goes to an API that the scopes open', () => {
    expect(request('atlassian', { grantedScopes: ['read:page:confluence'] })).toMatchObject({
      api: { id: 'confluence' },
      path: expect.stringMatching(/^\/wiki\//) as string,
    });
  });

  test('has the body and the headers that the service wants', () => {
    expect(request('linear', SECRET)).toMatchObject({
      method: 'POST',
      path: '/graphql',
      headers: { 'Content-Type': 'application/json' },
      body: '{"query":"{ viewer { id name email } }"}',
    });
  });

  test('of a provider without APIs asks the provider itself, if that can be asked', () => {
    const bare = { ...definition('atlassian'), apis: [] };
    expect(exampleRequest(bare, CONNECTION)).toMatchObject({
      api: null,
      path: expect.stringMatching(/^https:\/\/api\.atlassian\.com\//) as string,
    });
    expect(exampleRequest({ ...bare, identity: { kind: 'none' } }, CONNECTION)).toBeNull();
  });

  test('of an API of which nothing is known goes to its address', () => {
    const [api] = definition('github').apis;
    const known = { ...definition('github'), apis: [{ ...api!, whoAmI: undefined, probes: [] }] };
    expect(exampleRequest(known, { ...CONNECTION, ...SECRET })).toMatchObject({
      api: { id: 'github' },
      path: '/',
    });
  });
});

describe('how it is sent', () => {
  test.each<[string, Connection['sent'], object]>([
    ['Bearer', { as: 'bearer' }, { header: 'Authorization', field: 'authorization', also: [] }],
    ['Basic', { as: 'basic', username: 'ana' }, { header: 'Authorization', field: 'authorization' }],
    [
      'a header of its own',
      { as: 'header', name: 'X-API-Key', prefix: 'Key ' },
      { header: 'X-API-Key', prefix: 'Key ', field: 'access_token', also: [] },
    ],
    [
      'Authorization with a scheme of its own',
      { as: 'header', name: 'Authorization', prefix: 'GenieKey ' },
      { header: 'Authorization', prefix: '', field: 'authorization' },
    ],
    [
      'several headers',
      { as: 'header', name: 'DD-API-KEY', prefix: '', also: [{ name: 'DD-APPLICATION-KEY', prefix: '' }] },
      { also: ['DD-APPLICATION-KEY'] },
    ],
  ])('%s', (_, sent, expected) => {
    expect(sentUse(definition('github'), { ...CONNECTION, sent }, 'github')).toMatchObject(expected);
  });

  test('with a user name to an API that wants one, whatever others take', () => {
    const bitbucket = definition('bitbucket');
    const api = bitbucket.apis.find(({ usernames }) => usernames?.oauth2 !== undefined);
    const connection = { ...CONNECTION, sent: { as: 'header', name: 'X-Key', prefix: '' } as const };
    expect(sentUse(bitbucket, connection, api?.id)).toMatchObject({ field: 'authorization' });
  });
});
