import type { BundledPreset } from '../../../contract/vocabulary.ts';

/** What a tool asks first with what a preset gives it: an address, and the `Authorization` header that it makes of it. */
export interface PresetRequest {
  url: string;
  authorization: string;
}

export type Variables = Readonly<Record<string, string>>;

/** The address of an API of the connection, for tools that have addresses of their own. */
type AddressOf = (api: string) => Promise<string>;

const bearer = (token = ''): string => `Bearer ${token}`;
const basic = (user = '', secret = ''): string =>
  `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`;

const MYSELF = '/rest/api/2/myself';
const at = (url: string | undefined, path: string, authorization: string): PresetRequest[] =>
  url === undefined ? [] : [{ url: url + path, authorization }];

/** By preset; for those of tools that can read variables. */
export const PRESET_REQUESTS: Readonly<
  Partial<Record<BundledPreset, (given: Variables, addressOf: AddressOf) => Promise<PresetRequest[]>>>
> = {
  atlassian: (v) => {
    const header =
      v['ATLASSIAN_API_TOKEN'] === undefined
        ? bearer(v['ATLASSIAN_ACCESS_TOKEN'])
        : basic(v['ATLASSIAN_ACCOUNT_EMAIL'], v['ATLASSIAN_API_TOKEN']);
    return Promise.resolve([
      ...at(v['ATLASSIAN_JIRA_API_URL'], MYSELF, header),
      ...at(v['ATLASSIAN_CONFLUENCE_API_URL'], '/wiki/rest/api/user/current', header),
    ]);
  },
  'mcp-atlassian': (v) => {
    const header = (product: string): string =>
      v['ATLASSIAN_OAUTH_ACCESS_TOKEN'] !== undefined
        ? bearer(v['ATLASSIAN_OAUTH_ACCESS_TOKEN'])
        : v[`${product}_PERSONAL_TOKEN`] !== undefined
          ? bearer(v[`${product}_PERSONAL_TOKEN`])
          : basic(v[`${product}_USERNAME`], v[`${product}_API_TOKEN`]);
    return Promise.resolve([
      ...at(v['JIRA_URL'], MYSELF, header('JIRA')),
      ...at(v['CONFLUENCE_URL'], '/rest/api/user/current', header('CONFLUENCE')),
    ]);
  },
  'jira-cli': (v) =>
    Promise.resolve(
      at(
        v['JIRA_SERVER'],
        MYSELF,
        v['JIRA_AUTH_TYPE'] === 'bearer'
          ? bearer(v['JIRA_API_TOKEN'])
          : basic(v['JIRA_LOGIN'], v['JIRA_API_TOKEN']),
      ),
    ),
  'jira-js': (v) =>
    Promise.resolve(at(v['JIRA_BASE_URL'], MYSELF, basic(v['JIRA_EMAIL'], v['JIRA_API_TOKEN']))),
  'confluence-cli': (v) =>
    Promise.resolve(
      at(
        `${v['CONFLUENCE_PROTOCOL'] ?? ''}://${v['CONFLUENCE_DOMAIN'] ?? ''}${v['CONFLUENCE_API_PATH'] ?? ''}`,
        '/user/current',
        v['CONFLUENCE_AUTH_TYPE'] === 'bearer'
          ? bearer(v['CONFLUENCE_API_TOKEN'])
          : basic(v['CONFLUENCE_EMAIL'], v['CONFLUENCE_API_TOKEN']),
      ),
    ),
  bkt: async (v, addressOf) => {
    const isCloud = v['BKT_HOST'] === 'https://bitbucket.org';
    return at(
      isCloud ? await addressOf('bitbucket') : v['BKT_HOST'],
      isCloud ? '/repositories/acme' : '/plugins/servlet/applinks/whoami',
      v['BKT_AUTH_METHOD'] === 'bearer' ? bearer(v['BKT_TOKEN']) : basic(v['BKT_USERNAME'], v['BKT_TOKEN']),
    );
  },
  'aashari-mcp': async (v, addressOf) =>
    at(await addressOf('bitbucket'), '/user', basic(v['ATLASSIAN_USER_EMAIL'], v['ATLASSIAN_API_TOKEN'])),
  'terraform-jira': (v) =>
    Promise.resolve(
      at(
        v['JIRA_URL'],
        MYSELF,
        v['JIRA_TOKEN'] === undefined ? basic(v['JIRA_USER'], v['JIRA_PASSWORD']) : bearer(v['JIRA_TOKEN']),
      ),
    ),
  'terraform-atlassian': (v) =>
    Promise.resolve(at(v['ATLASSIAN_URL'], MYSELF, basic(v['ATLASSIAN_USERNAME'], v['ATLASSIAN_TOKEN']))),
  'terraform-bitbucket': async (v, addressOf) =>
    at(
      await addressOf('bitbucket'),
      '/repositories/acme',
      v['BITBUCKET_OAUTH_TOKEN'] === undefined
        ? basic(v['BITBUCKET_USERNAME'], v['BITBUCKET_PASSWORD'])
        : bearer(v['BITBUCKET_OAUTH_TOKEN']),
    ),
  forge: async (v, addressOf) =>
    at(await addressOf('jira'), MYSELF, basic(v['FORGE_EMAIL'], v['FORGE_API_TOKEN'])),
  authsome: async (v, addressOf) => at(await addressOf('jira'), MYSELF, bearer(v['ATLASSIAN_ACCESS_TOKEN'])),
};
