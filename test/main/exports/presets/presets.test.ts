import { describe, expect, it } from 'vitest';
import type { SignInMethod } from '../../../../contract/connection.ts';
import { ProviderId } from '../../../../contract/ids.ts';
import { PRESET_NAMES, type BundledPreset } from '../../../../contract/vocabulary.ts';
import type { Credentials } from '../../../../main/credentials/access.ts';
import { BEARER, headerOf, type Sent } from '../../../../main/credentials/sent.ts';
import { BUNDLED_PRESETS } from '../../../../main/exports/presets/bundled.ts';
import { variablesOf } from '../../../../main/exports/presets/choose-variant.ts';
import { writtenBy } from '../../../../main/exports/presets/preset.ts';
import { CLOUD_ID, connection, credentials } from '../sample.ts';

const USER: Sent = { as: 'basic', username: 'ana@acme.example' };
const GATEWAY = `https://api.atlassian.com/ex`;
const SITE = 'https://acme.atlassian.net';

interface Shape {
  provider?: string;
  method: SignInMethod;
  sent: Sent;
  /** Of a server of one's own; null: the Cloud site; undefined: neither. */
  instance?: string | null;
  apis: Record<string, string>;
}

function of({ provider = 'atlassian', method, sent, instance, apis }: Shape): Credentials {
  const cloud = connection().site;
  const site =
    instance === null
      ? cloud
      : instance === undefined
        ? null
        : { cloudId: null, name: 'own', url: instance, products: [] };
  return credentials({
    connection: connection({
      provider: ProviderId.parse(provider),
      method,
      sent,
      site,
      sites: site ? [site] : [],
    }),
    header: headerOf(sent, 'token-1'),
    apis: Object.entries(apis).map(([id, url]) => ({ id, name: id, url })),
  });
}

/** Every kind of connection that some preset serves. */
const CONNECTIONS = {
  oauth: of({
    ...{ method: 'oauth2', sent: BEARER, instance: null },
    apis: { jira: `${GATEWAY}/jira/${CLOUD_ID}`, confluence: `${GATEWAY}/confluence/${CLOUD_ID}` },
  }),
  'API token': of({
    ...{ method: 'api-token', sent: USER, instance: null },
    apis: { jira: SITE, confluence: SITE },
  }),
  'API token with scopes': of({
    ...{ method: 'api-token', sent: USER, instance: null },
    apis: { jira: `${GATEWAY}/jira/${CLOUD_ID}` },
  }),
  'Jira server, token': of({
    ...{ provider: 'jira-data-center', method: 'personal-access-token', sent: BEARER },
    ...{ instance: 'https://jira.acme.example', apis: { jira: 'https://jira.acme.example' } },
  }),
  'Confluence server, password': of({
    ...{ provider: 'confluence-data-center', method: 'basic', sent: { as: 'basic', username: 'ana' } },
    ...{ instance: 'https://acme.example/wiki', apis: { confluence: 'https://acme.example/wiki' } },
  }),
  'Confluence server, token': of({
    ...{ provider: 'confluence-data-center', method: 'personal-access-token', sent: BEARER },
    ...{ instance: 'https://docs.acme.example', apis: { confluence: 'https://docs.acme.example' } },
  }),
  'Bitbucket, API token': of({
    ...{ provider: 'bitbucket', method: 'api-token', sent: USER },
    apis: { bitbucket: 'https://api.bitbucket.org/2.0', git: 'https://bitbucket.org' },
  }),
  'Bitbucket, oauth': of({
    ...{ provider: 'bitbucket', method: 'oauth2', sent: BEARER },
    apis: { bitbucket: 'https://api.bitbucket.org/2.0', git: 'https://bitbucket.org' },
  }),
  'Bitbucket server, token': of({
    ...{ provider: 'bitbucket-data-center', method: 'personal-access-token', sent: BEARER },
    ...{ instance: 'https://git.acme.example', apis: { bitbucket: 'https://git.acme.example' } },
  }),
  'a key of another service': of({
    ...{ provider: 'datadog', method: 'api-key', sent: { as: 'header', name: 'DD-API-KEY', prefix: '' } },
    apis: { datadog: 'https://api.datadoghq.com' },
  }),
} satisfies Record<string, Credentials>;
type Kind = keyof typeof CONNECTIONS;

