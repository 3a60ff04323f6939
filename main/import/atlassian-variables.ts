import { candidate, MAX_ADDRESS, type Candidate, type Place } from './candidate.ts';
import type { Variables } from './parse.ts';
import type { Surroundings } from './surroundings.ts';

type Around = Pick<Surroundings, 'isCloudSite' | 'note'>;

/** What a product's variables are called by the tools that read them. The first that is set counts. */
interface ProductVariables {
  /** Its provider where it is self-hosted. */
  dataCenter: string;
  url: readonly string[];
  username: readonly string[];
  apiToken: readonly string[];
  password: readonly string[];
  personalToken: readonly string[];
  accessToken: readonly string[];
  authType: string | null;
}

const GENERIC = {
  url: ['ATLASSIAN_URL', 'ATLASSIAN_SITE_URL', 'ATLASSIAN_BASE_URL', 'ATLASSIAN_SITE_NAME'],
  username: ['ATLASSIAN_USERNAME', 'ATLASSIAN_USER_EMAIL', 'ATLASSIAN_EMAIL', 'FORGE_EMAIL'],
  apiToken: ['ATLASSIAN_API_TOKEN', 'ATLASSIAN_TOKEN', 'FORGE_API_TOKEN'],
} as const;

const PRODUCTS: readonly ProductVariables[] = [
  {
    dataCenter: 'jira-data-center',
    url: ['JIRA_URL', 'JIRA_SERVER', 'JIRA_BASE_URL', 'JIRA_HOST'],
    username: ['JIRA_USERNAME', 'JIRA_EMAIL', 'JIRA_LOGIN', 'JIRA_USER'],
    apiToken: ['JIRA_API_TOKEN', 'JIRA_TOKEN'],
    password: ['JIRA_PASSWORD'],
    personalToken: ['JIRA_PERSONAL_TOKEN', 'JIRA_PAT'],
    accessToken: ['JIRA_OAUTH_ACCESS_TOKEN'],
    authType: 'JIRA_AUTH_TYPE',
  },
  {
    dataCenter: 'confluence-data-center',
    url: ['CONFLUENCE_URL', 'CONFLUENCE_BASE_URL', 'CONFLUENCE_DOMAIN', 'CONFLUENCE_HOST'],
    username: ['CONFLUENCE_USERNAME', 'CONFLUENCE_EMAIL', 'CONFLUENCE_USER'],
    apiToken: ['CONFLUENCE_API_TOKEN', 'CONFLUENCE_TOKEN'],
    password: ['CONFLUENCE_PASSWORD'],
    personalToken: ['CONFLUENCE_PERSONAL_TOKEN', 'CONFLUENCE_PAT'],
    accessToken: ['CONFLUENCE_OAUTH_ACCESS_TOKEN'],
    authType: 'CONFLUENCE_AUTH_TYPE',
  },
];

/** What authsome gives to a program behind its proxy instead of a token. */
const NOT_A_TOKEN = 'authsome-proxy-managed';

/** The credentials that the variables of tools for Atlassian hold; `facts` of each tool in its documentation. */
export function atlassianCandidates(variables: Variables, place: Place, around: Around): Candidate[] {
  const first = (names: readonly string[]): string | null => {
    for (const name of names) {
      const value = variables.get(name);
      if (value !== undefined && value !== NOT_A_TOKEN) return value;
    }
    return null;
  };
  const found: Candidate[] = [];
  const anyAddress = first([...GENERIC.url, ...PRODUCTS.flatMap(({ url }) => url)]);
  for (const product of PRODUCTS) found.push(...productCandidates(product, first, place, around));

  const site = siteOf(first(GENERIC.url) ?? anyAddress, around);
  const apiToken = first(GENERIC.apiToken);
  if (apiToken !== null)
    found.push(
      candidate({
        place,
        provider: 'atlassian',
        methods: ['api-token'],
        address: site,
        username: first(GENERIC.username),
        secret: apiToken,
      }),
    );
  const brought = first(['ATLASSIAN_OAUTH_ACCESS_TOKEN', 'ATLASSIAN_ACCESS_TOKEN']);
  if (brought !== null)
    found.push(
      candidate({
        place,
        provider: 'atlassian',
        methods: ['access-token'],
        address: site,
        secret: brought,
        notes: ['It ends within hours or days, and nothing here can renew it.'],
      }),
    );
  found.push(...bitbucketCandidates(first, place));
  return found;
}

