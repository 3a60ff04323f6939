import type { ActivityEntry } from '../../contract/activity.ts';
import type { BackupView, KeyRotationView, RestoreView } from '../../contract/backup.ts';
import type { CallName, CallOutput, RequestAnswer } from '../../contract/calls.ts';
import type { ConnectionStatus, ConnectionView } from '../../contract/connection.ts';
import type { Failure } from '../../contract/errors.ts';
import type { ExportCheck, ExportFinding, ExportLastRead, ExportWrite } from '../../contract/export-check.ts';
import type { ExportStatus, ExportView } from '../../contract/export.ts';
import type { FolderBinding, FolderEntry } from '../../contract/folder.ts';
import type {
  ConsumerView,
  GatewayView,
  HeldRequestView,
  RuleView,
  TrafficEntry,
} from '../../contract/gateway.ts';
import type { AskingProgram, GrantView, ProgramView } from '../../contract/grants.ts';
import type { GitInstallView } from '../../contract/git.ts';
import type { HookRun, HookView } from '../../contract/hook.ts';
import type { ClearFile, ImportCandidate, ImportNote, ImportResult } from '../../contract/import.ts';
import type { McpConsentView, McpResourceView } from '../../contract/mcp.ts';
import type { McpFilePlan, McpFileView } from '../../contract/mcp-files.ts';
import type { NetworkSettings, NetworkView, ProxyChoice } from '../../contract/network.ts';
import type { PresetProblem, PresetView } from '../../contract/preset.ts';
import type { OAuthClientView, ProviderFileView, ProviderView } from '../../contract/provider.ts';
import type { Settings } from '../../contract/settings.ts';
import type { SignInField, SignInStage, SignInView } from '../../contract/sign-in.ts';
import type { AppStatus, KeychainStatus } from '../../contract/status.ts';

/** Whether a value read from JSON has the shape that the commands expect. Loading the schema library would take longer than a call. */
type Check = (value: unknown) => boolean;
type FieldOf<T> = T extends unknown ? keyof T : never;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const text: Check = (value) => typeof value === 'string';
const number: Check = (value) => typeof value === 'number';
const flag: Check = (value) => typeof value === 'boolean';
const nullable =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const list =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
/** Checks the fields that the commands use; a newer app may send others. */
const object =
  <T>(fields: Partial<Record<FieldOf<T>, Check>>): Check =>
  (value) =>
    isObject(value) &&
    Object.entries<Check | undefined>(fields).every(([name, check]) => check?.(value[name]));
/** One of several shapes, distinguished by the text in the field `tag`. */
const tagged =
  (tag: string, shapes: Readonly<Record<string, Check>>): Check =>
  (value) => {
    if (!isObject(value)) return false;
    const which = value[tag];
    return typeof which === 'string' && Object.hasOwn(shapes, which) && shapes[which]?.(value) === true;
  };

const FAILURE = object<Failure>({
  code: text,
  message: text,
  hint: optional(text),
  field: optional(text),
  detail: optional(text),
});
const ANYTHING = object<object>({});

const STATUS = tagged('state', {
  connecting: ANYTHING,
  connected: ANYTHING,
  refreshing: ANYTHING,
  expiring: object<ConnectionStatus>({ expiresAt: text }),
  'needs-reconnect': object<ConnectionStatus>({ reason: text, fault: text, hint: text }),
  'missing-scope': object<ConnectionStatus>({ scopes: list(text) }),
  offline: object<ConnectionStatus>({ reason: text, retryAt: text, answered: flag }),
  paused: object<ConnectionStatus>({ since: nullable(text) }),
} satisfies Record<ConnectionStatus['state'], Check>);

const ACCOUNT = object<ConnectionView['account']>({ id: text, name: text, email: nullable(text) });
const SITE = object<NonNullable<ConnectionView['site']>>({
  cloudId: nullable(text),
  name: text,
  url: text,
});

const CONNECTION = object<ConnectionView>({
  id: text,
  name: text,
  provider: text,
  providerName: text,
  method: text,
  account: ACCOUNT,
  site: nullable(SITE),
  client: nullable(object<NonNullable<ConnectionView['client']>>({ id: text })),
  grant: nullable(text),
  username: nullable(text),
  apis: list(object<ConnectionView['apis'][number]>({ id: text, name: text })),
  scopes: list(text),
  requestedScopes: list(text),
  status: STATUS,
  active: flag,
  expiresAt: nullable(text),
  nextRefreshAt: nullable(text),
  canRefresh: flag,
});

