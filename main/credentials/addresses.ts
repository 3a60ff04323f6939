import type { ApiDefinition, ProviderDefinition } from '../providers/definition.ts';
import type { ConnectionRecord } from '../store/records.ts';

export interface ApiAddress {
  id: string;
  name: string;
  url: string;
}

/** The self-hosted instance that a connection belongs to; null for a cloud service. */
export const instanceOf = ({ site }: Pick<ConnectionRecord, 'site'>): string | null =>
  site !== null && site.cloudId === null && site.url !== '' ? site.url : null;

/**
 * The addresses at which a connection's credential works. An API whose address needs a site is left out while none is
 * selected, and so is one that the credential does not open.
 */
export function apiAddresses(
  { apis }: Pick<ProviderDefinition, 'apis'>,
  { site, route }: Pick<ConnectionRecord, 'site' | 'route'>,
): ApiAddress[] {
  const found: ApiAddress[] = [];
  for (const api of apis) {
    if (site !== null && site.products.length > 0 && !site.products.includes(api.id)) continue;
    const url = addressOn(api, route, site);
    if (url !== null) found.push({ id: api.id, name: api.name, url });
  }
  return found;
}

/** An API's address on a site, by route; null when it needs a site that is not there. */
export function addressOn(
  { urls }: Pick<ApiDefinition, 'urls'>,
  route: string,
  site: ConnectionRecord['site'],
): string | null {
  const template = urls[route] ?? urls['default'];
  if (template === undefined) return null;
  const values = { site: site?.url.replace(/\/+$/, '') ?? '', cloudId: site?.cloudId ?? '' };
  let complete = true;
  const url = template.replace(/\{(site|cloudId)\}/g, (_, name: keyof typeof values) => {
    const value = values[name];
    if (value === '') complete = false;
    return name === 'cloudId' ? encodeURIComponent(value) : value;
  });
  return complete && !url.startsWith('{') ? url.replace(/\/+$/, '') : null;
}
