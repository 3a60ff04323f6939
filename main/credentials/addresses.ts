import type { ApiDefinition, ProviderDefinition } from '../providers/definition.ts';
import type { ConnectionRecord } from '../store/records.ts';

export interface ApiAddress {
  id: string;
  name: string;
  url: string;
  /** See `opensWith` of a definition. */
  opensWith?: string;
  /** The user name that it takes the secret with in HTTP Basic, whatever way others take it. */
  username?: string;
  /** It also takes the secret as its person's password. */
  asPassword?: true;
}

/** The self-hosted instance that a connection belongs to; null for a cloud service. */
export const instanceOf = ({ site }: Pick<ConnectionRecord, 'site'>): string | null =>
  site?.cloudId === null && site.url !== '' ? site.url : null;

/**
 * The addresses at which a connection's credential works. An API whose address needs a site is left out while none is
 * selected, and so is one that the credential does not open.
 */
export function apiAddresses(
  { apis }: Pick<ProviderDefinition, 'apis'>,
  { site, route, grant, method }: Pick<ConnectionRecord, 'site' | 'route' | 'grant' | 'method'>,
): ApiAddress[] {
  const found: ApiAddress[] = [];
  for (const api of apis) {
    // Of a grant they are only inferred from its scopes, and scripts have both addresses in their files.
    const tried = site !== null && grant === null && site.products.length > 0;
    const { id, name, opensWith } = api;
    if (tried && !site.products.includes(opensWith ?? id)) continue;
    const url = addressOn(api, route, site);
    const username = api.usernames?.[method];
    if (url === null) continue;
    found.push({
      id,
      name,
      url,
      ...(opensWith && { opensWith }),
      ...(username && { username }),
      ...(api.asPassword?.includes(method) && { asPassword: true }),
    });
  }
  return found;
}

const PLACE = /\{(site|cloudId)\}/g;

/** An API's address on a site, by route; null when it needs a site that is not there. */
export function addressOn(
  { urls }: Pick<ApiDefinition, 'urls'>,
  route: string,
  site: ConnectionRecord['site'],
): string | null {
  const template = urls[route] ?? urls['default'];
  if (template === undefined) return null;
  const values = {
    site: site?.url.replace(/\/+$/, '') ?? '',
    cloudId: encodeURIComponent(site?.cloudId ?? ''),
  };
  const needed = [...template.matchAll(PLACE)].map(([, name]) => values[name as keyof typeof values]);
  if (needed.includes('') || template.startsWith('{instance}')) return null;
  return template.replace(PLACE, (_, name: keyof typeof values) => values[name]).replace(/\/+$/, '');
}
