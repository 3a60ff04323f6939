import type { Site } from '../../contract/connection.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import { siteNameIn, typedAddress } from './site-address.ts';

/**
 * The site that a person means, by cloud id, address (`https://acme.atlassian.net/…`, `acme.atlassian.net`), name or
 * the first part of its host (`acme`). Fails with `not-found`, or `ambiguous` if two sites have the name.
 */
export function findSite(sites: readonly Site[], reference: string): Result<Site> {
  const wanted = typedAddress(reference).toLowerCase();
  const first = siteNameIn(reference);
  const address = wanted.includes('://') ? wanted : `https://${wanted}`;
  const host = URL.canParse(address) ? new URL(address).host : null;
  const tests: ((site: Site) => boolean)[] = [
    ({ cloudId }) => cloudId?.toLowerCase() === wanted,
    ({ url }) => host !== null && hostOf(url) === host,
    ({ name }) => name.toLowerCase() === wanted,
    ({ url }) => first !== null && hostOf(url).split('.')[0] === first,
  ];
  for (const test of tests) {
    const found = sites.filter(test);
    const [site] = found;
    if (found.length > 1)
      return fail('ambiguous', 'Several sites have this name.', `Use one of these: ${addresses(found)}.`);
    if (site) return ok(site);
  }
  return fail('not-found', 'The sign-in does not cover this site.', `It covers: ${addresses(sites)}.`);
}

/** The site to connect without asking: the requested one, or the only one if none was requested. Null: ask. */
export function siteWithoutAsking(sites: readonly Site[], wanted: string | null): Site | null {
  if (wanted !== null) {
    const found = findSite(sites, wanted);
    return found.ok ? found.value : null;
  }
  return sites.length === 1 ? (sites[0] ?? null) : null;
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : '');

const addresses = (sites: readonly Site[]): string =>
  sites
    .slice(0, 10)
    .map(({ url, name }) => url || name)
    .join(', ');
