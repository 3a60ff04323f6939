import type { ConnectionView } from '../../contract/connection.ts';
import type { OAuthClientId, ProviderId } from '../../contract/ids.ts';
import type { ProviderView } from '../../contract/provider.ts';
import type { SignInField, SignInStage, SignInView } from '../../contract/sign-in.ts';
import { DEFAULT_SETTINGS } from '../../contract/settings.ts';
import { aClient, emptySnapshot, signInId, uuid, type Snapshot } from './window-data.ts';

const DAY_MS = 86_400_000;
const iso = (ms: number): string => new Date(ms).toISOString();

export const CLOUD = 'cloud' as ProviderId;
export const SELF_HOSTED = 'self-hosted' as ProviderId;

const client = (change: Parameters<typeof aClient>[0] = {}) => aClient({ provider: CLOUD, ...change });
export const TOOLS = client();
export const ROBOT = client({ id: uuid(701) as OAuthClientId, name: 'Build robot', clientId: 'robot-1' });
export const PUBLIC = client({
  id: uuid(702) as OAuthClientId,
  name: 'Public',
  clientId: 'public-1',
  hasSecret: false,
});

const provider = (change: Partial<ProviderView>): ProviderView => ({
  id: CLOUD,
  name: 'Example Cloud',
  methods: ['oauth2'],
  grants: ['authorization-code'],
  needsClient: true,
  instance: null,
  apis: [{ id: 'jira', name: 'Jira' }],
  tried: false,
  source: 'its documentation, November 2026',
  registerUrl: null,
  origin: 'bundled',
  file: null,
  scopes: [],
  requiredScopes: [],
  defaultScopes: [],
  scopePresets: [],
  docsUrl: null,
  defaultRedirectUri: 'http://127.0.0.1:7979/callback',
  clients: [],
  ...change,
});

/** Every way to sign in at once, with more presets than fit on a screen. */
export const cloud = (change: Partial<ProviderView> = {}): ProviderView =>
  provider({
    methods: ['oauth2', 'api-token', 'access-token'],
    grants: ['authorization-code', 'client-credentials'],
    tried: true,
    scopes: ['profile', 'offline_access', 'read:work', 'write:work', 'read:page', 'read:old-page'].map(
      (scope) => ({ scope, description: `May ${scope.replace(':', ' ')}` }),
    ),
    requiredScopes: ['offline_access'],
    defaultScopes: ['profile', 'offline_access', 'read:work', 'write:work', 'read:page'],
    scopePresets: [
      {
        name: 'Work and pages',
        description: 'Read and change work, read pages',
        scopes: ['profile', 'offline_access', 'read:work', 'write:work', 'read:page'],
        notice: null,
      },
      ...['Work', 'Work, read only', 'Pages', 'Boards'].map((name, index) => ({
        name,
        description: 'One thing and no other',
        scopes: [
          'profile',
          'offline_access',
          ['read:work', 'write:work', 'read:page', 'read:board'][index] ?? '',
        ],
        notice: null,
      })),
      {
        name: 'Old scopes only',
        description: null,
        scopes: ['profile', 'offline_access', 'read:work', 'read:old-page'],
        notice: 'Pages cannot be read with it: the provider answers 410.',
      },
    ],
    clients: [TOOLS, ROBOT, PUBLIC],
    ...change,
  });

export const selfHosted = (change: Partial<ProviderView> = {}): ProviderView =>
  provider({
    id: SELF_HOSTED,
    name: 'Example Data Center',
    methods: ['personal-access-token', 'basic'],
    grants: [],
    needsClient: false,
    instance: { example: 'https://jira.acme.example/jira', value: null },
    ...change,
  });

/** As many providers as there are bundled ones. */
export const manyProviders = (): ProviderView[] => [
  cloud(),
  selfHosted(),
  ...Array.from({ length: 38 }, (_, index) =>
    provider({
      id: `service-${index}` as ProviderId,
      name: `Service ${index}`,
      methods: index % 3 === 0 ? ['api-key'] : ['oauth2'],
      grants: index % 3 === 0 ? [] : index % 3 === 1 ? ['device-code'] : ['authorization-code'],
      needsClient: false,
    }),
  ),
];

