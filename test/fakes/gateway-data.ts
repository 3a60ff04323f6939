import type {
  ConsumerView,
  GatewayView,
  HeldRequestView,
  OperationView,
  TrafficEntry,
  UsageEntry,
} from '../../contract/gateway.ts';
import type { GitInstallView } from '../../contract/git.ts';
import type { AskingProgram, GrantView } from '../../contract/grants.ts';
import type { ConnectionId, ConsumerId, GrantId, HeldRequestId } from '../../contract/ids.ts';
import { NO_GATEWAY } from '../../renderer/store/gateway-slice.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

const iso = (ms: number): string => new Date(ms).toISOString();
const uuid = (n: number): string => `00000000-0000-4000-8000-${n.toString().padStart(12, '0')}`;
const connection = (n: number): ConnectionId => uuid(n) as ConnectionId;

export const consumerId = (n: number): ConsumerId => uuid(500_000 + n) as ConsumerId;
export const heldId = (n: number): HeldRequestId => uuid(600_000 + n) as HeldRequestId;

export const OPERATIONS: readonly OperationView[] = [
  { id: 'jira.read-issues', api: 'jira', name: 'Read issues, their comments and files', reads: true },
  { id: 'jira.search', api: 'jira', name: 'Search issues', reads: true },
  { id: 'jira.create-issues', api: 'jira', name: 'Create issues', reads: false },
  { id: 'jira.comment', api: 'jira', name: 'Write comments', reads: false },
  { id: 'jira.delete-issues', api: 'jira', name: 'Delete or archive issues', reads: false },
  { id: 'confluence.read-pages', api: 'confluence', name: 'Read pages', reads: true },
  { id: 'confluence.change-pages', api: 'confluence', name: 'Change pages', reads: false },
];

export const aGitInstall = (url: string, change: Partial<GitInstallView> = {}): GitInstallView => ({
  ...{ scope: 'global', file: '/home/ana/.gitconfig', url, connection: null },
  helper: '!/opt/Tokentray/resources/bin/tokentray git-credential',
  intact: true,
  ...change,
});

/** A gateway that nobody uses. */
export const emptyGateway = (): GatewayView => ({ ...NO_GATEWAY });

export function aConsumer(n: number, now: number, change: Partial<ConsumerView> = {}): ConsumerView {
  return {
    id: consumerId(n),
    kind: 'key',
    name: `key-${n}`,
    connections: null,
    rules: [{ then: 'allow', operations: ['read'], words: 'Allow reading.' }],
    limits: {},
    keyStart: `ttk_a${n}`,
    createdAt: iso(now - 3 * DAY_MS),
    expiresAt: null,
    lastUsedAt: null,
    client: null,
    ...change,
  };
}

export function aHeld(n: number, now: number, change: Partial<HeldRequestView> = {}): HeldRequestView {
  return {
    id: heldId(n),
    consumer: { id: consumerId(1), kind: 'key', name: 'triage bot' },
    connection: { id: connection(1), name: 'acme' },
    api: 'jira',
    method: 'POST',
    path: '/rest/api/3/issue',
    summary: `Create an issue in ABC: “Printer ${n} is on fire”`,
    since: iso(now - 20_000),
    until: iso(now + 100_000 + 500),
    ...change,
  };
}

/** A program that asks for the token of the connection. */
export const aProgramHeld = (
  n: number,
  now: number,
  change: Partial<AskingProgram> = {},
): HeldRequestView => {
  const program: AskingProgram = {
    name: 'deploy.mjs',
    executable: '/usr/bin/node',
    script: '/home/ana/project/deploy.mjs',
    pid: 4711,
    startedBy: ['bash', 'gnome-terminal'],
    folder: '/home/ana/project',
    contained: false,
    lasts: ['once', 'session', 'day', 'always'],
    ...change,
  };
  return aHeld(n, now, {
    consumer: { id: consumerId(40), kind: 'program', name: program.name },
    ...{ api: '', method: '', path: '', summary: 'Get the access token' },
    program,
  });
};

export function aGrant(n: number, now: number, change: Partial<GrantView> = {}): GrantView {
  return {
    id: uuid(700_000 + n) as GrantId,
    program: {
      name: `deploy-${n}.mjs`,
      executable: '/usr/bin/node',
      script: `/home/ana/project/deploy-${n}.mjs`,
    },
    connection: { id: connection(1), name: 'acme' },
    decision: 'allow',
    lasts: 'always',
    session: null,
    createdAt: iso(now - 2 * DAY_MS),
    until: null,
    lastUsedAt: iso(now - 5 * MINUTE_MS),
    ...change,
  };
}

/** Of every kind. */
export const someGrants = (now: number): GrantView[] => [
  aGrant(1, now),
  aGrant(2, now, { decision: 'deny', lasts: 'day', until: iso(now + 5 * HOUR_MS) }),
  aGrant(3, now, {
    program: { name: 'bash', executable: '/usr/bin/bash', script: null },
    connection: { id: connection(2), name: 'beta' },
    ...{ lasts: 'session', session: 'bash in gnome-terminal', lastUsedAt: null },
  }),
];

export function aTrafficEntry(id: number, at: number, change: Partial<TrafficEntry> = {}): TrafficEntry {
  return {
    id,
    at: iso(at),
    consumer: { id: consumerId(1), kind: 'key', name: 'triage bot' },
    connection: connection(1),
    connectionName: 'acme',
    entrance: 'gateway',
    api: 'jira',
    method: 'GET',
    path: '/rest/api/3/search/jql',
    status: 200,
    durationMs: 84.2,
    requestBytes: 0,
    responseBytes: 18_244,
    decision: 'allowed',
    reason: 'Allow reading.',
    ...change,
  };
}

