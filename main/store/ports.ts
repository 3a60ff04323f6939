import type { McpStore } from './mcp-records.ts';
import type { ActivityEntry, ActivityLevel } from '../../contract/activity.ts';
import type { Failure } from '../../contract/errors.ts';
import type { Rules, TrafficEntry, UsageEntry } from '../../contract/gateway.ts';
import type { GitScope } from '../../contract/git.ts';
import type {
  ConnectionId,
  ConsumerId,
  ExportId,
  GrantId,
  HookId,
  OAuthClientId,
  ProviderId,
} from '../../contract/ids.ts';
import type { NetworkSettings } from '../../contract/network.ts';
import type { Settings } from '../../contract/settings.ts';
import type { DamagedRecord, KeychainStatus } from '../../contract/status.ts';
import type { LockedBy, UseKind } from '../../contract/vocabulary.ts';
import type { Event } from '../lib/emitter.ts';
import type { Result } from '../lib/result.ts';
import type { StoreCopies } from './copy/store-copy.ts';
import type { KeychainSessions } from './keychain.ts';
import type { KeyRotation, NewKeyPlace } from './rotate-key.ts';
import type { RemovedConnection } from './removed-connections.ts';
import type {
  ConnectionRecord,
  ConsumerKey,
  ConsumerRecord,
  ExportRecord,
  GrantRecord,
  HookRecord,
  NewConnection,
  OAuthClientRecord,
  RefreshAttempt,
  TokenSet,
} from './records.ts';

/** AES-256-GCM; `context` is bound as associated data. */
export interface Sealing {
  encrypt(plaintext: string, context: string): Result<Uint8Array>;
  decrypt(ciphertext: Uint8Array, context: string): Result<string>;
}

/**
 * Encrypts under the one key in the keychain. Calls fail with a `keychain-…` code while there is no key, and with `locked`
 * while a person has to unlock it.
 */
export interface Vault extends Sealing {
  readonly status: KeychainStatus;
  readonly onStatus: Event<KeychainStatus>;
  /**
   * Resolves once the key is there or the keychain has said no. Asks again after a refusal, so that a
   * keychain that was unlocked meanwhile works; at most one question is under way.
   */
  open(): Promise<Result<void>>;
}

/** Since when (epoch ms) the vault is locked, and why. */
export interface Lock {
  readonly since: number;
  readonly by: LockedBy;
}

/** A vault that only a person opens again. */
export interface LockableVault extends Vault {
  /** What whoever asks is answered while it is locked; null while it is not. */
  readonly failure: Failure | null;
  /**
   * For what refreshes tokens, and for nobody else: uses the key as long as it is in memory, also while the vault is locked.
   * A request that was sent must be able to store the only token that still works.
   */
  readonly whileLocked: Sealing;
  /**
   * From now on calls fail with `locked`, and the keychain is not asked. The key stays in memory until `forgetKey`;
   * `refreshing`: it is going to stay. `unsupported` for a key that is nowhere else.
   */
  lock(lock: Lock, options: { refreshing: boolean }): Result<void>;
  /** The key leaves memory, unless this lock is over. */
  forgetKey(lock: Lock): void;
  /** Asks the keychain for the key; locked still if it does not give it. */
  unlock(): Promise<Result<void>>;
}

/** Remembers a lock over restarts. */
export interface LockStore {
  set(lock: Lock | null): Result<void>;
}

/**
 * Every write is durable when the call returns, or when its promise resolves: those that refreshes make by the thousand
 * wait for the end of the turn and share its commit. Writes fail with `io`, `store-corrupt` or a `keychain-…` code.
 */
