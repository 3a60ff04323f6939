import type { Site } from '../../contract/connection.ts';
import type { ProviderDefinition } from '../providers/definition.ts';

/** The only addresses at which an OAuth token works: the site's own domain answers 401. */
export interface ApiAddresses {
  /** `/rest/api/3/…` follows. */
  jiraApiUrl: string | null;
  /** `/wiki/rest/api/…` and `/wiki/api/v2/…` follow. */
  confluenceApiUrl: string | null;
}

/** Null where the provider has no sites, or none was chosen. */
export function apiAddresses({ identity }: ProviderDefinition, site: Site | null): ApiAddresses {
  if (identity.kind !== 'atlassian-cloud' || site === null)
    return { jiraApiUrl: null, confluenceApiUrl: null };
  const api = identity.apiUrl.replace(/\/+$/, '');
  const cloudId = encodeURIComponent(site.cloudId);
  return {
    jiraApiUrl: `${api}/ex/jira/${cloudId}`,
    confluenceApiUrl: `${api}/ex/confluence/${cloudId}`,
  };
}
