import { expect, it } from 'vitest';
import { BEARER, type Sent } from '../../../../main/credentials/sent.ts';
import { BUNDLED_PRESETS } from '../../../../main/exports/presets/bundled.ts';
import { presetVariables } from '../../../../main/gateway/runs/preset-variables.ts';
import type { BundledPreset } from '../../../../contract/vocabulary.ts';
import type { ConnectionRecord } from '../../../../main/store/records.ts';
import { CLOUD_ID, connection } from '../../exports/sample.ts';

const USER: Sent = { as: 'basic', username: 'ana@acme.example' };
const SITE = 'https://acme.atlassian.net';
const CLOUD_API = `https://api.atlassian.com/ex/jira/${CLOUD_ID}`;
const KEY = 'the-key';

const oauth = connection();
const apiToken = connection({ method: 'api-token', sent: USER });
const server = connection({
  method: 'personal-access-token',
  site: { cloudId: null, name: 'own', url: 'https://jira.acme.example', products: [] },
});
const jiraAt = (url: string) => [{ id: 'jira', name: 'Jira', url }];

function given(
  through: 'gateway' | 'proxy',
  preset: BundledPreset,
  record: ConnectionRecord,
  realUrl: string,
): Record<string, string> | string {
  const real = jiraAt(realUrl);
  const result = presetVariables(BUNDLED_PRESETS[preset], record, {
    ...{ through, secret: KEY, realApis: real },
    apis: through === 'gateway' ? jiraAt('http://127.0.0.1:7980/acme/jira') : real,
  });
  if (result.ok) return Object.fromEntries(result.value.map(({ name, value }) => [name, value]));
  return `${result.error.message} ${result.error.hint ?? ''}`;
}

it.each<[string, BundledPreset, ConnectionRecord, string, Record<string, string> | string]>([
  [
    'a tool that sends Bearer',
    'jira-cli',
    oauth,
    CLOUD_API,
    { JIRA_SERVER: 'http://127.0.0.1:7980/acme/jira', JIRA_AUTH_TYPE: 'bearer', JIRA_API_TOKEN: KEY },
  ],
  [
    'a tool that sends Basic alone, with a connection by OAuth',
    'terraform-atlassian',
    oauth,
    CLOUD_API,
    {
      ATLASSIAN_URL: 'http://127.0.0.1:7980/acme/jira',
      ATLASSIAN_USERNAME: 'ana@acme.example',
      ATLASSIAN_TOKEN: KEY,
    },
  ],
  ['our own names, with an API token', 'atlassian', apiToken, SITE, { ATLASSIAN_ACCESS_TOKEN: KEY }],
  [
    'mcp-atlassian with a server',
    'mcp-atlassian',
    server,
    'https://jira.acme.example',
    { JIRA_URL: 'http://127.0.0.1:7980/acme/jira', JIRA_PERSONAL_TOKEN: KEY },
  ],
  [
    'mcp-atlassian with a site',
    'mcp-atlassian',
    oauth,
    CLOUD_API,
    'it asks api.atlassian.com, whatever address it is given. Use --proxy',
  ],
  [
    'a tool that makes its address itself',
    'aashari-mcp',
    apiToken,
    SITE,
    'of the name of the site. Use --proxy',
  ],
  ['a tool of another API', 'forge', apiToken, SITE, 'no other address can be set. Use neither'],
  ['another product', 'bkt', oauth, CLOUD_API, 'it is for'],
  ['what reads no variables', 'acli', apiToken, SITE, 'acli reads no variables'],
])('through the gateway: %s', (_case, preset, record, url, expected) => {
  const result = given('gateway', preset, record, url);
  if (typeof expected === 'string') expect(result).toContain(expected);
  else expect(result).toMatchObject(expected);
});

it.each<[string, BundledPreset, ConnectionRecord, string, Record<string, string> | string]>([
  [
    'mcp-atlassian with a site',
    'mcp-atlassian',
    oauth,
    CLOUD_API,
    { JIRA_URL: SITE, ATLASSIAN_OAUTH_ACCESS_TOKEN: KEY },
  ],
  [
    'mcp-atlassian with an API token, as it sends one itself',
    'mcp-atlassian',
    apiToken,
    SITE,
    { JIRA_URL: SITE, JIRA_USERNAME: 'ana@acme.example', JIRA_API_TOKEN: KEY },
  ],
  [
    'our own names, with an API token',
    'atlassian',
    apiToken,
    SITE,
    { ATLASSIAN_JIRA_API_URL: SITE, ATLASSIAN_API_TOKEN: KEY, ATLASSIAN_ACCOUNT_EMAIL: 'ana@acme.example' },
  ],
  [
    'a tool that sends Basic alone, with a connection by OAuth',
    'jira-js',
    oauth,
    CLOUD_API,
    { JIRA_BASE_URL: CLOUD_API, JIRA_API_TOKEN: KEY },
  ],
  ['a tool of another API', 'forge', apiToken, SITE, 'not among the APIs of the connection. Use neither'],
])('through the proxy: %s', (_case, preset, record, url, expected) => {
  const result = given('proxy', preset, record, url);
  if (typeof expected === 'string') expect(result).toContain(expected);
  else expect(result).toMatchObject(expected);
});

it('gives no program the credential’s own user name where it has none', () => {
  const nobody = connection({ sent: BEARER, account: { ...oauth.account, email: null } });
  expect(given('gateway', 'terraform-atlassian', nobody, CLOUD_API)).toMatchObject({
    ATLASSIAN_USERNAME: 'tokentray',
  });
});