const values = (preset: BundledPreset, given: Credentials): Record<string, string> => {
  const variables = variablesOf(BUNDLED_PRESETS[preset], given);
  if (!variables.ok) throw new Error(variables.error.message);
  return Object.fromEntries(variables.value.map(({ name, value }) => [name, value]));
};
const refusal = (preset: BundledPreset, given: Credentials) => {
  const variables = variablesOf(BUNDLED_PRESETS[preset], given);
  if (variables.ok) throw new Error('not refused');
  return variables.error;
};

/** What each tool is given for each kind of connection that it can work with; for all others it is refused. */
const TABLE: Partial<Record<BundledPreset, Partial<Record<Kind, Record<string, string>>>>> = {
  atlassian: {
    oauth: {
      ATLASSIAN_ACCESS_TOKEN: 'token-1',
      ATLASSIAN_CLOUD_ID: CLOUD_ID,
      ATLASSIAN_SITE_URL: SITE,
      ATLASSIAN_JIRA_API_URL: `${GATEWAY}/jira/${CLOUD_ID}`,
      ATLASSIAN_CONFLUENCE_API_URL: `${GATEWAY}/confluence/${CLOUD_ID}`,
      ATLASSIAN_ACCOUNT_EMAIL: 'ana@acme.example',
      ATLASSIAN_TOKEN_EXPIRES_AT: '2026-11-22T10:30:00.000Z',
    },
    'API token': {
      ATLASSIAN_API_TOKEN: 'token-1',
      ATLASSIAN_CLOUD_ID: CLOUD_ID,
      ATLASSIAN_SITE_URL: SITE,
      ATLASSIAN_JIRA_API_URL: SITE,
      ATLASSIAN_CONFLUENCE_API_URL: SITE,
      ATLASSIAN_ACCOUNT_EMAIL: 'ana@acme.example',
      ATLASSIAN_TOKEN_EXPIRES_AT: '2026-11-22T10:30:00.000Z',
    },
    'API token with scopes': {
      ATLASSIAN_API_TOKEN: 'token-1',
      ATLASSIAN_CLOUD_ID: CLOUD_ID,
      ATLASSIAN_SITE_URL: SITE,
      ATLASSIAN_JIRA_API_URL: `${GATEWAY}/jira/${CLOUD_ID}`,
      ATLASSIAN_ACCOUNT_EMAIL: 'ana@acme.example',
      ATLASSIAN_TOKEN_EXPIRES_AT: '2026-11-22T10:30:00.000Z',
    },
  },
  'mcp-atlassian': {
    oauth: {
      JIRA_URL: SITE,
      CONFLUENCE_URL: `${SITE}/wiki`,
      ATLASSIAN_OAUTH_CLOUD_ID: CLOUD_ID,
      ATLASSIAN_OAUTH_ACCESS_TOKEN: 'token-1',
    },
    'API token': {
      JIRA_URL: SITE,
      JIRA_USERNAME: 'ana@acme.example',
      JIRA_API_TOKEN: 'token-1',
      CONFLUENCE_URL: `${SITE}/wiki`,
      CONFLUENCE_USERNAME: 'ana@acme.example',
      CONFLUENCE_API_TOKEN: 'token-1',
    },
    'API token with scopes': {
      JIRA_URL: `${GATEWAY}/jira/${CLOUD_ID}`,
      JIRA_USERNAME: 'ana@acme.example',
      JIRA_API_TOKEN: 'token-1',
    },
    'Jira server, token': { JIRA_URL: 'https://jira.acme.example', JIRA_PERSONAL_TOKEN: 'token-1' },
    'Confluence server, password': {
      CONFLUENCE_URL: 'https://acme.example/wiki',
      CONFLUENCE_USERNAME: 'ana',
      CONFLUENCE_API_TOKEN: 'token-1',
    },
    'Confluence server, token': {
      CONFLUENCE_URL: 'https://docs.acme.example',
      CONFLUENCE_PERSONAL_TOKEN: 'token-1',
    },
  },
  'jira-cli': {
    oauth: {
      JIRA_SERVER: `${GATEWAY}/jira/${CLOUD_ID}`,
      JIRA_AUTH_TYPE: 'bearer',
      JIRA_API_TOKEN: 'token-1',
      JIRA_LOGIN: 'ana@acme.example',
    },
    'API token': {
      JIRA_SERVER: SITE,
      JIRA_AUTH_TYPE: 'basic',
      JIRA_API_TOKEN: 'token-1',
      JIRA_LOGIN: 'ana@acme.example',
    },
    'API token with scopes': {
      JIRA_SERVER: `${GATEWAY}/jira/${CLOUD_ID}`,
      JIRA_AUTH_TYPE: 'basic',
      JIRA_API_TOKEN: 'token-1',
      JIRA_LOGIN: 'ana@acme.example',
    },
    'Jira server, token': {
      JIRA_SERVER: 'https://jira.acme.example',
      JIRA_AUTH_TYPE: 'bearer',
      JIRA_API_TOKEN: 'token-1',
      JIRA_LOGIN: 'ana@acme.example',
    },
  },
  'jira-js': {
    'API token': { JIRA_BASE_URL: SITE, JIRA_EMAIL: 'ana@acme.example', JIRA_API_TOKEN: 'token-1' },
    'API token with scopes': {
      JIRA_BASE_URL: `${GATEWAY}/jira/${CLOUD_ID}`,
      JIRA_EMAIL: 'ana@acme.example',
      JIRA_API_TOKEN: 'token-1',
    },
  },
  'confluence-cli': {
    oauth: {
      CONFLUENCE_DOMAIN: 'api.atlassian.com',
      CONFLUENCE_PROTOCOL: 'https',
      CONFLUENCE_API_PATH: `/ex/confluence/${CLOUD_ID}/wiki/rest/api`,
      CONFLUENCE_AUTH_TYPE: 'bearer',
      CONFLUENCE_API_TOKEN: 'token-1',
    },
    'API token': {
      CONFLUENCE_DOMAIN: 'acme.atlassian.net',
      CONFLUENCE_PROTOCOL: 'https',
      CONFLUENCE_API_PATH: '/wiki/rest/api',
      CONFLUENCE_AUTH_TYPE: 'basic',
      CONFLUENCE_EMAIL: 'ana@acme.example',
      CONFLUENCE_API_TOKEN: 'token-1',
    },
    'Confluence server, password': {
      CONFLUENCE_DOMAIN: 'acme.example',
      CONFLUENCE_PROTOCOL: 'https',
      CONFLUENCE_API_PATH: '/wiki/rest/api',
      CONFLUENCE_AUTH_TYPE: 'basic',
      CONFLUENCE_EMAIL: 'ana',
      CONFLUENCE_API_TOKEN: 'token-1',
    },
    'Confluence server, token': {
      CONFLUENCE_DOMAIN: 'docs.acme.example',
      CONFLUENCE_PROTOCOL: 'https',
      CONFLUENCE_API_PATH: '/rest/api',
      CONFLUENCE_AUTH_TYPE: 'bearer',
      CONFLUENCE_API_TOKEN: 'token-1',
    },
  },
  bkt: {
    'Bitbucket, API token': {
      BKT_HOST: 'https://bitbucket.org',
      BKT_AUTH_METHOD: 'basic',
      BKT_USERNAME: 'ana@acme.example',
      BKT_TOKEN: 'token-1',
    },
    'Bitbucket, oauth': {
      BKT_HOST: 'https://bitbucket.org',
      BKT_AUTH_METHOD: 'bearer',
      BKT_TOKEN: 'token-1',
    },
    'Bitbucket server, token': {
      BKT_HOST: 'https://git.acme.example',
      BKT_AUTH_METHOD: 'bearer',
      BKT_TOKEN: 'token-1',
    },
  },
  'aashari-mcp': {
    'API token': {
      ATLASSIAN_SITE_NAME: 'acme',
      ATLASSIAN_USER_EMAIL: 'ana@acme.example',
      ATLASSIAN_API_TOKEN: 'token-1',
    },
    'Bitbucket, API token': { ATLASSIAN_USER_EMAIL: 'ana@acme.example', ATLASSIAN_API_TOKEN: 'token-1' },
  },
  'terraform-jira': {
    oauth: { JIRA_URL: `${GATEWAY}/jira/${CLOUD_ID}`, JIRA_TOKEN: 'token-1' },
    'API token': { JIRA_URL: SITE, JIRA_USER: 'ana@acme.example', JIRA_PASSWORD: 'token-1' },
    'API token with scopes': {
      JIRA_URL: `${GATEWAY}/jira/${CLOUD_ID}`,
      JIRA_USER: 'ana@acme.example',
      JIRA_PASSWORD: 'token-1',
    },
    'Jira server, token': { JIRA_URL: 'https://jira.acme.example', JIRA_TOKEN: 'token-1' },
  },
  'terraform-atlassian': {
    'API token': { ATLASSIAN_URL: SITE, ATLASSIAN_USERNAME: 'ana@acme.example', ATLASSIAN_TOKEN: 'token-1' },
    'API token with scopes': {
      ATLASSIAN_URL: `${GATEWAY}/jira/${CLOUD_ID}`,
      ATLASSIAN_USERNAME: 'ana@acme.example',
      ATLASSIAN_TOKEN: 'token-1',
    },
  },
  'terraform-bitbucket': {
    'Bitbucket, API token': { BITBUCKET_USERNAME: 'ana@acme.example', BITBUCKET_PASSWORD: 'token-1' },
    'Bitbucket, oauth': { BITBUCKET_OAUTH_TOKEN: 'token-1' },
  },
  forge: { 'API token': { FORGE_EMAIL: 'ana@acme.example', FORGE_API_TOKEN: 'token-1' } },
  authsome: { oauth: { ATLASSIAN_ACCESS_TOKEN: 'token-1' } },
};

