import type { Account, CredentialField, OAuthGrant, SignInMethod, Site } from '../../contract/connection.ts';
import type { ExportFormat, ExportMode, ExportTarget, PresetName } from '../../contract/export.ts';
import type { Failure } from '../../contract/errors.ts';
import type { ConsumerLimits, Rules } from '../../contract/gateway.ts';
import type {
  ConnectionId,
  ConsumerId,
  ExportId,
  GrantId,
  HookId,
  OAuthClientId,
  ProviderId,
} from '../../contract/ids.ts';
import type { HookEventName, KeyedConsumerKind, WriteReason } from '../../contract/vocabulary.ts';
import type { ClientAuthentication, DiscoveredServer } from '../oauth/discovered-server.ts';
import type { Renewal } from '../credentials/renewal.ts';
import type { Sent } from '../credentials/sent.ts';

/**
 * What the vault holds of a connection, of whatever method: a token endpoint's answer, or a secret that a person pasted. How it is sent and
 * renewed stands in the record, because views and schedules need it without decrypting. Never leaves the core; see
 * `docs/ARCHITECTURE.md`.
 */
export interface TokenSet {
  /** The secret that is sent: access token, API token, key or password. */
  accessToken: string;
  refreshToken: string | null;
  /** Epoch ms; null when the provider gave no lifetime. */
  expiresAt: number | null;
  /** Epoch ms when the access token was obtained. */
  obtainedAt: number;
  /** Granted scopes; null when the answer named none (then what was asked for holds, RFC 6749 §5.1). */
  scopes: string[] | null;
}

/** How the last refresh left the connection. Persisted; the status shown is derived from it. */
export type Condition =
  | { kind: 'ok' }
  /**
   * Time-outs, 5xx, 429, DNS, TLS, proxies: the token is kept and tried again. `answered`: the last try was answered.
   */
  | {
      kind: 'transient';
      since: number;
      reason: string;
      failures: number;
      retryAt: number;
      answered: boolean;
    }
  /** The provider itself said that the grant is gone. */
  | { kind: 'gone'; since: number; reason: string }
  /** The app registration is at fault, such as a wrong client secret. */
  | { kind: 'misconfigured'; since: number; reason: string };

/** A connection as stored, without its tokens. Times are epoch ms. */
export interface ConnectionRecord {
  id: ConnectionId;
  /** Unique, compared without case. */
  name: string;
  provider: ProviderId;
  method: SignInMethod;
  /** Of `oauth2`. */
  grant: OAuthGrant | null;
  sent: Sent;
  /** Which of an API's addresses work with it; see the provider's definition. */
  route: string;
  client: OAuthClientId | null;
  account: Account;
  site: Site | null;
  sites: Site[];
  requestedScopes: string[];
  grantedScopes: string[];
  renewal: Renewal;
  expiresAt: number | null;
  obtainedAt: number;
  lastRefreshAt: number | null;
  createdAt: number;
  /** Raised by each new sign-in; a refresh that began before never overwrites it. */
  generation: number;
  condition: Condition;
  pausedAt: number | null;
}

export type NewConnection = Pick<
  ConnectionRecord,
  | 'id'
  | 'name'
  | 'provider'
  | 'method'
  | 'grant'
  | 'sent'
  | 'route'
  | 'client'
  | 'account'
  | 'site'
  | 'sites'
  | 'requestedScopes'
  | 'grantedScopes'
> & {
  createdAt: number;
  /** Stored paused from the first moment; not where it is not said. */
  pausedAt?: number | null;
};

/** A journal entry: a refresh request with the token of this hash may have been sent. */
export interface RefreshAttempt {
  /** Epoch ms. */
  startedAt: number;
  /** SHA-256 of the refresh token, hex. */
  refreshTokenHash: string;
  generation: number;
  /** When the token was last sent again because an answer was lost, epoch ms. */
  replayedAt: number | null;
}

/** What there is to know of a client that was registered dynamically; its access token is in the vault. */
export interface ClientRegistration {
  /** The registration endpoint: a client is good only at the server that it was registered with. */
  registeredAt: string;
  /** Where the registration can be read and deleted (RFC 7592 §3); null: nowhere. */
  managementUrl: string | null;
  clientAuthentication: ClientAuthentication;
  /** Epoch ms; null: never. */
  secretExpiresAt: number | null;
  /** The server no longer knows it: the next sign-in registers another one. */
  refused: boolean;
}

export interface OAuthClientRecord {
  id: OAuthClientId;
  provider: ProviderId;
  name: string;
  clientId: string;
  hasSecret: boolean;
  redirectUri: string;
  /** `provider`: from a provider definition or the sandbox. `registered`: by Tokentray itself (RFC 7591). */
  origin: 'user' | 'provider' | 'registered';
  /** It belongs to a service account, so that no person can sign in with it. Absent: not known. */
  serviceAccount?: boolean | undefined;
  createdAt: number;
  /** Those that its registration has. Absent: nobody said. */
  scopes?: readonly string[] | undefined;
  /** Where it has signed in, by discovery. Absent: nowhere yet. */
  servers?: readonly DiscoveredServer[] | undefined;
  registration?: ClientRegistration | undefined;
}