/** What an afternoon leaves behind, newest first. */
export function someTraffic(now: number): TrafficEntry[] {
  const claude = { id: consumerId(3), kind: 'mcp-client' as const, name: 'Claude Code' };
  const changes: Partial<TrafficEntry>[] = [
    {},
    { method: 'POST', path: '/rest/api/3/issue', status: 201, decision: 'approved', durationMs: 4210 },
    {
      method: 'DELETE',
      path: '/rest/api/3/issue/ABC-7',
      status: 403,
      decision: 'refused',
      reason: 'Refuse “Delete or archive issues”.',
      durationMs: 1.4,
      responseBytes: 412,
    },
    {
      consumer: claude,
      entrance: 'mcp',
      api: 'mcp',
      method: 'POST',
      path: '/v1/mcp',
      connection: connection(3),
      connectionName: 'beta',
    },
    {
      status: 502,
      decision: 'failed',
      reason: 'The connection timed out.',
      responseBytes: 0,
      durationMs: 30_000,
    },
    {
      consumer: null,
      connection: null,
      api: null,
      status: 401,
      decision: 'refused',
      reason: 'The key is not known.',
    },
    { status: 429, decision: 'limited', reason: 'More than 60 requests a minute.' },
    { api: 'confluence', path: '/wiki/api/v2/pages/1017', responseBytes: 3_400_000 },
  ];
  return changes.map((change, index) => aTrafficEntry(1000 - index, now - 5000 - index * 47_000, change));
}

export function someUsage(now: number): UsageEntry[] {
  const start = now - (now % HOUR_MS);
  const hours = (n: number, name: string, requests: readonly number[]): UsageEntry[] =>
    requests.map((count, index) => ({
      consumer: consumerId(n),
      name,
      hour: iso(start - (requests.length - 1 - index) * HOUR_MS),
      requests: count,
      refused: count > 20 ? 4 : 0,
      failed: count > 30 ? 2 : 0,
      responseBytes: count * 9000,
    }));
  return [
    ...hours(1, 'triage bot', [3, 12, 25, 40, 8, 0, 14, 33, 21]),
    ...hours(3, 'Claude Code', [0, 2, 4, 1]),
  ].sort((a, b) => a.hour.localeCompare(b.hour));
}

const ADDRESS = 'http://127.0.0.1:7980';
const API_NAMES = { jira: 'Jira', confluence: 'Confluence' } as const;

/** Keys, a run, an MCP client, and two requests that wait. */
export function fullGateway(now: number): GatewayView {
  return {
    gateway: { url: ADDRESS, fault: null },
    mcp: { url: 'http://127.0.0.1:7981', fault: null },
    consumers: [
      aConsumer(1, now, {
        name: 'triage bot',
        connections: [connection(1)],
        rules: [
          { then: 'allow', operations: ['read'], words: 'Allow reading.' },
          {
            then: 'ask',
            operations: ['jira.create-issues', 'jira.comment'],
            words: 'Ask me about “Create issues” and “Write comments”.',
          },
          { then: 'refuse', operations: ['jira.delete-issues'], words: 'Refuse “Delete or archive issues”.' },
        ],
        limits: { requestsPerMinute: 60, atOnce: 4 },
        expiresAt: iso(now + 20 * DAY_MS),
        lastUsedAt: iso(now - 4 * MINUTE_MS),
      }),
      aConsumer(2, now, { name: 'reports', keyStart: 'ttk_Zq' }),
      aConsumer(3, now, {
        kind: 'mcp-client',
        name: 'Claude Code',
        connections: [connection(3)],
        rules: [
          { then: 'allow', operations: ['read'], words: 'Allow reading.' },
          { then: 'ask', operations: ['change'], words: 'Ask me about changes.' },
        ],
        client: { id: 'https://claude.ai/oauth/metadata', redirectHost: '127.0.0.1' },
        lastUsedAt: iso(now - 2 * HOUR_MS),
      }),
      aConsumer(5, now, {
        kind: 'remote',
        name: 'build server',
        connections: [connection(1)],
        rules: [],
        fields: ['authorization', 'jira_api_url'],
        keyStart: 'ttk_h7',
      }),
      aConsumer(4, now, {
        kind: 'run',
        name: 'python report.py',
        connections: [connection(1)],
        rules: [{ then: 'allow', words: 'Allow everything.' }],
        lastUsedAt: iso(now - MINUTE_MS),
      }),
    ],
    held: [
      aHeld(1, now),
      aHeld(2, now, {
        consumer: { id: consumerId(3), kind: 'mcp-client', name: 'Claude Code' },
        connection: { id: connection(3), name: 'beta' },
        api: 'confluence',
        method: 'PUT',
        path: '/wiki/api/v2/pages/1017',
        summary: 'Change the page “Release notes” in DOCS',
        until: iso(now + 240_000),
      }),
    ],
    connectionRules: [
      {
        connection: connection(1),
        rules: [
          { then: 'allow', words: 'Allow everything.' },
          {
            then: 'ask',
            operations: ['jira.delete-issues'],
            words: 'Ask me about “Delete or archive issues”.',
          },
        ],
      },
    ],
    addresses: (
      [
        [1, 'acme'],
        [3, 'beta'],
      ] as const
    ).flatMap(([n, name]) =>
      (['jira', 'confluence'] as const).map((api) => ({
        connection: connection(n),
        api,
        name: API_NAMES[api],
        url: `${ADDRESS}/${name}/${api}`,
      })),
    ),
  };
}
