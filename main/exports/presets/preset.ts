import type { EnvVariable, PresetName } from '../../../contract/export.ts';
import type { Site } from '../../../contract/connection.ts';
import { fail, ok, type Result } from '../../lib/result.ts';
import type { Credentials } from '../../credentials/access.ts';

/** The variables that one tool reads, as a mapping from a connection. */
export interface Preset {
  readonly name: PresetName;
  /** Every name it can write. */
  readonly variables: readonly string[];
  /** Why its tool asks at addresses of its own choice, whatever it is given; absent: it does not. For the middle of a sentence. */
  readonly fixedHosts?: string;
  /** What the connection has a value for. `unsupported` with the reason for a connection it does not serve. */
  map(credentials: Credentials): Result<EnvVariable[]>;
}

const WHY_NOT = {
  sent: 'its API token works with Basic authentication only, and this preset uses a Bearer token',
  selfHosted: 'a personal access token belongs to a Data Center server, which has no cloud id',
} as const;

export type CloudSite = Site & { cloudId: string };

/** The site of a connection whose token is a Bearer token for Atlassian's gateway. */
export function cloudSite(
  preset: PresetName,
  { connection, apis }: Pick<Credentials, 'connection' | 'apis'>,
): Result<CloudSite> {
  const { name, method, sent, site, sites } = connection;
  const why = method === 'personal-access-token' ? WHY_NOT.selfHosted : WHY_NOT.sent;
  if (sent.as !== 'bearer' || method === 'personal-access-token') {
    return fail(
      'unsupported',
      `The preset ${preset} does not work with “${name}”: ${why}.`,
      'Use a connection that was made by signing in (OAuth 2.0). Presets are for those; with this one, let the program read what it needs: tokentray get --field authorization (the header), and --field api_url --api jira (the address).',
    );
  }
  if (site?.cloudId) return ok({ ...site, cloudId: site.cloudId });
  // A self-hosted product, or another service.
  if (site !== null || (apis.length > 0 && !apis.some(({ id }) => id === 'jira' || id === 'confluence')))
    return fail(
      'unsupported',
      `The preset ${preset} is for Jira and Confluence Cloud, and “${name}” is not connected to them.`,
      'Name a connection to Atlassian Cloud; see: tokentray list',
    );
  return fail(
    'unsupported',
    `The preset ${preset} does not work with “${name}”: no Atlassian site is selected for it.`,
    sites.length > 0
      ? `Choose its site: ${sites.map(({ name: siteName }) => siteName).join(', ')}.`
      : 'Reconnect it and grant access to a site.',
  );
}

/** One variable, or none when there is no value. */
export const variable = (name: string, value: string | null, secret = false): EnvVariable[] =>
  value === null ? [] : [{ name, value, secret }];
