import { ProviderId, type OAuthClientId } from '../../contract/ids.ts';
import type { OAuthClientRecord } from '../../main/store/records.ts';

/** A client that its person added, with a secret. */
export const sampleClient = (id: OAuthClientId): OAuthClientRecord => ({
  id,
  provider: ProviderId.parse('atlassian'),
  name: 'Own',
  clientId: 'abc',
  hasSecret: true,
  redirectUri: 'http://127.0.0.1:7979/callback',
  origin: 'user',
  createdAt: 1,
});