type First = (names: readonly string[]) => string | null;

function productCandidates(
  product: ProductVariables,
  first: First,
  place: Place,
  around: Around,
): Candidate[] {
  const url = first(product.url) ?? first(GENERIC.url);
  const username = first(product.username);
  const address = siteOf(url, around);
  const isCloud = address !== null && around.isCloudSite(address);
  const cloud = { place, provider: 'atlassian', address } as const;
  const hosted = { place, provider: product.dataCenter, address: url } as const;
  const found: Candidate[] = [];
  const apiToken = first(product.apiToken);
  const bearer = product.authType !== null && first([product.authType])?.toLowerCase() === 'bearer';
  if (apiToken !== null && address !== null && !isCloud && (bearer || username === null))
    found.push(candidate({ ...hosted, methods: ['personal-access-token'], secret: apiToken }));
  else if (apiToken !== null && (isCloud || address === null))
    found.push(candidate({ ...cloud, methods: ['api-token'], username, secret: apiToken }));
  else if (apiToken !== null)
    found.push(candidate({ ...hosted, methods: ['basic'], username, secret: apiToken }));
  const password = first(product.password);
  if (password !== null && !isCloud)
    found.push(candidate({ ...hosted, methods: ['basic'], username, secret: password }));
  const personal = first(product.personalToken);
  if (personal !== null && isCloud)
    around.note(place, 'It has a personal access token for Atlassian Cloud, which takes none.');
  else if (personal !== null)
    found.push(candidate({ ...hosted, methods: ['personal-access-token'], secret: personal }));
  const brought = first(product.accessToken);
  if (brought !== null)
    found.push(
      candidate({
        ...(isCloud ? cloud : hosted),
        methods: isCloud ? ['access-token'] : ['access-token', 'personal-access-token'],
        secret: brought,
      }),
    );
  return found;
}

function bitbucketCandidates(first: First, place: Place): Candidate[] {
  const token = first(['BITBUCKET_API_TOKEN', 'BKT_TOKEN', 'BITBUCKET_TOKEN']);
  if (token === null) return [];
  const host = first(['BKT_HOST', 'BITBUCKET_URL']);
  const username = first(['BITBUCKET_EMAIL', 'BITBUCKET_USERNAME', 'BKT_USERNAME']);
  const isCloud = host === null || /(^|[/.])bitbucket\.org/i.test(host);
  const known = { place, secret: token };
  if (!isCloud)
    return [
      candidate({
        ...known,
        provider: 'bitbucket-data-center',
        methods: ['personal-access-token'],
        address: host,
      }),
    ];
  return [
    username === null
      ? candidate({ ...known, provider: 'bitbucket', methods: ['access-token', 'api-token'] })
      : candidate({ ...known, provider: 'bitbucket', methods: ['api-token'], username }),
  ];
}

/** The address of a site without the path of Confluence; a bare name stays as it is. */
function siteOf(address: string | null, { isCloudSite }: Around): string | null {
  if (address === null || address.length > MAX_ADDRESS) return null;
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `https://${address}`;
  if (/^[a-z0-9-]+$/i.test(address) || !isCloudSite(full)) return address;
  return full.replace(/\/wiki(\/.*)?$/, '').replace(/\/+$/, '');
}

/** An OAuth client that mcp-atlassian signs in with (`ATLASSIAN_OAUTH_…`, or the same for one product). */
export interface OAuthClientVariables {
  clientId: string;
  clientSecret: string | null;
  redirectUri: string | null;
  scopes: string[];
  cloudId: string | null;
}

export function oauthClientOf(variables: Variables): OAuthClientVariables[] {
  return ['ATLASSIAN', 'JIRA', 'CONFLUENCE'].flatMap((prefix) => {
    const clientId = variables.get(`${prefix}_OAUTH_CLIENT_ID`);
    if (clientId === undefined) return [];
    const of = (name: string): string | null =>
      variables.get(`${prefix}_OAUTH_${name}`) ?? variables.get(`ATLASSIAN_OAUTH_${name}`) ?? null;
    return [
      {
        clientId,
        clientSecret: of('CLIENT_SECRET'),
        redirectUri: of('REDIRECT_URI'),
        scopes: of('SCOPE')?.split(/\s+/) ?? [],
        cloudId: of('CLOUD_ID'),
      },
    ];
  });
}