const PROXY = tagged('from', {
  automatic: ANYTHING,
  environment: ANYTHING,
  system: ANYTHING,
  none: ANYTHING,
  pac: object<{ location: string }>({ location: text }),
  manual: object<{ url: string; bypass?: string[] }>({ url: text, bypass: optional(list(text)) }),
} satisfies Record<ProxyChoice['from'], Check>);

const NETWORK_SETTINGS = object<NetworkSettings>({
  proxy: optional(PROXY),
  caFile: optional(text),
  clientCertificate: optional(
    object<{ file: string; keyFile?: string }>({ file: text, keyFile: optional(text) }),
  ),
});

const NETWORK = object<NetworkView>({
  connection: nullable(text),
  settings: NETWORK_SETTINGS,
  effective: NETWORK_SETTINGS,
  hasProxyPassword: flag,
  route: text,
});

const EXPORT = object<ExportView>({
  id: text,
  file: text,
  preset: text,
  format: text,
  mode: text,
  target: tagged('follows', { connection: ANYTHING, active: ANYTHING, folder: ANYTHING }),
  connection: nullable(object<{ name: string }>({ name: text })),
  status: tagged('state', {
    written: object<ExportStatus>({ at: text }),
    pending: ANYTHING,
    failed: object<ExportStatus>({ error: FAILURE }),
    waiting: object<ExportStatus>({ readAt: nullable(text) }),
  } satisfies Record<ExportStatus['state'], Check>),
  warnings: list(text),
});

const EXPORT_CHECK = object<ExportCheck>({
  export: EXPORT,
  findings: list(
    object<ExportFinding>({
      check: text,
      ok: flag,
      message: text,
      hint: optional(text),
      cure: nullable(text),
    }),
  ),
  lastRead: tagged('state', {
    read: object<ExportLastRead>({ at: text }),
    'not-read': ANYTHING,
    unknown: object<ExportLastRead>({ why: text }),
  } satisfies Record<ExportLastRead['state'], Check>),
  openedBy: list(object<ExportCheck['openedBy'][number]>({ pid: number, program: text })),
  writes: list(
    object<ExportWrite>({
      at: text,
      connection: object<{ name: string }>({ name: text }),
      why: text,
      variables: list(text),
    }),
  ),
  variables: list(text),
});

const GIT_INSTALL = object<GitInstallView>({
  scope: text,
  file: text,
  url: text,
  connection: nullable(object<NonNullable<GitInstallView['connection']>>({ id: text, name: nullable(text) })),
  helper: text,
  intact: flag,
});

const BINDING = object<FolderBinding>({
  file: text,
  bound: list(
    object<FolderBinding['bound'][number]>({
      entry: object<FolderEntry>({
        connection: optional(text),
        provider: optional(text),
        site: optional(text),
        account: optional(text),
      }),
      connection: nullable(object<{ id: string; name: string }>({ id: text, name: text })),
      problem: nullable(FAILURE),
    }),
  ),
});

const SIGN_IN = object<SignInView>({
  id: text,
  provider: text,
  providerName: text,
  stage: tagged('stage', {
    waiting: object<SignInStage>({
      authorizeUrl: text,
      redirectUri: text,
      listening: flag,
      opened: flag,
      notice: nullable(text),
      deadline: text,
    }),
    'enter-secret': object<SignInStage>({
      fields: list(
        object<SignInField>({
          name: text,
          label: text,
          kind: text,
          optional: flag,
          hint: nullable(text),
          value: nullable(text),
          choices: list(object<SignInField['choices'][number]>({ value: text, label: text })),
        }),
      ),
      createUrl: nullable(text),
      notice: nullable(text),
      error: nullable(FAILURE),
      deadline: text,
    }),
    'enter-code': object<SignInStage>({
      userCode: text,
      verificationUrl: text,
      completeUrl: nullable(text),
      notice: nullable(text),
      deadline: text,
    }),
    exchanging: object<SignInStage>({ notice: nullable(text) }),
    'choose-site': object<SignInStage>({ sites: list(SITE) }),
    'confirm-account': object<SignInStage>({ expected: ACCOUNT, actual: ACCOUNT }),
    done: object<SignInStage>({ connection: text }),
    failed: object<SignInStage>({ error: FAILURE }),
  } satisfies Record<SignInStage['stage'], Check>),
});

