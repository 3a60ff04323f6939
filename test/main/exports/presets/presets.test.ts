import { describe, expect, it } from 'vitest';
import type { Credentials } from '../../../../main/credentials/access.ts';
import { PRESETS } from '../../../../main/exports/render.ts';
import type { PresetName } from '../../../../contract/export.ts';
import { CLOUD_ID, connection, credentials } from '../sample.ts';

const values = (preset: PresetName, given: Credentials): Record<string, string> => {
  const variables = PRESETS[preset].map(given);
  if (!variables.ok) throw new Error(variables.error.message);
  return Object.fromEntries(variables.value.map(({ name, value }) => [name, value]));
};

describe('the atlassian preset', () => {
  it('gives the token, the site and the addresses at which the token works', () => {
    expect(values('atlassian', credentials())).toEqual({
      ATLASSIAN_ACCESS_TOKEN: 'token-1',
      ATLASSIAN_CLOUD_ID: CLOUD_ID,
      ATLASSIAN_SITE_URL: 'https://acme.atlassian.net',
      ATLASSIAN_JIRA_API_URL: `https://api.atlassian.com/ex/jira/${CLOUD_ID}`,
      ATLASSIAN_CONFLUENCE_API_URL: `https://api.atlassian.com/ex/confluence/${CLOUD_ID}/wiki`,
      ATLASSIAN_ACCOUNT_EMAIL: 'ana@acme.example',
      ATLASSIAN_TOKEN_EXPIRES_AT: '2026-11-22T10:30:00.000Z',
    });
  });

  it('leaves out what the connection has no value for', () => {
    const account = { ...connection().account, email: null };
    const given = credentials({ connection: connection({ account }), expiresAt: null });
    const names = Object.keys(values('atlassian', given));
    expect(names).not.toContain('ATLASSIAN_ACCOUNT_EMAIL');
    expect(names).not.toContain('ATLASSIAN_TOKEN_EXPIRES_AT');
  });
});

describe('the mcp-atlassian preset', () => {
  it('gives the site for Jira, its wiki for Confluence, and the brought token', () => {
    expect(values('mcp-atlassian', credentials())).toEqual({
      JIRA_URL: 'https://acme.atlassian.net',
      CONFLUENCE_URL: 'https://acme.atlassian.net/wiki',
      ATLASSIAN_OAUTH_CLOUD_ID: CLOUD_ID,
      ATLASSIAN_OAUTH_ACCESS_TOKEN: 'token-1',
    });
  });

  it.each(['https://jira.acme.example', 'http://127.0.0.1:4000', 'https://atlassian.net.evil.example'])(
    'gives the addresses at which the token works for a site the tool takes for Data Center: %s',
    (url) => {
      const site = { cloudId: 'c', name: 'acme', url, products: [] };
      const given = credentials({
        connection: connection({ site }),
        apis: [
          { id: 'jira', name: 'Jira', url: 'http://127.0.0.1:4000/ex/jira/c' },
          { id: 'confluence', name: 'Confluence', url: 'http://127.0.0.1:4000/ex/confluence/c' },
        ],
      });
      expect(values('mcp-atlassian', given)).toMatchObject({
        JIRA_URL: 'http://127.0.0.1:4000/ex/jira/c',
        CONFLUENCE_URL: 'http://127.0.0.1:4000/ex/confluence/c/wiki',
      });
    },
  );

  // It would send the token to the real gateway by itself.
  it('gives the addresses at which the token works where that is not Atlassian’s gateway', () => {
    const given = credentials({
      apis: [{ id: 'jira', name: 'Jira', url: 'http://127.0.0.1:4000/ex/jira/c' }],
    });
    expect(values('mcp-atlassian', given)['JIRA_URL']).toBe('http://127.0.0.1:4000/ex/jira/c');
  });

  it('leaves out a product that the grant does not cover', () => {
    const site = {
      cloudId: 'c',
      name: 'acme',
      url: 'https://acme.atlassian.net/',
      products: ['jira' as const],
    };
    const given = values('mcp-atlassian', credentials({ connection: connection({ site }) }));
    expect(given['JIRA_URL']).toBe('https://acme.atlassian.net');
    expect(given).not.toHaveProperty('CONFLUENCE_URL');
  });
});

describe.each(['atlassian', 'mcp-atlassian'] as const)('every preset: %s', (name) => {
  const preset = PRESETS[name];

  it('marks the token and nothing else as secret', () => {
    const variables = preset.map(credentials());
    if (!variables.ok) throw new Error('refused');
    expect(variables.value.filter(({ secret }) => secret).map(({ value }) => value)).toEqual(['token-1']);
  });

  it('lists the names it writes', () => {
    expect(Object.keys(values(name, credentials()))).toEqual(preset.variables);
  });

  it.each([
    ['api-token', { as: 'basic', username: 'ana@acme.example' }],
    ['personal-access-token', { as: 'bearer' }],
  ] as const)('refuses %s connections with the reason', (method, sent) => {
    const result = preset.map(credentials({ connection: connection({ method, sent }) }));
    expect(result).toMatchObject({ ok: false, error: { code: 'unsupported' } });
    expect(JSON.stringify(result)).toContain('tokentray get --field authorization');
    expect(JSON.stringify(result)).not.toContain('token-1');
  });

  it('serves a token brought from elsewhere', () => {
    expect(preset.map(credentials({ connection: connection({ method: 'access-token' }) })).ok).toBe(true);
  });

  it('refuses a connection without a site and says which there are', () => {
    const result = preset.map(credentials({ connection: connection({ site: null }) }));
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'unsupported', hint: 'Choose its site: acme.' },
    });
  });

  it.each([
    [
      'another service',
      { site: null, sites: [] },
      [{ id: 'trello', name: 'Trello', url: 'https://api.trello.com' }],
    ],
    [
      'a self-hosted product',
      { site: { ...connection().site!, cloudId: null } },
      [{ id: 'jira', name: 'Jira', url: 'https://jira.example' }],
    ],
  ])('refuses %s as what it is', (_, change, apis) => {
    expect(preset.map(credentials({ connection: connection(change), apis }))).toMatchObject({
      error: { code: 'unsupported', message: expect.stringContaining('is not connected to them') as string },
    });
  });

  it('refuses a connection that covers no site', () => {
    const result = preset.map(credentials({ connection: connection({ site: null, sites: [] }) }));
    expect(result).toMatchObject({ error: { hint: 'Reconnect it and grant access to a site.' } });
  });
});
