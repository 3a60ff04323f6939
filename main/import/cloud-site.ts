import type { ProviderDefinition } from '../providers/definition.ts';

/** Hosts of Atlassian Cloud besides the usual one, as mcp-atlassian knows them. */
const OTHER_HOSTS = /(^|\.)(atlassian\.net|jira\.com|jira-dev\.com|atlassian-us-gov-mod\.net)$/;

/** Whether an address belongs to a site of Atlassian Cloud: by its host, or where the definition says that sites are. */
export function isCloudSite(
  address: string,
  definition: Pick<ProviderDefinition, 'identity'> | null,
): boolean {
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `https://${address}`;
  if (!URL.canParse(full)) return false;
  if (OTHER_HOSTS.test(new URL(full).hostname)) return true;
  if (definition?.identity.kind !== 'atlassian-cloud') return false;
  const [before = '', after = ''] = definition.identity.siteUrl.split('{name}');
  const rest = full.startsWith(before) ? full.slice(before.length) : '';
  return rest !== '' && (after === '' || rest.includes(after));
}
