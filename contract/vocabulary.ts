/** Fixed names of the product, without the schema library, so that the command line loads quickly. */

export const SIGN_IN_METHODS = [
  'oauth2',
  'api-token',
  'personal-access-token',
  'basic',
  'api-key',
  'access-token',
] as const;

/** How an `oauth2` connection gets its tokens (RFC 6749 §4.1, §4.4; RFC 8628). */
export const OAUTH_GRANTS = ['authorization-code', 'device-code', 'client-credentials'] as const;

export const CREDENTIAL_FIELDS = [
  'access_token',
  'authorization',
  'site_url',
  'cloud_id',
  'jira_api_url',
  'confluence_api_url',
  'email',
  'account_id',
  'expires_at',
  'scopes',
  'username',
  'api_url',
] as const;

/** What the window's list of connections is sorted by: name, or what needs attention first. */
export const CONNECTION_SORTS = ['name', 'urgent'] as const;
/** What it is grouped by, below the provider. */
export const CONNECTION_GROUPS = ['account', 'site', 'none'] as const;

/** The presets that are included; people add their own. */
export const PRESET_NAMES = [
  'atlassian',
  'mcp-atlassian',
  'jira-cli',
  'jira-js',
  'confluence-cli',
  'bkt',
  'aashari-mcp',
  'terraform-jira',
  'terraform-atlassian',
  'terraform-bitbucket',
  'forge',
  'authsome',
  'acli',
  'atlassian-python-api',
  'git-credential-manager',
] as const;
export type BundledPreset = (typeof PRESET_NAMES)[number];

/** Ways to write variables; what each is for is in `main/exports/dialects`. */
export const ENV_FORMATS = [
  'dotenv',
  'bash',
  'fish',
  'powershell',
  'cmd',
  'bare',
  'docker',
  'compose',
  'systemd',
  'direnv',
  'github-actions',
  'json',
  'yaml',
  'toml',
  'properties',
  'netrc',
  'ini',
] as const;

/** The ones that can be kept in a file; what GitHub Actions reads is new in every step. */
export const FILE_FORMATS = ENV_FORMATS.filter((format) => format !== 'github-actions');

/** How an export's file is kept. */
export const EXPORT_MODES = ['block', 'whole', 'pipe'] as const;

/** In which examples are shown; `shell`: curl, or PowerShell on Windows. */
export const EXAMPLE_LANGUAGES = ['shell', 'node', 'python'] as const;
export type ExampleLanguage = (typeof EXAMPLE_LANGUAGES)[number];

/** What of an export is checked. */
export const EXPORT_CHECKS = [
  'content',
  'git',
  'access',
  'overridden',
  'environment',
  'mounted',
  'direnv',
  'shared',
  'reader',
] as const;

/** What Tokentray can do about a finding. */
export const EXPORT_CURES = ['write', 'ignore', 'narrow', 'in-place'] as const;

/** What the system's dialog can ask for. */
export const PATH_CHOICES = ['file-to-write', 'folder'] as const;
export type PathChoice = (typeof PATH_CHOICES)[number];

/** Why a file was written. */
export const WRITE_REASONS = [
  'added',
  'changed',
  'asked',
  'refreshed',
  'reconnected',
  'switched',
  'updated',
  'restored',
] as const;
export type WriteReason = (typeof WRITE_REASONS)[number];

/** Programs that connections can be moved in from. */
export const IMPORT_SOURCES = [
  'mcp-atlassian',
  'jira-cli',
  'acli',
  'mcp-remote',
  'authsome',
  'gh',
  'env',
] as const;

/**
 * Who asks with a key of its own: the gateway with a key that the person made, within one `run`, or as an MCP client that
 * signed in; or the socket, from another machine or a container (`remote`).
 */
export const KEYED_CONSUMER_KINDS = ['key', 'run', 'mcp-client', 'remote'] as const;
export type KeyedConsumerKind = (typeof KEYED_CONSUMER_KINDS)[number];

/** A program at the local socket has no key: the system says who it is. */
export const CONSUMER_KINDS = [...KEYED_CONSUMER_KINDS, 'program'] as const;
export type ConsumerKind = (typeof CONSUMER_KINDS)[number];

