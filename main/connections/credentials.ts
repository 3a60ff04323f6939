import type { CredentialField } from '../../contract/connection.ts';
import { apiAddresses } from '../atlassian/api-addresses.ts';
import type { Credentials, ReadCredentials } from '../exports/ports.ts';
import { isoTime } from '../lib/clock.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import type { ProviderRegistry } from '../providers/ports.ts';
import type { Refresher } from '../refresh/ports.ts';
import { noConnection } from '../refresh/outcome-recorder.ts';
import type { ConnectionStore } from '../store/ports.ts';
import type { ConnectionRecord } from '../store/records.ts';

export interface ReadCredentialsOptions {
  connections: Pick<ConnectionStore, 'get'>;
  registry: Pick<ProviderRegistry, 'get'>;
  refresher: Pick<Refresher, 'freshTokens'>;
}

/** Reads what a preset or an export may use: the access token and where it works. */
export function createReadCredentials(options: ReadCredentialsOptions): ReadCredentials {
  const { connections, registry, refresher } = options;
  return async (id, minTtlMs) => {
    const tokens = await refresher.freshTokens(id, minTtlMs);
    if (!tokens.ok) return tokens;
    const connection = connections.get(id);
    if (connection === null) return noConnection();
    const { accessToken, expiresAt } = tokens.value;
    return ok(credentialsOf(connection, registry, accessToken, expiresAt));
  };
}

/** A connection's credentials with `accessToken`, which may be a mask. */
export function credentialsOf(
  connection: ConnectionRecord,
  registry: Pick<ProviderRegistry, 'get'>,
  accessToken: string,
  expiresAt: number | null,
): Credentials {
  const definition = registry.get(connection.provider);
  const addresses = definition.ok
    ? apiAddresses(definition.value, connection.site)
    : { jiraApiUrl: null, confluenceApiUrl: null };
  return { connection, accessToken, expiresAt, ...addresses };
}

/** One value, as text. `unsupported` when this connection has none, with what it lacks. */
export function credentialField(credentials: Credentials, field: CredentialField): Result<string> {
  const { connection, accessToken, expiresAt, jiraApiUrl, confluenceApiUrl } = credentials;
  switch (field) {
    case 'access_token':
      return ok(accessToken);
    case 'authorization':
      return ok(`Bearer ${accessToken}`);
    case 'site_url':
      return orElse(connection.site?.url, connection, 'site');
    case 'cloud_id':
      return orElse(connection.site?.cloudId, connection, 'site');
    case 'jira_api_url':
      return orElse(jiraApiUrl, connection, 'site');
    case 'confluence_api_url':
      return orElse(confluenceApiUrl, connection, 'site');
    case 'email':
      return orElse(connection.account.email, connection, 'email address');
    case 'account_id':
      return ok(connection.account.id);
    case 'expires_at':
      return orElse(expiresAt === null ? null : isoTime(expiresAt), connection, 'expiry');
    case 'scopes':
      return ok(connection.grantedScopes.join(' '));
  }
}

const HINTS = {
  site: 'Choose one with `tokentray use <name> --site <site>`, or under Sites in the window.',
  'email address': 'The provider did not send it; request the scope that allows it and reconnect.',
  expiry: 'The provider does not say when its tokens expire.',
} as const;

function orElse(
  value: string | null | undefined,
  { name, sites }: ConnectionRecord,
  what: keyof typeof HINTS,
): Result<string> {
  if (value !== null && value !== undefined && value !== '') return ok(value);
  const hint = what === 'site' && sites.length === 0 ? 'Its provider has no sites.' : HINTS[what];
  return fail('unsupported', `“${name}” has no ${what}.`, hint);
}
