import { describe, expect, it } from 'vitest';
import { CREDENTIAL_FIELDS } from '../../../contract/vocabulary.ts';
import { access, credentialField, type Credentials } from '../../../main/credentials/access.ts';
import { BEARER, headerOf, type Sent } from '../../../main/credentials/sent.ts';
import { acme, record } from '../connections/sample.ts';

const JIRA = { id: 'jira', name: 'Jira', url: 'https://api.example/ex/jira/1' };
const CONFLUENCE = { id: 'confluence', name: 'Confluence', url: 'https://api.example/ex/confluence/1' };

const GIT = {
  id: 'git',
  name: 'Git',
  url: 'https://git.example',
  opensWith: 'jira',
  username: 'x-token',
};

const credentials: Credentials = {
  connection: record({ grantedScopes: ['read', 'write'] }),
  accessToken: 'the-token',
  expiresAt: Date.UTC(2026, 10, 22, 10, 30),
  header: headerOf(BEARER, 'the-token'),
  apis: [JIRA, CONFLUENCE],
};

describe('credentialField', () => {
  const values = {
    access_token: 'the-token',
    authorization: 'Bearer the-token',
    site_url: acme.url,
    cloud_id: acme.cloudId,
    jira_api_url: 'https://api.example/ex/jira/1',
    confluence_api_url: 'https://api.example/ex/confluence/1',
    email: 'ana@acme.example',
    account_id: 'ana',
    expires_at: '2026-11-22T10:30:00.000Z',
    scopes: 'read write',
    username: 'ana@acme.example',
    api_url: JIRA.url,
  };
  it.each(CREDENTIAL_FIELDS)('gives %s', (field) => {
    const sent: Sent = field === 'username' ? { as: 'basic', username: 'ana@acme.example' } : BEARER;
    const given = { ...credentials, connection: { ...credentials.connection, sent } };
    expect(credentialField(given, field, 'jira')).toEqual({ ok: true, value: values[field] });
  });

  it.each([
    ['authorization', headerOf({ as: 'basic', username: 'x-token' }, 'the-token').value],
    ['username', 'x-token'],
    ['api_url', GIT.url],
  ] as const)('gives %s of the API that is named', (field, value) => {
    const given = { ...credentials, apis: [JIRA, GIT] };
    expect(credentialField(given, field, 'git')).toEqual({ ok: true, value });
  });

  const bare: Credentials = {
    ...credentials,
    connection: record({ site: null, sites: [], account: { ...record().account, email: null } }),
    expiresAt: null,
    apis: [],
  };
  it.each([
    'site_url',
    'cloud_id',
    'jira_api_url',
    'confluence_api_url',
    'api_url',
    'email',
    'username',
    'expires_at',
  ] as const)('says what lacks for %s', (field) => {
    expect(credentialField(bare, field)).toMatchObject({ error: { code: 'unsupported' } });
  });
});

describe('access', () => {
  it.each<[string, Credentials['apis'], string | undefined, object]>([
    ['the only API', [JIRA], undefined, { value: { url: JIRA.url, header: credentials.header } }],
    ['the one that is named', [JIRA, CONFLUENCE], 'confluence', { value: { url: CONFLUENCE.url } }],
    [
      'nothing while several could be meant',
      [JIRA, CONFLUENCE],
      undefined,
      { error: { code: 'ambiguous', hint: 'Name one of them: jira, confluence.' } },
    ],
    [
      'nothing that it does not open',
      [JIRA],
      'confluence',
      { error: { code: 'unsupported', hint: 'It opens: jira.' } },
    ],
    ['nothing where there is no API', [], undefined, { error: { code: 'unsupported' } }],
    ['the one that others open with', [JIRA, GIT], undefined, { value: { url: JIRA.url } }],
    [
      'the secret as a password where that is how it is taken',
      [JIRA, GIT],
      'git',
      { value: { url: GIT.url, header: headerOf({ as: 'basic', username: 'x-token' }, 'the-token') } },
    ],
  ])('gives %s', (_, apis, api, expected) => {
    expect(access({ ...credentials, apis }, api)).toMatchObject(expected);
  });
});

it('the authorization of a credential in another header is refused with the header’s name', () => {
  const header = headerOf({ as: 'header', name: 'X-Api-Key', prefix: '' }, 'the-token');
  const refused = credentialField({ ...credentials, header }, 'authorization');
  expect(refused).toMatchObject({
    error: { code: 'unsupported', hint: 'Send its token in the header x-api-key.' },
  });
  expect(JSON.stringify(refused)).not.toContain('the-token');
});