/**
 * How a connection is used: `get`, `env` and `git` by these commands, `run` by a program that Tokentray started, `program` by
 * one that the person has answered about, `key` with a key of the gateway or of another machine.
 */
export const USE_KINDS = ['get', 'env', 'git', 'run', 'program', 'key'] as const;
export type UseKind = (typeof USE_KINDS)[number];

/** Whether programs of this machine get a connection's credential at once, or the person is asked about each. */
export const APPROVALS = ['none', 'ask'] as const;
export type Approval = (typeof APPROVALS)[number];

/** How long an answer about a program holds. `session`: until its terminal is closed, or the app ends. */
export const GRANT_LASTS = ['once', 'session', 'day', 'always'] as const;
export type GrantLasts = (typeof GRANT_LASTS)[number];
/** Why Tokentray is locked: the person did it, the screen was locked, or nobody used the machine for a while. */
export const LOCKED_BY = ['person', 'screen', 'idle'] as const;
export type LockedBy = (typeof LOCKED_BY)[number];

/** What a hook can follow. `connection-gone`: it has to be reconnected, or was removed. */
export const HOOK_EVENTS = [
  'token-new',
  'token-refreshed',
  'connection-gone',
  'connection-switched',
  'export-written',
] as const;
export type HookEventName = (typeof HOOK_EVENTS)[number];

/** How long a hook's program may take, in seconds. */
export const HOOK_SECONDS = { min: 1, default: 30, max: 600 } as const;

/** From the strictest. */
export const RULE_ACTIONS = ['refuse', 'ask', 'allow'] as const;

/** Where requests come in: the reverse gateway, the forward proxy, the MCP endpoint. */
export const GATEWAY_ENTRANCES = ['gateway', 'proxy', 'mcp'] as const;
export type GatewayEntrance = (typeof GATEWAY_ENTRANCES)[number];

/** What became of a request. `denied` and `unanswered`: it was held, and the person said no or nothing. */
export const GATEWAY_DECISIONS = [
  'allowed',
  'approved',
  'refused',
  'denied',
  'unanswered',
  'limited',
  'failed',
] as const;
export type GatewayDecision = (typeof GATEWAY_DECISIONS)[number];

/** Programs whose files of MCP servers can be written. */
export const MCP_CLIENTS = [
  'claude-code',
  'claude-desktop',
  'cursor',
  'vscode',
  'windsurf',
  'codex',
] as const;

/** Whose file of an MCP client: the person's, or a project's. */
export const MCP_SCOPES = ['user', 'project'] as const;

/** Whose settings of git. */
export const GIT_SCOPES = ['global', 'local'] as const;

/** Every failure that a person can encounter, with its exit code on the command line. */
export const EXIT_CODES = {
  failed: 1,
  internal: 1,
  cancelled: 1,
  denied: 1,
  conflict: 1,
  'duplicate-key': 1,
  'timed-out': 1,
  misconfigured: 1,
  'missing-scope': 1,
  refused: 1,
  limited: 1,
  'shared-folder': 1,
  io: 1,
  'port-taken': 1,
  'store-corrupt': 1,
  'store-newer': 1,
  unsupported: 1,
  forbidden: 1,
  usage: 2,
  'invalid-input': 2,
  ambiguous: 2,
  'not-reachable': 3,
  'needs-reconnect': 4,
  'not-found': 5,
  offline: 6,
  temporary: 6,
  locked: 7,
  'keychain-locked': 7,
  'keychain-missing': 7,
  'keychain-timeout': 7,
  'keychain-key-lost': 7,
} as const;

export type ErrorCode = keyof typeof EXIT_CODES;

/**
 * Who makes a call: the command line (local socket), an Electron window, a page of the browser host, or a program elsewhere
 * that has a key (forwarded socket).
 */
export type Caller = 'cli' | 'window' | 'browser' | 'remote';

/** Ports at which the gateway and the sign-in of MCP clients may listen. */
export const PORT_RANGE = { min: 1024, max: 65_535 } as const;

/** A day: the longest time after which an idle app can lock. */
export const MOST_IDLE_MINUTES = 1440;
