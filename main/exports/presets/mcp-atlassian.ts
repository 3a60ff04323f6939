import type { EnvVariable } from '../../../contract/export.ts';
import type { Site } from '../../../contract/connection.ts';
import { apiUrl, type Credentials } from '../../credentials/access.ts';
import { ok } from '../../lib/result.ts';
import { usernameOf, variable, type VariablesPreset } from './preset.ts';

/** Hosts that mcp-atlassian takes for Atlassian Cloud (its `is_atlassian_cloud_url`); all others are Data Center. */
const CLOUD_HOST =
  /\.(?:atlassian\.net|jira\.com|jira-dev\.com|atlassian\.com|atlassian-us-gov(?:-mod)?\.net)$/;

/** The only one that it sends requests with an OAuth token for a Cloud host to. */
const GATEWAY = 'api.atlassian.com';

const isAt = (address: string, host: string): boolean =>
  URL.canParse(address) && new URL(address).hostname === host;

const isCloud = (address: string): boolean =>
  URL.canParse(address) && CLOUD_HOST.test(new URL(address).hostname);

const withoutSlash = (address: string): string => address.replace(/\/+$/, '');

const PRODUCTS = ['jira', 'confluence'] as const;
type Product = (typeof PRODUCTS)[number];

/** Products are inferred from scopes; none inferred means unknown. */
const covers = ({ products }: Pick<Site, 'products'>, product: Product): boolean =>
  products.length === 0 || products.includes(product);

/** Of a Cloud site, whose Confluence is below `/wiki`. */
const withWiki = (address: string): string => `${withoutSlash(address).replace(/\/wiki$/, '')}/wiki`;

/**
 * With a Cloud host in `JIRA_URL` it sends requests to `https://api.atlassian.com/ex/jira/{cloud id}` by itself and makes
 * links for people of the address; with any other host it sends them to the address as it stands. So: the site's address
 * where it is known for Cloud and the token works at that gateway, else the address at which the token works (a custom
 * domain, the sandbox). A product that the grant does not cover is left out: its tools would only fail.
 */
function broughtToken(credentials: Credentials): EnvVariable[] {
  const { accessToken, connection } = credentials;
  const site = connection.site ?? { url: '', cloudId: null, products: [] };
  const address = withoutSlash(site.url);
  const at = (api: Product): string | null => {
    const own = apiUrl(credentials, api);
    return own === null || (isCloud(address) && isAt(own, GATEWAY)) ? address : own;
  };
  const [jira, confluence] = [at('jira'), at('confluence')];
  return [
    ...variable('JIRA_URL', covers(site, 'jira') ? jira : null),
    ...variable(
      'CONFLUENCE_URL',
      covers(site, 'confluence') && confluence !== null ? withWiki(confluence) : null,
    ),
    ...variable('ATLASSIAN_OAUTH_CLOUD_ID', site.cloudId),
    ...variable('ATLASSIAN_OAUTH_ACCESS_TOKEN', accessToken, true),
  ];
}

/** A user name and a token for each product, at the address at which they work: requests go to it as it stands. */
function withUser(
  credentials: Credentials,
  address: (url: string, product: Product) => string,
): EnvVariable[] {
  return PRODUCTS.flatMap((product) => {
    const url = apiUrl(credentials, product);
    if (url === null) return [];
    const name = product.toUpperCase();
    return [
      ...variable(`${name}_URL`, address(url, product)),
      ...variable(`${name}_USERNAME`, usernameOf(credentials)),
      ...variable(`${name}_API_TOKEN`, credentials.accessToken, true),
    ];
  });
}

const atSite = (url: string, product: Product): string => (product === 'confluence' ? withWiki(url) : url);

function personalToken(credentials: Credentials): EnvVariable[] {
  return PRODUCTS.flatMap((product) => {
    const url = apiUrl(credentials, product);
    if (url === null) return [];
    const name = product.toUpperCase();
    return [
      ...variable(`${name}_URL`, url),
      ...variable(`${name}_PERSONAL_TOKEN`, credentials.accessToken, true),
    ];
  });
}

/**
 * mcp-atlassian (sooperset), from its `jira/config.py`, `jira/client.py` and `utils/urls.py` (0.23.1). Client id and secret
 * are never written: with them it would refresh the token itself. What a Data Center server gave by OAuth is sent as
 * its personal access tokens are.
 */
export const mcpAtlassian: VariablesPreset = {
  kind: 'variables',
  name: 'mcp-atlassian',
  description: 'MCP server for Jira and Confluence (sooperset)',
  link: 'https://github.com/sooperset/mcp-atlassian',
  variables: [
    'JIRA_URL',
    'CONFLUENCE_URL',
    'ATLASSIAN_OAUTH_CLOUD_ID',
    'ATLASSIAN_OAUTH_ACCESS_TOKEN',
    'JIRA_USERNAME',
    'JIRA_API_TOKEN',
    'CONFLUENCE_USERNAME',
    'CONFLUENCE_API_TOKEN',
    'JIRA_PERSONAL_TOKEN',
    'CONFLUENCE_PERSONAL_TOKEN',
  ],
  variants: [
    {
      needs: { apis: PRODUCTS, on: 'site', sent: 'bearer' },
      connect: 'atlassian',
      fixedHosts: 'with an OAuth token it asks api.atlassian.com, whatever address it is given',
      map: (credentials) => ok(broughtToken(credentials)),
    },
    {
      needs: { apis: PRODUCTS, on: 'site', sent: 'basic' },
      connect: 'atlassian --method api-token',
      fixedHosts: 'it takes an address on this computer for a Data Center server',
      map: (credentials) => ok(withUser(credentials, atSite)),
    },
    {
      needs: { apis: PRODUCTS, on: 'self-hosted', sent: 'bearer' },
      connect: 'jira-data-center',
      map: (credentials) => ok(personalToken(credentials)),
    },
    {
      needs: { apis: PRODUCTS, on: 'self-hosted', sent: 'basic' },
      connect: 'jira-data-center --method basic',
      map: (credentials) => ok(withUser(credentials, (url) => url)),
    },
  ],
};