const cases = PRESET_NAMES.flatMap((name) =>
  (Object.keys(CONNECTIONS) as Kind[]).map((kind) => [name, kind, TABLE[name]?.[kind]] as const),
);

describe('what a preset gives', () => {
  it.each(cases.filter(([, , given]) => given !== undefined))('%s with %s', (name, kind, given) => {
    expect(values(name, CONNECTIONS[kind])).toEqual(given);
  });

  it.each(cases.filter(([, , given]) => given === undefined))('%s does not work with %s', (name, kind) => {
    const error = refusal(name, CONNECTIONS[kind]);
    expect(error.code).toBe('unsupported');
    expect(error.hint).toBeTruthy();
    expect(JSON.stringify(error)).not.toContain('token-1');
  });

  it.each(cases.filter(([, , given]) => given !== undefined))(
    '%s with %s marks the token and nothing else as secret',
    (name, kind) => {
      const variables = variablesOf(BUNDLED_PRESETS[name], CONNECTIONS[kind]);
      const given = variables.ok ? variables.value : [];
      for (const { value, secret } of given) expect(secret).toBe(value === 'token-1');
    },
  );

  it.each(PRESET_NAMES)('%s lists the names that it writes', (name) => {
    const written = new Set(Object.values(TABLE[name] ?? {}).flatMap((given) => Object.keys(given)));
    expect([...written].sort()).toEqual([...writtenBy(BUNDLED_PRESETS[name])].sort());
    expect(BUNDLED_PRESETS[name].name).toBe(name);
  });

  it.each(PRESET_NAMES)('%s never writes an OAuth client or a refresh token', (name) => {
    for (const variable of writtenBy(BUNDLED_PRESETS[name]))
      expect(variable).not.toMatch(/CLIENT_ID|CLIENT_SECRET|REFRESH/);
  });
});

