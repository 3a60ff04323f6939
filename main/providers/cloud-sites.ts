import type { ProviderDefinition } from './definition.ts';

/**
 * Whether an address belongs to a site of a provider that has sites: where its definition says that they are. Anything
 * else may be a site's own domain, or another cloud altogether.
 */
export function isSiteOf(address: string, { identity }: Pick<ProviderDefinition, 'identity'>): boolean {
  if (identity.kind !== 'atlassian-cloud') return false;
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `https://${address}`;
  if (!URL.canParse(full)) return false;
  const { protocol, hostname, href } = new URL(full);
  const below = (domain: string): boolean => hostname.endsWith(`.${domain}`) && protocol === 'https:';
  if (identity.siteDomains?.some(below) === true) return true;
  const [before = '', after = ''] = identity.siteUrl.split('{name}');
  const domain = /^https:\/\/$/.test(before) ? /^\.([a-z0-9.-]+)$/.exec(after)?.[1] : undefined;
  if (domain !== undefined) return below(domain);
  const rest = href.startsWith(before) ? href.slice(before.length) : '';
  return rest !== '' && (after === '' || rest.includes(after));
}
