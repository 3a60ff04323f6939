import type { Site } from '../../../contract/connection.ts';
import { apiUrl } from '../../credentials/access.ts';
import { ok } from '../../lib/result.ts';
import { cloudSite, variable, type Preset } from './preset.ts';

/** Hosts that mcp-atlassian takes for Atlassian Cloud (its `is_atlassian_cloud_url`); all others are Data Center. */
const CLOUD_HOST =
  /\.(?:atlassian\.net|jira\.com|jira-dev\.com|atlassian\.com|atlassian-us-gov(?:-mod)?\.net)$/;

/** The only one that it sends requests for a Cloud host to. */
const GATEWAY = 'api.atlassian.com';

const isAt = (address: string, host: string): boolean =>
  URL.canParse(address) && new URL(address).hostname === host;

const isCloud = (address: string): boolean =>
  URL.canParse(address) && CLOUD_HOST.test(new URL(address).hostname);

const withoutSlash = (address: string): string => address.replace(/\/+$/, '');

/**
 * mcp-atlassian (sooperset) with a brought token, which it never refreshes. With a Cloud host in `JIRA_URL` it
 * sends requests to `https://api.atlassian.com/ex/jira/{cloud id}` by itself and makes links for people of the
 * address; with any other host it sends them to the address as it stands. So: the site's address where it is known for Cloud and
 * the token works at that gateway, else the address at which the token works (a custom domain, the sandbox). A product that the grant
 * does not cover is left out: its tools would only fail.
 */
export const mcpAtlassian: Preset = {
  name: 'mcp-atlassian',
  variables: ['JIRA_URL', 'CONFLUENCE_URL', 'ATLASSIAN_OAUTH_CLOUD_ID', 'ATLASSIAN_OAUTH_ACCESS_TOKEN'],
  fixedHosts: 'with an OAuth token it asks api.atlassian.com, whatever address it is given',
  map: (credentials) => {
    const { accessToken } = credentials;
    const found = cloudSite('mcp-atlassian', credentials);
    if (!found.ok) return found;
    const site = found.value;
    const address = withoutSlash(site.url);
    const at = (api: string): string | null => {
      const own = apiUrl(credentials, api);
      return own === null || (isCloud(address) && isAt(own, GATEWAY)) ? address : own;
    };
    const [jira, confluence] = [at('jira'), at('confluence')];
    return ok([
      ...variable('JIRA_URL', covers(site, 'jira') ? jira : null),
      ...variable(
        'CONFLUENCE_URL',
        covers(site, 'confluence') && confluence !== null
          ? `${withoutSlash(confluence).replace(/\/wiki$/, '')}/wiki`
          : null,
      ),
      ...variable('ATLASSIAN_OAUTH_CLOUD_ID', site.cloudId),
      ...variable('ATLASSIAN_OAUTH_ACCESS_TOKEN', accessToken, true),
    ]);
  },
};

/** Products are inferred from scopes; none inferred means unknown. */
const covers = ({ products }: Site, product: Site['products'][number]): boolean =>
  products.length === 0 || products.includes(product);
