import { ConnectionId, ProviderId } from '../../../contract/ids.ts';
import type { Credentials } from '../../../main/credentials/access.ts';
import { BEARER, headerOf } from '../../../main/credentials/sent.ts';
import type { ConnectionRecord } from '../../../main/store/records.ts';
import { sampleConnection } from '../../fakes/sample-connection.ts';

export const CONNECTION = ConnectionId.parse('7d444840-9dc0-41d2-9a0c-4fd1e6a0c001');
export const OTHER_CONNECTION = ConnectionId.parse('7d444840-9dc0-41d2-9a0c-4fd1e6a0c002');
export const ATLASSIAN = ProviderId.parse('atlassian');

export const CLOUD_ID = '11111111-2222-4333-8444-555555555555';

export function connection(change: Partial<ConnectionRecord> = {}): ConnectionRecord {
  const site = {
    cloudId: CLOUD_ID,
    name: 'acme',
    url: 'https://acme.atlassian.net',
    products: ['jira' as const, 'confluence' as const],
  };
  return {
    ...sampleConnection({
      id: CONNECTION,
      name: 'acme – ana',
      account: { id: 'ana', name: 'Ana', email: 'ana@acme.example', pictureUrl: null },
      site,
      sites: [site],
      createdAt: 0,
    }),
    renewal: 'refresh-token',
    expiresAt: Date.UTC(2026, 10, 22, 10, 30),
    obtainedAt: 0,
    lastRefreshAt: null,
    generation: 1,
    condition: { kind: 'ok' },
    pausedAt: null,
    ...change,
  };
}

export function credentials(change: Partial<Credentials> = {}): Credentials {
  return {
    connection: connection(),
    accessToken: 'token-1',
    header: headerOf(BEARER, 'token-1'),
    expiresAt: Date.UTC(2026, 10, 22, 10, 30),
    apis: [
      { id: 'jira', name: 'Jira', url: `https://api.atlassian.com/ex/jira/${CLOUD_ID}` },
      {
        id: 'confluence',
        name: 'Confluence',
        url: `https://api.atlassian.com/ex/confluence/${CLOUD_ID}/wiki`,
      },
    ],
    ...change,
  };
}