const CLIENT = object<OAuthClientView>({
  id: text,
  provider: text,
  name: text,
  clientId: text,
  hasSecret: flag,
  redirectUri: text,
  connections: number,
});

export const isActivityEntry = object<ActivityEntry>({
  id: number,
  at: text,
  level: (value) => value === 'info' || value === 'warning' || value === 'error',
  message: text,
});

const PROVIDERS = object<CallOutput<'providers.list'>>({
  providers: list(
    object<CallOutput<'providers.list'>['providers'][number]>({
      id: text,
      name: text,
      methods: list(text),
      grants: list(text),
      tried: flag,
      origin: text,
      clients: list(object<OAuthClientView>({ name: text })),
    }),
  ),
  problems: list(
    object<CallOutput<'providers.list'>['problems'][number]>({
      file: text,
      field: nullable(text),
      message: text,
      hint: text,
    }),
  ),
  folder: text,
});

const PRESET = object<PresetView>({
  name: text,
  description: text,
  origin: text,
  kind: text,
  needs: list(text),
  variables: list(text),
  gateway: object<PresetView['gateway']>({ works: flag, reason: nullable(text) }),
  proxy: object<PresetView['proxy']>({ works: flag, reason: nullable(text) }),
  serves: nullable(
    object<NonNullable<PresetView['serves']>>({ works: flag, reason: nullable(text), hint: nullable(text) }),
  ),
});

const BACKUP = object<BackupView>({
  file: text,
  createdAt: text,
  bytes: number,
  connections: number,
  unreadable: number,
});

const RESTORE = object<RestoreView>({
  createdAt: text,
  version: text,
  unused: flag,
  connections: list(object<RestoreView['connections'][number]>({ name: text, provider: text, change: text })),
  clients: number,
  exports: number,
  providerFiles: object<RestoreView['providerFiles']>({ added: list(text), kept: list(text) }),
  presetFiles: optional(object<RestoreView['providerFiles']>({ added: list(text), kept: list(text) })),
});

const KEY_ROTATION = object<KeyRotationView>({
  secrets: number,
  source: nullable(text),
  oldKeyRemoved: flag,
});

const CONSUMER = object<ConsumerView>({
  id: text,
  kind: text,
  name: text,
  connections: nullable(list(text)),
  rules: list(object<RuleView>({ then: text, words: text })),
  limits: object<ConsumerView['limits']>({
    requestsPerMinute: optional(number),
    atOnce: optional(number),
  }),
  keyStart: text,
  expiresAt: nullable(text),
  lastUsedAt: nullable(text),
});

const DOOR = object<GatewayView['gateway']>({ url: nullable(text), fault: nullable(FAILURE) });

const ADDRESS = object<GatewayView['addresses'][number]>({
  connection: text,
  api: text,
  name: text,
  url: text,
});

const GATEWAY = object<GatewayView>({
  gateway: DOOR,
  mcp: DOOR,
  consumers: list(CONSUMER),
  held: list(
    object<HeldRequestView>({
      id: text,
      consumer: object<HeldRequestView['consumer']>({ name: text }),
      connection: object<HeldRequestView['connection']>({ name: text }),
      summary: text,
      program: optional(
        object<AskingProgram>({
          name: text,
          executable: nullable(text),
          script: nullable(text),
          pid: nullable(number),
          startedBy: list(text),
          folder: nullable(text),
          contained: flag,
        }),
      ),
      since: text,
      until: text,
    }),
  ),
  connectionRules: list(
    object<GatewayView['connectionRules'][number]>({
      connection: text,
      rules: list(object<RuleView>({ then: text, words: text })),
    }),
  ),
  addresses: list(ADDRESS),
});

export const areTrafficEntries = list(
  object<TrafficEntry>({
    id: number,
    at: text,
    consumer: nullable(object<{ name: string }>({ name: text })),
    method: text,
    path: text,
    status: number,
    durationMs: number,
    decision: text,
    reason: nullable(text),
  }),
);

const SETTINGS = object<Settings>({
  refreshingPaused: flag,
  gatewayPort: number,
  mcpPort: number,
  mcpSignIn: flag,
  mcpForeignTokens: flag,
  lockWithScreen: flag,
  lockAfterIdleMinutes: number,
  refreshWhileLocked: flag,
});

