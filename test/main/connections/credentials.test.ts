import { describe, expect, it } from 'vitest';
import { CREDENTIAL_FIELDS } from '../../../contract/vocabulary.ts';
import { credentialField } from '../../../main/connections/credentials.ts';
import type { Credentials } from '../../../main/exports/ports.ts';
import { acme, record } from './sample.ts';

const credentials: Credentials = {
  connection: record({ grantedScopes: ['read', 'write'] }),
  accessToken: 'the-token',
  expiresAt: Date.UTC(2026, 10, 22, 10, 30),
  jiraApiUrl: 'https://api.example/ex/jira/1',
  confluenceApiUrl: 'https://api.example/ex/confluence/1',
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
  };
  it.each(CREDENTIAL_FIELDS)('gives %s', (field) => {
    expect(credentialField(credentials, field)).toEqual({ ok: true, value: values[field] });
  });

  const bare: Credentials = {
    ...credentials,
    connection: record({ site: null, sites: [], account: { ...record().account, email: null } }),
    expiresAt: null,
    jiraApiUrl: null,
    confluenceApiUrl: null,
  };
  it.each(['site_url', 'cloud_id', 'jira_api_url', 'confluence_api_url', 'email', 'expires_at'] as const)(
    'says what lacks for %s',
    (field) => {
      expect(credentialField(bare, field)).toMatchObject({ error: { code: 'unsupported' } });
    },
  );
});
