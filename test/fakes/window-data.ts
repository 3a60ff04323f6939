import type { ActivityEntry } from '../../contract/activity.ts';
import type { CallOutput } from '../../contract/calls.ts';
import type { ConnectionView, Site } from '../../contract/connection.ts';
import type { ExportCheck } from '../../contract/export-check.ts';
import type { ExportView } from '../../contract/export.ts';
import type { ConnectionId, ExportId, OAuthClientId, ProviderId, SignInId } from '../../contract/ids.ts';
import type { OAuthClientView, ProviderView } from '../../contract/provider.ts';
import { DEFAULT_SETTINGS } from '../../contract/settings.ts';
import type { SignInView } from '../../contract/sign-in.ts';
import { emptyGateway } from './gateway-data.ts';

export type Snapshot = CallOutput<'snapshot'>;

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const iso = (ms: number): string => new Date(ms).toISOString();

/** A UUID that says which one it is. */
export const uuid = (n: number): string => `00000000-0000-4000-8000-${n.toString().padStart(12, '0')}`;

export const connectionId = (n: number): ConnectionId => uuid(n) as ConnectionId;
export const signInId = (n: number): SignInId => uuid(900_000 + n) as SignInId;
export const exportId = (n: number): ExportId => `export${n}` as ExportId;
export const ATLASSIAN = 'atlassian' as ProviderId;

export function aSite(name: string): Site {
  return {
    cloudId: `cloud-${name}`,
    name,
    url: `https://${name}.atlassian.net`,
    products: ['jira', 'confluence'],
  };
}

/** A connection as the core shows it; `now` in epoch ms. */
export function aConnection(n: number, now: number, change: Partial<ConnectionView> = {}): ConnectionView {
  const site = aSite(change.name ?? `site-${n}`);
  return {
    id: connectionId(n),
    name: site.name,
    provider: ATLASSIAN,
    providerName: 'Atlassian Cloud',
    method: 'oauth2',
    client: { id: uuid(700) as OAuthClientId, name: 'Acme tools' },
    account: { id: 'ana', name: 'Ana Keller', email: 'ana@acme.example', pictureUrl: null },
    site,
    sites: [site],
    apis: [
      { id: 'jira', name: 'Jira', url: `https://api.atlassian.com/ex/jira/${site.cloudId}` },
      {
        id: 'confluence',
        name: 'Confluence',
        url: `https://api.atlassian.com/ex/confluence/${site.cloudId}`,
      },
    ],
    grant: 'authorization-code',
    username: null,
    header: { name: 'authorization', value: 'Bearer ••••••••' },
    scopes: ['read:me', 'read:jira-work', 'write:jira-work'],
    requestedScopes: ['read:me', 'offline_access', 'read:jira-work', 'write:jira-work'],
    missingScopes: [],
    status: { state: 'connected' },
    active: false,
    expiresAt: iso(now + 52 * MINUTE_MS + 5000),
    nextRefreshAt: iso(now + 47 * MINUTE_MS),
    signInExpiresAt: iso(now + 90 * DAY_MS),
    canRefresh: true,
    approval: 'none',
    createdAt: iso(now - 3 * DAY_MS),
    obtainedAt: iso(now - 8 * MINUTE_MS),
    lastRefreshAt: iso(now - 8 * MINUTE_MS),
    ...change,
  };
}

export function aClient(change: Partial<OAuthClientView> = {}): OAuthClientView {
  return {
    id: uuid(700) as OAuthClientId,
    provider: ATLASSIAN,
    name: 'Acme tools',
    clientId: 'Qx7aBcDeFgHiJkLm',
    hasSecret: true,
    redirectUri: 'http://127.0.0.1:7979/callback',
    origin: 'user',
    connections: 3,
    ...change,
  };
}

export function aProvider(change: Partial<ProviderView> = {}): ProviderView {
  return {
    id: ATLASSIAN,
    name: 'Atlassian Cloud',
    methods: ['oauth2'],
    grants: ['authorization-code'],
    needsClient: true,
    instance: null,
    apis: [
      { id: 'jira', name: 'Jira' },
      { id: 'confluence', name: 'Confluence' },
    ],
    tried: true,
    source: null,
    registerUrl: null,
    origin: 'bundled',
    file: null,
    scopes: [
      { scope: 'read:me', description: 'Read your profile; needed to know who is connected' },
      { scope: 'offline_access', description: 'Stay connected: refresh without you' },
      { scope: 'read:jira-work', description: 'Read projects, issues, search, attachments, worklogs' },
      { scope: 'write:jira-work', description: 'Create, edit and delete issues, comment, log work' },
      { scope: 'manage:jira-project', description: 'Change project settings, versions, components' },
    ],
    requiredScopes: ['offline_access'],
    defaultScopes: ['read:me', 'offline_access', 'read:jira-work', 'write:jira-work'],
    scopePresets: [
      {
        name: 'Read only',
        description: 'Search and read; changes nothing',
        scopes: ['read:me', 'offline_access', 'read:jira-work'],
        notice: null,
      },
    ],
    docsUrl: 'https://developer.atlassian.com/cloud/jira/platform/oauth-2-3lo-apps/',
    defaultRedirectUri: 'http://127.0.0.1:7979/callback',
    clients: [aClient()],
    ...change,
  };
}