export interface ConnectionStore {
  list(): ConnectionRecord[];
  get(id: ConnectionId): ConnectionRecord | null;
  /** Generation 1; becomes the active one when its provider has none. */
  insert(connection: NewConnection, tokens: TokenSet): Result<ConnectionRecord>;
  /** A new sign-in for a connection: tokens, account and sites replaced, generation + 1, attempt cleared. */
  replace(id: ConnectionId, connection: NewConnection, tokens: TokenSet): Result<ConnectionRecord>;
  tokens(id: ConnectionId): Result<TokenSet>;
  /** For a refresh, also while the vault is locked. */
  tokensToRenew(id: ConnectionId): Result<TokenSet>;
  /** Journal before a refresh request. False when the generation has moved on. */
  beginAttempt(id: ConnectionId, attempt: RefreshAttempt): Promise<Result<boolean>>;
  attempt(id: ConnectionId): RefreshAttempt | null;
  /**
   * One transaction: stores the refreshed token set, sets the condition to `ok`, clears the attempt. False, and
   * nothing changed, when the generation is no longer `generation`: a newer sign-in won. Also for one that was set aside
   * meanwhile: if it comes back, it needs the only refresh token that still works.
   */
  saveRefreshed(
    id: ConnectionId,
    generation: number,
    tokens: TokenSet,
    refreshedAt: number,
  ): Promise<Result<boolean>>;
  /** Sets what is not secret; also clears the attempt when `clearAttempt`. */
  update(id: ConnectionId, patch: ConnectionPatch): Result<ConnectionRecord>;
  /**
   * The active connection of its provider moves to the provider's next one by name, if any. Nothing of its tokens is left in
   * the files.
   */
  remove(id: ConnectionId): Result<void>;
  /** As `remove`, but what is removed stays in the store, encrypted, until it is put back or purged. */
  setAside(id: ConnectionId, removedAt: number): Result<void>;
  /** Those that were set aside, oldest first. The next start deletes them after `KEEP_REMOVED_MS`. */
  removed(): RemovedConnection[];
  /** As it was, and in its place, but with this name. It is the active one again unless another was made that meanwhile. */
  putBack(id: ConnectionId, name: string): Result<ConnectionRecord>;
  /** Deletes one that was set aside. */
  purge(id: ConnectionId): Result<void>;
  active(provider: ProviderId): ConnectionId | null;
  setActive(id: ConnectionId): Result<void>;
}

export interface ConnectionPatch {
  name?: string;
  site?: ConnectionRecord['site'];
  condition?: ConnectionRecord['condition'];
  pausedAt?: number | null;
  clearAttempt?: boolean;
}

export interface OAuthClientStore {
  list(): OAuthClientRecord[];
  get(id: OAuthClientId): OAuthClientRecord | null;
  /**
   * Inserts, or replaces the one with the same id. `secret` null: a public client. `registrationToken` manages a
   * registration (RFC 7592); it is kept only with a client that has one.
   */
  save(client: OAuthClientRecord, secret: string | null, registrationToken?: string | null): Result<void>;
  /** Sets what is not secret. Needs no keychain. */
  update(client: OAuthClientRecord): Result<void>;
  secret(id: OAuthClientId): Result<string | null>;
  registrationToken(id: OAuthClientId): Result<string | null>;
  remove(id: OAuthClientId): Result<void>;
}

export interface ExportStore {
  list(): ExportRecord[];
  get(id: ExportId): ExportRecord | null;
  save(record: ExportRecord): Result<void>;
  remove(id: ExportId): Result<void>;
}

export interface HookStore {
  /** Oldest first. */
  list(): HookRecord[];
  get(id: HookId): HookRecord | null;
  save(record: HookRecord): Result<void>;
  remove(id: HookId): Result<void>;
}

/** Newest first; each field that is given narrows it. */
export interface ActivityQuery {
  limit: number;
  /** Only entries older than this id. */
  before?: number | undefined;
  connection?: ConnectionId | undefined;
  levels?: readonly ActivityLevel[] | undefined;
  /** Part of the message, whatever the case. */
  text?: string | undefined;
}

