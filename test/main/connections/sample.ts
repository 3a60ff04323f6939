import type { ConnectionId, OAuthClientId, ProviderId } from '../../../contract/ids.ts';
import type { SignedIn } from '../../../main/signin/ports.ts';
import type { ConnectionRecord } from '../../../main/store/records.ts';

export const acme = {
  cloudId: '11111111-1111-4111-8111-111111111111',
  name: 'acme',
  url: 'https://acme.atlassian.net',
  products: ['jira', 'confluence'] as ('jira' | 'confluence')[],
};
export const beta = {
  ...acme,
  cloudId: '22222222-2222-4222-8222-222222222222',
  name: 'beta',
  url: 'https://beta.atlassian.net',
};

/** What both a connection and the sign-in that makes it hold. */
const granted = (): Omit<SignedIn, 'name' | 'tokens' | 'reconnects'> => ({
  provider: 'atlassian' as ProviderId,
  method: 'oauth2',
  grant: 'authorization-code',
  sent: { as: 'bearer' },
  route: 'default',
  client: '33333333-3333-4333-8333-333333333333' as OAuthClientId,
  account: { id: 'ana', name: 'Ana', email: 'ana@acme.example', pictureUrl: null },
  site: acme,
  sites: [acme, beta],
  requestedScopes: ['read'],
  grantedScopes: ['read'],
});

export const record = (change: Partial<ConnectionRecord> = {}): ConnectionRecord => ({
  id: '0b5a2f4e-3d5b-4c55-9d55-1f0f6c1f6f10' as ConnectionId,
  name: 'acme',
  ...granted(),
  renewal: 'refresh-token',
  expiresAt: Date.UTC(2026, 10, 22, 10, 30),
  obtainedAt: Date.UTC(2026, 10, 22, 9, 30),
  lastRefreshAt: null,
  createdAt: Date.UTC(2026, 10, 22, 9, 30),
  generation: 1,
  condition: { kind: 'ok' },
  pausedAt: null,
  ...change,
});

/** What a sign-in gives; the token lives an hour from `now`. */
export const signedIn = (now: number, change: Partial<SignedIn> = {}): SignedIn => ({
  ...granted(),
  name: null,
  tokens: {
    accessToken: 'access-1',
    refreshToken: 'refresh-1',
    expiresAt: now + 3_600_000,
    obtainedAt: now,
    scopes: ['read'],
  },
  reconnects: null,
  ...change,
});
