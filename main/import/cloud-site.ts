import { isSiteOf } from '../providers/cloud-sites.ts';
import type { ProviderDefinition } from '../providers/definition.ts';

/** Hosts of Atlassian Cloud, whatever the definition says: programs’ files name them in the sandbox too. */
const KNOWN_HOSTS = /(^|\.)(atlassian\.net|jira\.com|jira-dev\.com|atlassian-us-gov-mod\.net)$/;

/** Whether an address belongs to a site of Atlassian Cloud: by its host, or where the definition says that sites are. */
export function isCloudSite(
  address: string,
  definition: Pick<ProviderDefinition, 'identity'> | null,
): boolean {
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `https://${address}`;
  if (!URL.canParse(full)) return false;
  return KNOWN_HOSTS.test(new URL(full).hostname) || (definition !== null && isSiteOf(full, definition));
}

/** Which cloud a credential is for: a site of the government’s has another one than its file’s program knows. */
export const cloudOf = (provider: string, address: string | null): string =>
  provider === 'atlassian' && address !== null && /\.atlassian-us-gov-mod\.net(?=[:/]|$)/i.test(address)
    ? 'atlassian-government'
    : provider;