export function anExport(n: number, now: number, change: Partial<ExportView> = {}): ExportView {
  return {
    id: exportId(n),
    file: `/home/ana/code/project-${n}/.env`,
    preset: 'atlassian',
    format: 'dotenv',
    mode: 'block',
    inPlace: false,
    target: { follows: 'active', provider: ATLASSIAN },
    connection: { id: connectionId(1), name: 'acme' },
    status: { state: 'written', at: iso(now - 8 * MINUTE_MS) },
    tokenEndsAt: iso(now + 52 * MINUTE_MS + 5000),
    warnings: [],
    ...change,
  };
}

/** With what is wrong that is not cured yet. */
export function anExportCheck(item: ExportView, now: number, cured: ReadonlySet<string>): ExportCheck {
  const unignored = {
    check: 'git',
    ok: false,
    message: 'Git does not ignore .env, so “git add” would take it.',
  } as const;
  return {
    export: item,
    findings: [
      { check: 'content', ok: true, message: 'The file holds the current token.', cure: null },
      cured.has('ignore')
        ? { check: 'git', ok: true, message: 'Git ignores .env.', cure: null }
        : { ...unignored, hint: 'Add “/.env” to .gitignore.', cure: 'ignore' },
      { check: 'access', ok: true, message: 'Only you can read the file.', cure: null },
    ],
    lastRead: { state: 'read', at: iso(now - 3 * MINUTE_MS) },
    openedBy: [],
    writes: [
      {
        at: iso(now - 8 * MINUTE_MS),
        connection: { id: connectionId(1), name: 'acme' },
        why: 'refreshed',
        variables: ['ATLASSIAN_ACCESS_TOKEN', 'ATLASSIAN_TOKEN_EXPIRES_AT'],
      },
    ],
    variables: ['ATLASSIAN_ACCESS_TOKEN'],
  };
}

export function aSignIn(n: number, now: number, change: Partial<SignInView> = {}): SignInView {
  return {
    id: signInId(n),
    provider: ATLASSIAN,
    providerName: 'Atlassian Cloud',
    reconnects: null,
    startedAt: iso(now),
    stage: {
      stage: 'waiting',
      authorizeUrl: 'https://auth.atlassian.example/authorize?client_id=Qx7a&state=s&code_challenge=c',
      redirectUri: 'http://127.0.0.1:7979/callback',
      listening: true,
      opened: true,
      notice: null,
      deadline: iso(now + 5 * MINUTE_MS),
    },
    ...change,
  };
}

/** A core that has nothing yet. */
export function emptySnapshot(): Snapshot {
  return {
    status: {
      running: true,
      host: 'browser',
      desktop: null,
      pid: 1,
      version: '0.1.0',
      home: '/home/ana/.config/tokentray',
      userHome: '/home/ana',
      socket: '/home/ana/.config/tokentray/run/api.sock',
      connections: 0,
      sandbox: null,
      keychain: { state: 'ready' },
      database: null,
      refreshingPaused: false,
    },
    connections: [],
    signIns: [],
    exports: [],
    providers: [aProvider()],
    problems: [],
    settings: { ...DEFAULT_SETTINGS, firstRunDone: true },
    gateway: emptyGateway(),
    consents: [],
  };
}