export interface ActivityStore {
  readonly onAppend: Event<ActivityEntry>;
  /** Redacts, appends, and drops the oldest beyond the limit. Never fails: a lost line is better than a lost token. */
  append(entry: Omit<ActivityEntry, 'id'>): ActivityEntry;
  list(query: ActivityQuery): ActivityEntry[];
}

export interface SettingsStore {
  readonly onChange: Event<Settings>;
  get(): Settings;
  set(patch: Partial<Settings>): Result<Settings>;
}

/** Whose network settings: the defaults, or a connection's. */
export type NetworkScope = 'default' | ConnectionId;

export interface NetworkSecrets {
  proxyPassword?: string;
  keyPassphrase?: string;
}

export interface NetworkStore {
  /** Empty where nothing is set. */
  get(scope: NetworkScope): NetworkSettings;
  has(scope: NetworkScope, secret: keyof NetworkSecrets): boolean;
  secrets(scope: NetworkScope): Result<NetworkSecrets>;
  /** Replaces both. Without any secret the vault is not asked. */
  set(scope: NetworkScope, settings: NetworkSettings, secrets: NetworkSecrets): Result<void>;
  /** After the connection's row is gone, and with it this one's. */
  forget(scope: NetworkScope): void;
}

/** Consumers of the gateway, their keys, and the rules of connections. */
export interface ConsumerStore {
  list(): ConsumerRecord[];
  /** Every key that is kept. */
  keys(): ConsumerKey[];
  /** Epoch ms, by consumer. */
  lastUses(): ReadonlyMap<ConsumerId, number>;
  insert(record: ConsumerRecord, key: ConsumerKey): Result<void>;
  update(record: ConsumerRecord): Result<void>;
  /** With its keys. */
  remove(id: ConsumerId): Result<void>;
  /** Also drops those that are over at `now`. */
  addKey(key: ConsumerKey, now: number): Result<void>;
  removeKey(hash: string): Result<void>;
  /** Not worth waiting for the disk. */
  saveLastUses(uses: ReadonlyMap<ConsumerId, number>): void;
  /** Null: it has none. Rules that cannot be read are an empty list, which refuses everything. */
  connectionRules(id: ConnectionId): Rules | null;
  setConnectionRules(id: ConnectionId, rules: Rules | null): Result<void>;
  ruledConnections(): ConnectionId[];
  /** After the connection's row is gone, and with it its rules. */
  forgetConnection(id: ConnectionId): void;
}

/** What the person answered about programs, and for which connections there is a question at all. */
export interface GrantStore {
  /** Whether programs need the person's approval. */
  asks(connection: ConnectionId): boolean;
  setAsks(connection: ConnectionId, asks: boolean): Result<void>;
  readonly onAsksChange: Event<ConnectionId>;
  list(): GrantRecord[];
  /** Epoch ms, by grant. */
  lastUses(): ReadonlyMap<GrantId, number>;
  insert(record: GrantRecord): Result<void>;
  remove(ids: readonly GrantId[]): Result<void>;
  /** Not worth waiting for the disk. */
  saveLastUses(uses: ReadonlyMap<GrantId, number>): void;
  /** After the connection's row is gone, and with it these. */
  forgetConnection(id: ConnectionId): void;
}

/** The latest use of a connection by one program, command or key; `at` is epoch ms. See `contract/uses.ts`. */
export interface UseRecord {
  readonly connection: ConnectionId;
  readonly kind: UseKind;
  readonly name: string;
  readonly at: number;
  readonly count: number;
  readonly failures: number;
}

/** Never fails: a lost line is better than a token that waits. */
export interface UseStore {
  list(): UseRecord[];
  /** Deletes what was dropped, then writes; not worth waiting for the disk. */
  save(records: readonly UseRecord[], dropped: readonly UseRecord[]): void;
}

/** Newest first; each field that is given narrows it. */
export interface TrafficQuery {
  limit: number;
  /** Only entries older than this id. */
  before?: number | undefined;
  consumer?: ConsumerId | undefined;
  connection?: ConnectionId | undefined;
}