/** Where an export was written before it was changed; our lines may still be there. */
export interface FormerPlace {
  file: string;
  preset: PresetName;
  format: ExportFormat;
  mode: ExportMode;
  /** See `ExportRecord`. */
  digests?: readonly string[] | undefined;
}

export interface ExportRecord {
  id: ExportId;
  /** Absolute path as the person gave it; symlinks are followed at each write. */
  file: string;
  preset: PresetName;
  format: ExportFormat;
  mode: ExportMode;
  target: ExportTarget;
  createdAt: number;
  writtenAt: number | null;
  error: { since: number; failure: Failure } | null;
  /** The user allowed writing it where others can read or replace the file. */
  sharedFolder: boolean;
  /** Set from when a change is stored until our lines are removed from the former place. */
  former: FormerPlace | null;
  /** The file is written to, not replaced. */
  inPlace: boolean;
  /** The pipe that was made for it, by which an own one is known; null for a file. */
  pipe: PipeIdentity | null;
  /** When the pipe was last read; null for a file. */
  readAt: number | null;
  /** What the file was last made from; null before the first write. */
  from: WrittenFrom | null;
  /** The last writes that changed the file, newest first. */
  writes: ExportWriteRecord[];
  /** SHA-256, hex, of what we last wrote and of what we were about to write, where nothing in the file says that it is ours. */
  digests?: readonly string[] | undefined;
}

/** Which file something is, as the system numbers them. */
export interface PipeIdentity {
  dev: string;
  ino: string;
  /** When it was made, in ns, as numbers are given again; 0 where the file system does not keep that. */
  born: string;
}

/** What a file was made from, without any value of it. */
export interface WrittenFrom {
  connection: ConnectionId;
  generation: number;
  obtainedAt: number;
  /** Of the digests. */
  salt: string;
  /** A few bytes of a keyed hash of each value, by name: enough to see that it has changed. */
  digests: Record<string, string>;
  /** The same of the text; absent in what older versions stored. */
  text?: string | undefined;
  /** When the token in it ends; null: not known. Absent in what older versions stored. */
  expiresAt?: number | null | undefined;
}

/** One write that changed the file. */
export interface ExportWriteRecord {
  at: number;
  connection: { id: ConnectionId; name: string };
  why: WriteReason;
  variables: string[];
}

/** Whoever asks the gateway with a key of its own, as stored; its keys, of which only hashes are kept, are separate rows. */
export interface ConsumerRecord {
  id: ConsumerId;
  kind: Exclude<KeyedConsumerKind, 'run'>;
  /** Unique, compared without case. */
  name: string;
  /** Null: every connection, also later ones. */
  connections: ConnectionId[] | null;
  rules: Rules;
  limits: ConsumerLimits;
  /** The beginning of its first key. */
  keyStart: string;
  createdAt: number;
  expiresAt: number | null;
  /** Of an MCP client that signed in. */
  client: { id: string; redirectHost: string } | null;
  /** Of a remote key: what it may read; null: every field. */
  fields?: CredentialField[] | null | undefined;
}

/** One key of a consumer. */
export interface ConsumerKey {
  /** SHA-256 of the key, hex. */
  hash: string;
  consumer: ConsumerId;
  /** Epoch ms; null: as long as the consumer. */
  expiresAt: number | null;
}

/** Which program it is, as the system says. */
export interface ProgramIdentity {
  uid: number;
  /** Real path. */
  executable: string;
  /** Real path of what an interpreter runs; null: nothing that is a file, or no interpreter. */
  script: string | null;
}

/** What the person answered about a program that asked for a connection's credential, for as long as it is stored. */
export interface GrantRecord {
  id: GrantId;
  connection: ConnectionId;
  program: ProgramIdentity;
  decision: 'allow' | 'deny';
  /** Epoch ms. */
  createdAt: number;
  /** Epoch ms; null: never. */
  until: number | null;
}

/** A program that is run after an event. Times are epoch ms. */
export interface HookRecord {
  readonly id: HookId;
  readonly event: HookEventName;
  /** Null: every connection. */
  readonly connection: ConnectionId | null;
  readonly program: string;
  readonly args: readonly string[];
  readonly withToken: boolean;
  readonly timeoutSeconds: number;
  readonly paused: 'person' | 'restored' | null;
  readonly createdAt: number;
  readonly last: {
    readonly at: number;
    readonly ok: boolean;
    readonly durationMs: number;
    readonly message: string;
  } | null;
}