/** Every state once, two accounts, several env files. */
export function fullSnapshot(now: number): Snapshot {
  const beta = { id: 'beta', name: 'Ana Keller', email: 'ana@beta.example', pictureUrl: null };
  const since = iso(now - 20 * MINUTE_MS);
  const connections = [
    aConnection(1, now, { name: 'acme', active: true, sites: [aSite('acme'), aSite('acme-sandbox')] }),
    aConnection(2, now, {
      name: 'acme-sandbox',
      status: {
        state: 'offline',
        since,
        reason: 'The connection to api.atlassian.com timed out.',
        retryAt: iso(now + 2 * MINUTE_MS + 5000),
        answered: false,
      },
    }),
    aConnection(3, now, {
      name: 'beta',
      account: beta,
      nextRefreshAt: null,
      status: {
        state: 'needs-reconnect',
        since,
        fault: 'grant',
        reason: 'The refresh token was revoked.',
        hint: 'Sign in again. The name and the env files stay.',
      },
    }),
    aConnection(4, now, {
      name: 'beta-docs',
      account: beta,
      status: { state: 'missing-scope', since, scopes: ['write:jira-work'] },
      scopes: ['read:me', 'read:jira-work'],
      missingScopes: ['write:jira-work'],
    }),
    aConnection(5, now, { name: 'gamma', account: beta, status: { state: 'refreshing', since } }),
    aConnection(6, now, { name: 'paused one', account: beta, status: { state: 'paused', since } }),
    aConnection(7, now, {
      name: 'jira-onprem',
      provider: 'jira-dc' as ProviderId,
      providerName: 'Jira Data Center',
      method: 'personal-access-token',
      client: null,
      account: { id: 'ana-dc', name: 'ana', email: null, pictureUrl: null },
      site: null,
      sites: [],
      apis: [],
      grant: null,
      active: true,
      canRefresh: false,
      nextRefreshAt: null,
      signInExpiresAt: null,
      lastRefreshAt: null,
      expiresAt: iso(now + 3 * DAY_MS + MINUTE_MS),
      status: { state: 'expiring', expiresAt: iso(now + 3 * DAY_MS + MINUTE_MS) },
    }),
  ];
  return {
    ...emptySnapshot(),
    connections,
    exports: [
      anExport(1, now, { file: '/home/ana/code/triage/.env' }),
      anExport(2, now, {
        file: '/home/ana/.config/jira/env',
        preset: 'mcp-atlassian',
        format: 'bash',
        mode: 'whole',
        target: { follows: 'connection', connection: connectionId(1) },
        warnings: ['Git tracks this file. Add it to .gitignore before you commit.'],
      }),
      anExport(3, now, {
        file: '/srv/shared/.env',
        connection: { id: connectionId(3), name: 'beta' },
        target: { follows: 'connection', connection: connectionId(3) },
        status: {
          state: 'failed',
          since,
          error: {
            code: 'io',
            message: 'Permission denied: /srv/shared/.env.',
            hint: 'Make the folder writable for you, then write it again.',
          },
        },
      }),
    ],
  };
}

/** What a day leaves behind: one connection renewed again and again, some trouble with others; newest first. */
export function someActivity(now: number): ActivityEntry[] {
  const entry = (
    minutesAgo: number,
    level: ActivityEntry['level'],
    event: string,
    connection: number | null,
    message: string,
  ): Omit<ActivityEntry, 'id'> => ({
    at: iso(now - minutesAgo * MINUTE_MS),
    level,
    event,
    message,
    connection: connection === null ? null : connectionId(connection),
    export: null,
  });
  const entries = [
    entry(8, 'info', 'refresh.refreshed', 1, '“acme” has a new access token.'),
    entry(
      19,
      'error',
      'export.failed',
      3,
      '/srv/shared/.env was not written. Permission denied: /srv/shared/.env.',
    ),
    entry(
      20,
      'warning',
      'refresh.gone',
      3,
      '“beta” needs you to sign in again: the refresh token was revoked.',
    ),
    entry(21, 'warning', 'refresh.offline', 2, '“acme-sandbox”: api.atlassian.com can’t be reached.'),
    entry(63, 'info', 'refresh.refreshed', 1, '“acme” has a new access token.'),
    entry(118, 'info', 'refresh.refreshed', 1, '“acme” has a new access token.'),
    entry(150, 'info', 'export.added', 1, '/home/ana/code/triage/.env is kept up to date.'),
    entry(173, 'info', 'connection.added', 1, '“acme” is connected.'),
  ];
  return entries.map((item, index) => ({ ...item, id: entries.length - index }));
}

/** Many connections of many accounts, named in order. */
export function largeSnapshot(now: number, count: number): Snapshot {
  return {
    ...emptySnapshot(),
    connections: Array.from({ length: count }, (_, index) =>
      aConnection(index + 1, now, {
        name: `site-${index + 1}`,
        account: {
          id: `person-${Math.floor(index / 20)}`,
          name: `Person ${Math.floor(index / 20)}`,
          email: `person-${Math.floor(index / 20)}@acme.example`,
          pictureUrl: null,
        },
      }),
    ),
  };
}