const APP_STATUS = object<AppStatus>({
  host: text,
  pid: number,
  version: text,
  home: text,
  socket: text,
  connections: number,
  sandbox: nullable(object<{ url: string }>({ url: text })),
  keychain: tagged('state', {
    opening: ANYTHING,
    ready: ANYTHING,
    'session-only': ANYTHING,
    unavailable: object<KeychainStatus>({ error: FAILURE }),
    locked: object<KeychainStatus>({ since: text, by: text, refreshing: flag }),
  } satisfies Record<KeychainStatus['state'], Check>),
  keySource: optional(text),
  refreshingPaused: flag,
});

const HOOK_RUN = object<HookRun>({ at: text, ok: flag, durationMs: number, message: text });

const HOOK = object<HookView>({
  id: text,
  event: text,
  connection: nullable(object<NonNullable<HookView['connection']>>({ id: text, name: nullable(text) })),
  program: text,
  args: list(text),
  withToken: flag,
  timeoutSeconds: number,
  paused: nullable(text),
  last: nullable(HOOK_RUN),
});

/** What the commands rely on in the answer of each call that they make. */
const SHAPES = {
  status: APP_STATUS,
  'app.lock': APP_STATUS,
  'app.unlock': APP_STATUS,
  doctor: object<CallOutput<'doctor'>>({
    findings: list(
      object<CallOutput<'doctor'>['findings'][number]>({
        check: text,
        ok: flag,
        message: text,
        hint: optional(text),
        detail: optional(text),
      }),
    ),
  }),
  'app.open': object<CallOutput<'app.open'>>({ url: nullable(text) }),
  'app.stop': ANYTHING,
  'connections.list': object<CallOutput<'connections.list'>>({ connections: list(CONNECTION) }),
  'connections.use': CONNECTION,
  'connections.set-site': CONNECTION,
  'connections.rename': CONNECTION,
  'connections.refresh': CONNECTION,
  'connections.pause': CONNECTION,
  'connections.test': object<CallOutput<'connections.test'>>({
    connection: CONNECTION,
    ok: flag,
    results: list(
      object<CallOutput<'connections.test'>['results'][number]>({
        check: text,
        ok: flag,
        message: text,
        code: optional(text),
        hint: optional(text),
      }),
    ),
    account: nullable(ACCOUNT),
    site: nullable(SITE),
    products: list(text),
    scopes: list(
      object<CallOutput<'connections.test'>['scopes'][number]>({
        scope: text,
        api: nullable(text),
        has: nullable(flag),
        how: nullable(text),
      }),
    ),
    answer: optional(
      object<RequestAnswer>({ method: text, url: text, status: nullable(number), ms: number, line: text }),
    ),
  }),
  'connections.remove': object<CallOutput<'connections.remove'>>({
    id: text,
    revocation: text,
    exports: list(object<ExportView>({ file: text })),
    manageUrl: nullable(text),
    undoUntil: optional(text),
  }),
  'connections.undo': object<CallOutput<'connections.undo'>>({ kind: text, connections: list(CONNECTION) }),
  'credentials.get': object<CallOutput<'credentials.get'>>({
    connection: object<{ id: string; name: string }>({ id: text, name: text }),
    field: text,
    value: text,
    expiresAt: nullable(text),
  }),
  'credentials.env': object<CallOutput<'credentials.env'>>({
    connection: object<{ id: string; name: string }>({ id: text, name: text }),
    variables: list(
      object<CallOutput<'credentials.env'>['variables'][number]>({ name: text, value: text, secret: flag }),
    ),
    text,
    template: optional(flag),
  }),
  'folders.list': object<CallOutput<'folders.list'>>({ folders: list(BINDING) }),
  'folders.find': object<CallOutput<'folders.find'>>({ binding: nullable(BINDING) }),
  'folders.bind': BINDING,
  'folders.unbind': object<CallOutput<'folders.unbind'>>({ file: text, binding: nullable(BINDING) }),
  'sign-in.start': SIGN_IN,
  'sign-in.wait': SIGN_IN,
  'sign-in.complete': SIGN_IN,
  'sign-in.answer': SIGN_IN,
  'sign-in.choose-site': SIGN_IN,
  'sign-in.accept-account': SIGN_IN,
  'sign-in.cancel': SIGN_IN,
  'presets.list': object<CallOutput<'presets.list'>>({
    presets: list(PRESET),
    problems: list(object<PresetProblem>({ file: text, field: nullable(text), message: text, hint: text })),
    folder: text,
  }),
  'presets.check': object<CallOutput<'presets.check'>>({
    preset: nullable(PRESET),
    problems: list(
      object<CallOutput<'presets.check'>['problems'][number]>({
        field: nullable(text),
        message: text,
        hint: text,
      }),
    ),
    replaces: nullable(text),
    digest: text,
  }),
  'presets.add': object<CallOutput<'presets.add'>>({ preset: PRESET, file: text }),
  'providers.list': PROVIDERS,
  'providers.reload': PROVIDERS,
  'providers.check': object<CallOutput<'providers.check'>>({
    provider: nullable(
      object<ProviderFileView>({
        id: text,
        name: text,
        methods: list(text),
        talksTo: list(text),
        client: nullable(object<{ name: string; hasSecret: boolean }>({ name: text, hasSecret: flag })),
        network: nullable(NETWORK_SETTINGS),
        changes: flag,
        replaces: nullable(text),
      }),
    ),
    problems: list(
      object<CallOutput<'providers.check'>['problems'][number]>({
        field: nullable(text),
        message: text,
        hint: text,
      }),
    ),
    digest: text,
  }),
  'providers.add': object<CallOutput<'providers.add'>>({
    provider: object<ProviderView>({ id: text, name: text }),
    file: text,
  }),
  'clients.list': object<CallOutput<'clients.list'>>({ clients: list(CLIENT) }),
  'clients.add': CLIENT,
  'clients.change': CLIENT,
  'clients.check-redirect': object<CallOutput<'clients.check-redirect'>>({ anyPort: flag }),
  'clients.check-file': object<CallOutput<'clients.check-file'>>({ kind: text }),
  'clients.add-file': CLIENT,
  'clients.remove': ANYTHING,
  'import.find': object<CallOutput<'import.find'>>({
    candidates: list(
      object<ImportCandidate>({
        id: text,
        source: text,
        place: text,
        alsoAt: list(text),
        provider: text,
        providerName: text,
        kind: text,
        address: nullable(text),
        username: nullable(text),
        secret: text,
        refreshes: flag,
        problem: nullable(FAILURE),
        notes: list(text),
      }),
    ),
    notes: list(object<ImportNote>({ place: nullable(text), message: text })),
    clear: list(object<ClearFile>({ path: text, kinds: list(text) })),
    looked: list(object<CallOutput<'import.find'>['looked'][number]>({ name: text, looksAt: text })),
  }),
  'import.take': object<CallOutput<'import.take'>>({
    results: list(
      object<ImportResult>({
        id: text,
        connection: nullable(CONNECTION),
        error: nullable(FAILURE),
        notes: list(text),
      }),
    ),
  }),
  'exports.list': object<CallOutput<'exports.list'>>({ exports: list(EXPORT) }),
  'exports.add': EXPORT,
  'exports.write': object<CallOutput<'exports.write'>>({ exports: list(EXPORT) }),
  'exports.check': object<CallOutput<'exports.check'>>({ checks: list(EXPORT_CHECK) }),
  'exports.cure': EXPORT_CHECK,
  'exports.remove': object<CallOutput<'exports.remove'>>({ file: text }),
  'hooks.list': object<CallOutput<'hooks.list'>>({ hooks: list(HOOK) }),
  'hooks.add': HOOK,
  'hooks.remove': object<CallOutput<'hooks.remove'>>({ id: text }),
  'hooks.pause': HOOK,
  'hooks.resume': HOOK,
  'hooks.test': object<CallOutput<'hooks.test'>>({ run: HOOK_RUN }),
  'activity.list': object<CallOutput<'activity.list'>>({ entries: list(isActivityEntry) }),
  'backup.create': BACKUP,
  'backup.overwrite': BACKUP,
  'backup.check': RESTORE,
  'backup.restore': RESTORE,
  'key.rotate': KEY_ROTATION,
  'key.move': KEY_ROTATION,
  'gateway.view': GATEWAY,
  'gateway.add': object<CallOutput<'gateway.add'>>({ consumer: CONSUMER, key: text }),
  'gateway.change': CONSUMER,
  'remote.list': object<CallOutput<'remote.list'>>({
    socket: nullable(text),
    problem: nullable(text),
    keys: list(CONSUMER),
  }),
  'remote.add': object<CallOutput<'remote.add'>>({ consumer: CONSUMER, key: text, socket: text }),
  'remote.remove': object<CallOutput<'remote.remove'>>({ id: text }),
  'gateway.remove': object<CallOutput<'gateway.remove'>>({ id: text }),
  'gateway.set-connection-rules': GATEWAY,
  'gateway.explain': object<CallOutput<'gateway.explain'>>({
    rules: list(object<RuleView>({ then: text, words: text })),
    warnings: list(text),
  }),
  'gateway.operations': object<CallOutput<'gateway.operations'>>({
    operations: list(
      object<CallOutput<'gateway.operations'>['operations'][number]>({
        id: text,
        api: text,
        name: text,
        reads: flag,
      }),
    ),
  }),
  'gateway.traffic': object<CallOutput<'gateway.traffic'>>({ entries: areTrafficEntries }),
  'gateway.usage': object<CallOutput<'gateway.usage'>>({
    usage: list(
      object<CallOutput<'gateway.usage'>['usage'][number]>({
        consumer: text,
        name: text,
        hour: text,
        requests: number,
        refused: number,
        failed: number,
        responseBytes: number,
      }),
    ),
  }),
  'gateway.decide': ANYTHING,
  'grants.list': object<CallOutput<'grants.list'>>({
    grants: list(
      object<GrantView>({
        id: text,
        program: object<ProgramView>({ name: text, executable: nullable(text), script: nullable(text) }),
        connection: object<GrantView['connection']>({ id: text, name: text }),
        decision: text,
        lasts: text,
        session: nullable(text),
        until: nullable(text),
        lastUsedAt: nullable(text),
      }),
    ),
  }),
  'grants.revoke': object<CallOutput<'grants.revoke'>>({ revoked: list(text) }),
  'connections.find': CONNECTION,
  'connections.set-approval': object<ConnectionView>({ id: text, name: text, approval: text }),
  'gateway.begin-run': object<CallOutput<'gateway.begin-run'>>({
    run: text,
    variables: list(
      object<CallOutput<'gateway.begin-run'>['variables'][number]>({ name: text, value: text }),
    ),
    removed: list(text),
    notes: list(text),
  }),
  'gateway.end-run': ANYTHING,
  'settings.get': SETTINGS,
  'settings.set': SETTINGS,
  'mcp.consents': object<CallOutput<'mcp.consents'>>({
    consents: list(
      object<McpConsentView>({
        id: text,
        clientName: nullable(text),
        clientHost: nullable(text),
        redirectHost: text,
        unproven: flag,
        connection: object<McpConsentView['connection']>({ name: text }),
        serverName: text,
        choices: list(
          object<McpResourceView>({
            connection: object<McpResourceView['connection']>({ name: text }),
            server: text,
          }),
        ),
        until: text,
      }),
    ),
  }),
  'mcp.consent': ANYTHING,
  'mcp.plan': object<McpFilePlan>({
    file: text,
    exists: flag,
    changes: flag,
    diff: list(text),
    notes: list(text),
    digest: text,
  }),
  'mcp.write': object<CallOutput<'mcp.write'>>({ changed: flag, backup: nullable(text) }),
  'mcp.files': object<CallOutput<'mcp.files'>>({
    files: list(
      object<McpFileView>({
        client: text,
        file: text,
        entries: list(
          object<McpFileView['entries'][number]>({
            name: text,
            url: text,
            usesKey: flag,
            problem: nullable(FAILURE),
          }),
        ),
        problem: nullable(FAILURE),
      }),
    ),
  }),
  'mcp.remove': object<CallOutput<'mcp.remove'>>({
    file: text,
    removed: list(text),
    deleted: flag,
    keys: list(object<CallOutput<'mcp.remove'>['keys'][number]>({ name: text, usedBy: nullable(text) })),
  }),
  'mcp.header': object<CallOutput<'mcp.header'>>({
    headers: object<CallOutput<'mcp.header'>['headers']>({ Authorization: text }),
  }),
  'git.credential': object<CallOutput<'git.credential'>>({ attributes: text, failure: nullable(FAILURE) }),
  'git.installs': object<CallOutput<'git.installs'>>({ installs: list(GIT_INSTALL) }),
  'git.install': object<CallOutput<'git.install'>>({ install: GIT_INSTALL, changed: flag }),
  'git.uninstall': object<CallOutput<'git.uninstall'>>({ file: text, url: text }),
  'network.get': NETWORK,
  'network.set': NETWORK,
} satisfies Partial<Record<CallName, Check>>;

/** The calls that the commands make. */
export type UsedCall = keyof typeof SHAPES;

export const hasShape = (call: UsedCall, output: unknown): boolean => SHAPES[call](output);