/** What to add to the counts of a consumer in the hour that starts at `hour`, epoch ms. */
export interface UsageCount {
  consumer: ConsumerId;
  /** Of the consumer, as it was last. */
  name: string;
  hour: number;
  requests: number;
  refused: number;
  failed: number;
  responseBytes: number;
}

export interface TrafficStore {
  /** The id of the newest entry; 0: there is none. */
  readonly lastId: number;
  /** Never fails: lost lines are better than requests that wait. Drops the oldest beyond the limits. */
  write(entries: readonly TrafficEntry[], usage: readonly UsageCount[], now: number): void;
  list(query: TrafficQuery): TrafficEntry[];
  /** Oldest first. */
  usage(query: { consumer?: ConsumerId | undefined; since: number }): UsageEntry[];
}

/** A certificate authority. `key` is secret, PEM; `until` is epoch ms. */
export interface StoredAuthority {
  readonly certificate: string;
  readonly key: string;
  /** What it may vouch for. */
  readonly hosts: readonly string[];
  readonly until: number;
}

export interface AuthorityStore {
  /** Null: there is none yet. */
  get(): Result<StoredAuthority | null>;
  set(authority: StoredAuthority): Result<void>;
}

/** An address that was written into a file of git's settings. */
export interface GitInstall {
  readonly file: string;
  readonly url: string;
  readonly scope: GitScope;
  /** The only one that git gets there; null: the one that fits. */
  readonly connection: ConnectionId | null;
  readonly helper: string;
  /** What was added to the file, each byte as one character; empty when not one piece was. */
  readonly inserted: string;
  /** There was no file before. */
  readonly created: boolean;
}

export interface GitInstallStore {
  list(): Result<GitInstall[]>;
  /** Replaces the one for the same address in the same file. */
  save(install: GitInstall): Result<void>;
  remove(file: string, url: string): Result<void>;
}

/** Records in the store that cannot be read. */
export interface DamagedRecords {
  readonly onChange: Event<void>;
  list(): DamagedRecord[];
  /** By id, else by name. */
  remove(kind: DamagedRecord['kind'], reference: string): Result<DamagedRecord>;
}

/** Folders that were bound here, as absolute paths. What they are bound to now, and whether, is in their own files. */
export interface FolderStore {
  list(): Result<string[]>;
  add(folder: string): Result<void>;
  remove(folder: string): Result<void>;
}

export interface Store {
  readonly vault: LockableVault;
  readonly lock: LockStore;
  readonly connections: ConnectionStore;
  readonly clients: OAuthClientStore;
  readonly exports: ExportStore;
  readonly folders: FolderStore;
  readonly hooks: HookStore;
  readonly activity: ActivityStore;
  readonly settings: SettingsStore;
  readonly network: NetworkStore;
  readonly mcp: McpStore;
  readonly consumers: ConsumerStore;
  readonly grants: GrantStore;
  readonly traffic: TrafficStore;
  readonly uses: UseStore;
  readonly authority: AuthorityStore;
  readonly gitInstalls: GitInstallStore;
  /** Why writes would be lost, because the database was removed or replaced; null when they are saved. Checks again. */
  readonly fault: Failure | null;
  /** Emits after every change of `fault`. There is no event for a removed file, so something has to read `fault`. */
  readonly onFault: Event<void>;
  /** Where the keychain was looked for; null where it belongs to no session. */
  readonly keychainSessions: KeychainSessions['tried'] | null;
  /** A caller has this session bus: while there is no key it is asked for it. Resolves when that was tried. */
  useSessionBus(address: string): Promise<void>;
  readonly damaged: DamagedRecords;
  readonly copies: StoreCopies;
  /** Where the key comes from, if that is not the keychain; a name without secrets. */
  readonly keySource: string | null;
  /** Encrypts every secret under a new key; see `rotateKey`. */
  rotateKey(place: NewKeyPlace): Promise<Result<KeyRotation>>;
  close(): void;
}
