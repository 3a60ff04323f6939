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

export const ENV_FORMATS = ['dotenv', 'bash', 'json'] as const;

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

/** Who asks the gateway: with a key that the person made, within one `run`, or as an MCP client that signed in. */
export const CONSUMER_KINDS = ['key', 'run', 'mcp-client'] as const;
export type ConsumerKind = (typeof CONSUMER_KINDS)[number];

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
  'keychain-locked': 7,
  'keychain-missing': 7,
  'keychain-timeout': 7,
  'keychain-key-lost': 7,
} as const;

export type ErrorCode = keyof typeof EXIT_CODES;

/** Who makes a call: the command line (local socket), an Electron window, a page of the browser host. */
export type Caller = 'cli' | 'window' | 'browser';

/** Ports at which the gateway and the sign-in of MCP clients may listen. */
export const PORT_RANGE = { min: 1024, max: 65_535 } as const;
