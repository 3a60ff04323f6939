import { randomUUID } from 'node:crypto';
import { ConnectionId, ProviderId } from '../../contract/ids.ts';
import type { NewConnection, TokenSet } from '../../main/store/records.ts';

/** A connection as signing in gives it; each has an id and a name of its own. */
export function sampleConnection(changes: Partial<NewConnection> = {}): NewConnection {
  const id = ConnectionId.parse(randomUUID());
  return {
    id,
    name: `Work ${id.slice(0, 8)}`,
    provider: ProviderId.parse('atlassian'),
    method: 'oauth2',
    grant: 'authorization-code',
    sent: { as: 'bearer' },
    route: 'default',
    client: null,
    account: { id: 'account-1', name: 'Ada', email: 'ada@example.com', pictureUrl: null },
    site: null,
    sites: [],
    requestedScopes: ['read:jira-work', 'offline_access'],
    grantedScopes: ['read:jira-work', 'offline_access'],
    createdAt: 1000,
    ...changes,
  };
}

export const sampleTokens = (changes: Partial<TokenSet> = {}): TokenSet => ({
  accessToken: 'access-1',
  refreshToken: 'refresh-1',
  expiresAt: 5000,
  obtainedAt: 1000,
  scopes: null,
  ...changes,
});