/** A connection of `cloud`; `now` in epoch ms. */
export function aConnected(n: number, now: number, change: Partial<ConnectionView> = {}): ConnectionView {
  const site = {
    cloudId: 'cloud-acme',
    name: 'acme',
    url: 'https://acme.example',
    products: ['jira'],
  };
  return {
    id: uuid(n) as ConnectionView['id'],
    name: `connection-${n}`,
    approval: 'none',
    provider: CLOUD,
    providerName: 'Example Cloud',
    method: 'oauth2',
    grant: 'authorization-code',
    client: { id: TOOLS.id, name: TOOLS.name },
    account: { id: 'ana', name: 'Ana Keller', email: 'ana@acme.example', pictureUrl: null },
    username: null,
    header: { name: 'authorization', value: 'Bearer ••••••••' },
    site,
    sites: [site],
    apis: [{ id: 'jira', name: 'Jira', url: 'https://api.example/ex/jira/cloud-acme' }],
    scopes: ['profile', 'read:work', 'write:work', 'read:page'],
    requestedScopes: ['profile', 'offline_access', 'read:work', 'write:work', 'read:page'],
    missingScopes: [],
    status: { state: 'connected' },
    active: false,
    expiresAt: iso(now + 52 * 60_000),
    nextRefreshAt: iso(now + 47 * 60_000),
    signInExpiresAt: iso(now + 90 * DAY_MS),
    canRefresh: true,
    createdAt: iso(now - 3 * DAY_MS),
    obtainedAt: iso(now - 8 * 60_000),
    lastRefreshAt: iso(now - 8 * 60_000),
    ...change,
  };
}

/** What a pasted secret has instead. */
export const pasted = (now: number, change: Partial<ConnectionView> = {}): Partial<ConnectionView> => ({
  method: 'api-token',
  grant: null,
  client: null,
  username: 'ana@acme.example',
  scopes: [],
  requestedScopes: [],
  expiresAt: iso(now + 60 * DAY_MS),
  nextRefreshAt: null,
  signInExpiresAt: null,
  lastRefreshAt: null,
  canRefresh: false,
  ...change,
});

export const aField = (change: Partial<SignInField>): SignInField => ({
  name: 'secret',
  label: 'API token',
  kind: 'secret',
  optional: false,
  hint: null,
  value: null,
  choices: [],
  ...change,
});

export const enterSecret = (
  now: number,
  change: Partial<Extract<SignInStage, { stage: 'enter-secret' }>> = {},
): SignInStage => ({
  stage: 'enter-secret',
  fields: [
    aField({ name: 'site', label: 'Site', kind: 'text', hint: 'Such as acme or https://acme.example' }),
    aField({ name: 'username', label: 'E-mail address', kind: 'email' }),
    aField({}),
    aField({
      name: 'expires',
      label: 'Ends on',
      kind: 'date',
      optional: true,
      hint: 'Tokentray reminds you a week and a day before.',
    }),
  ],
  createUrl: 'https://id.acme.example/api-tokens',
  notice: null,
  error: null,
  deadline: iso(now + 30 * 60_000),
  ...change,
});

export const enterCode = (
  now: number,
  change: Partial<Extract<SignInStage, { stage: 'enter-code' }>> = {},
): SignInStage => ({
  stage: 'enter-code',
  userCode: 'WDJB-MJHT',
  verificationUrl: 'https://acme.example/device',
  completeUrl: 'https://acme.example/device?user_code=WDJB-MJHT',
  notice: null,
  deadline: iso(now + 15 * 60_000),
  ...change,
});

export const aSignInAt = (stage: SignInStage, now: number, change: Partial<SignInView> = {}): SignInView => ({
  id: signInId(50),
  provider: CLOUD,
  providerName: 'Example Cloud',
  reconnects: null,
  startedAt: iso(now),
  stage,
  ...change,
});

/** Connections of every method. */
export const methodSnapshot = (now: number, change: Partial<Snapshot> = {}): Snapshot => ({
  ...emptySnapshot(),
  settings: { ...DEFAULT_SETTINGS, firstRunDone: true },
  providers: [cloud(), selfHosted()],
  connections: [
    aConnected(1, now, { name: 'browser', active: true }),
    aConnected(2, now, { name: 'second' }),
    aConnected(3, now, {
      name: 'from before',
      account: { id: 'ben', name: 'Ben', email: 'ben@acme.example', pictureUrl: null },
      scopes: ['profile', 'read:work', 'read:old-page'],
      requestedScopes: ['profile', 'offline_access', 'read:work', 'read:old-page'],
    }),
    aConnected(4, now, {
      name: 'robot',
      grant: 'client-credentials',
      client: { id: ROBOT.id, name: ROBOT.name },
      account: { id: 'robot', name: 'Build robot', email: null, pictureUrl: null },
      signInExpiresAt: null,
    }),
    aConnected(5, now, { name: 'token', ...pasted(now) }),
    aConnected(6, now, {
      name: 'on premises',
      provider: SELF_HOSTED,
      providerName: 'Example Data Center',
      ...pasted(now, {
        method: 'personal-access-token',
        username: null,
        expiresAt: null,
        site: {
          cloudId: null,
          name: 'jira.acme.example',
          url: 'https://jira.acme.example/jira',
          products: [],
        },
      }),
    }),
    aConnected(7, now, {
      name: 'ended',
      ...pasted(now, {
        expiresAt: iso(now - DAY_MS),
        status: {
          state: 'needs-reconnect',
          since: iso(now - DAY_MS),
          reason: 'It has expired. Create a new one at the provider and enter it here.',
          fault: 'grant',
          hint: 'Replace it.',
        },
      }),
    }),
  ],
  ...change,
});