describe('why a preset does not work with a connection', () => {
  it.each<[BundledPreset, Kind, string, string]>([
    [
      'authsome',
      'API token',
      'its API token is sent with a user name (Basic), not sent as a Bearer token',
      'tokentray connect atlassian',
    ],
    [
      'atlassian',
      'Jira server, token',
      'it is for an Atlassian Cloud site, and this connection belongs to a server of your own',
      'tokentray connect atlassian',
    ],
    [
      'atlassian',
      'Bitbucket, oauth',
      'it is for Jira or Confluence, and this connection opens bitbucket, git',
      'tokentray connect atlassian',
    ],
    [
      'terraform-atlassian',
      'oauth',
      'its token is sent as a Bearer token, not sent with a user name (Basic)',
      'tokentray connect atlassian --method api-token',
    ],
    [
      'terraform-atlassian',
      'oauth',
      'its token is sent as',
      'tokentray run --gateway --preset terraform-atlassian',
    ],
    [
      'forge',
      'API token with scopes',
      'it asks at https://acme.atlassian.net, where this token does not work',
      'tokentray connect atlassian --method api-token',
    ],
    ['bkt', 'oauth', 'it is for Bitbucket', 'tokentray connect bitbucket'],
    [
      'acli',
      'API token',
      'acli reads no variables',
      "tokentray get 'acme – ana' | acli jira auth login --site acme.atlassian.net --email ana@acme.example --token",
    ],
    ['acli', 'oauth', 'its token is sent as a Bearer token', 'Name a connection that fits'],
    ['atlassian-python-api', 'oauth', 'reads no variables', 'token=os.environ["ATLASSIAN_ACCESS_TOKEN"]'],
    ['atlassian-python-api', 'API token', 'reads no variables', 'password=os.environ["JIRA_API_TOKEN"]'],
    ['git-credential-manager', 'Bitbucket, oauth', 'takes no token', 'tokentray git install HOST'],
  ])('%s, %s', (name, kind, reason, hint) => {
    const error = refusal(name, CONNECTIONS[kind]);
    expect(error.message).toContain(reason);
    expect(error.hint).toContain(hint);
  });

  it('says which sites there are where none is selected, and what to do where there is none', () => {
    const none = credentials({ connection: connection({ site: null }), apis: [] });
    expect(refusal('atlassian', none).hint).toBe('Choose its site: acme.');
    const nowhere = credentials({ connection: connection({ site: null, sites: [] }), apis: [] });
    expect(refusal('atlassian', nowhere).hint).toBe('Reconnect it and grant access to a site.');
  });

  it('aashari-mcp knows sites by their name at atlassian.net only', () => {
    const own = { ...connection().site!, url: 'https://jira.acme.example' };
    const given = credentials({
      connection: connection({ method: 'api-token', sent: USER, site: own }),
      apis: [{ id: 'jira', name: 'Jira', url: 'https://jira.acme.example' }],
    });
    expect(refusal('aashari-mcp', given).message).toContain('not jira.acme.example');
  });
});

describe('the atlassian preset', () => {
  it('leaves out what the connection has no value for', () => {
    const account = { ...connection().account, email: null };
    const given = credentials({ connection: connection({ account }), expiresAt: null });
    const names = Object.keys(values('atlassian', given));
    expect(names).not.toContain('ATLASSIAN_ACCOUNT_EMAIL');
    expect(names).not.toContain('ATLASSIAN_TOKEN_EXPIRES_AT');
  });

  it('names the user that an API token is sent with, not the account’s address', () => {
    const account = { ...connection().account, email: 'other@acme.example' };
    const given = { method: 'api-token', sent: USER, account } as const;
    expect(values('atlassian', credentials({ connection: connection(given) }))).toMatchObject({
      ATLASSIAN_ACCOUNT_EMAIL: 'ana@acme.example',
    });
  });

  it('serves a token brought from elsewhere', () => {
    expect(
      values('atlassian', credentials({ connection: connection({ method: 'access-token' }) })),
    ).toMatchObject({
      ATLASSIAN_ACCESS_TOKEN: 'token-1',
    });
  });
});

describe('the mcp-atlassian preset', () => {
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
