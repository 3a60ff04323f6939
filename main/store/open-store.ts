import { randomBytes } from 'node:crypto';
import { storeFile } from '../../contract/paths.ts';
import type { ActivityEntry } from '../../contract/activity.ts';
import { isoTime, systemClock, type Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import { SqliteActivityStore } from './activity-store.ts';
import { SqliteAuthorityStore } from './authority-store.ts';
import { KEY_BYTES } from './cipher.ts';
import { SqliteOAuthClientStore } from './client-store.ts';
import { SqliteConnectionStore } from './connection-store.ts';
import { SqliteConsumerStore } from './consumer-store.ts';
import { DamagedRows } from './damaged-rows.ts';
import type { Database } from './database.ts';
import { SqliteExportStore } from './export-store.ts';
import { SqliteGrantStore } from './grant-store.ts';
import { SqliteHookStore } from './hook-store.ts';
import { keychainPlace } from './keychain-place.ts';
import { keyRecord } from './key-record.ts';
import { lockRecord } from './lock-record.ts';
import { createStoreCopies } from './copy/store-copy.ts';
import type { MergeOutcome } from './copy/merge-rows.ts';
import { takePendingRestore } from './copy/pending-restore.ts';
import type { KeychainPort } from './keychain.ts';
import { SqliteGitInstallStore } from './git-install-store.ts';
import { SqliteMcpStore } from './mcp-store.ts';
import { SqliteNetworkStore } from './network-store.ts';
import type { KeySource } from './key-sources/key-source.ts';
import { openDatabase } from './open-database.ts';
import type { Store } from './ports.ts';
import { preparePrivateFile, preparePrivateFolder } from './private-files.ts';
import { createRandomPool } from './random-pool.ts';
import { rotateKey } from './rotate-key.ts';
import { SqliteFolderStore } from './folder-store.ts';
import { SqliteSettingsStore } from './settings-store.ts';
import { obtainStoreKey } from './store-key.ts';
import { SqliteTrafficStore } from './traffic-store.ts';
import { SqliteUseStore } from './use-store.ts';
import { KeyVault } from './vault.ts';

export interface StoreOptions {
  /** The data folder; made if it is not there. The caller holds its writer lock. */
  home: string;
  clock: Clock;
  keychain: KeychainPort;
  /** Where the key is kept instead of in the keychain; null or absent: in the keychain. */
  keySource?: KeySource | null;
  /** Nothing is written to disk or to the keychain; everything ends with the process. */
  sessionOnly: boolean;
  /** The command that starts the app, for advice about the keychain. */
  startCommand?: string;
  logger: Logger;
  /** How long `vault.open()` waits for the keychain. */
  keychainTimeoutMs?: number;
  random?: (bytes: number) => Uint8Array;
  /** By which decrypted tokens are forgotten: real time, whatever `clock` says. */
  memoryClock?: Clock;
}

/**
 * Opens the store of a data folder. Asks the keychain nothing: `vault.open()` does. Fails with `store-newer`,
 * `store-corrupt` (the file is left as it is) or `io`.
 */
export function openStore(options: StoreOptions): Result<Store> {
  const {
    home,
    clock,
    keychain,
    keySource = null,
    sessionOnly,
    startCommand = 'tokentray serve',
    logger,
    keychainTimeoutMs = 10_000,
  } = options;
  const random = options.random ?? randomBytes;
  const opened = sessionOnly ? openDatabase(':memory:') : openFile(home);
  if (!opened.ok) return opened;
  const database = opened.value;
  const keychainAdvice = { place: keychainPlace(process.platform, process.env), start: startCommand };
  const restored = takePendingRestore(database);
  if (!restored.ok) logger.error('store.restore-failed', { message: restored.error.message });
  const record = keyRecord(database, random);
  const keyOptions = { record, keychain, file: database.file, keychainAdvice, random };
  let source = sessionOnly ? null : keySource;
  let rotating = false;
  const lock = lockRecord(database);
  const vault = new KeyVault(
    {
      obtainKey: () => obtainStoreKey({ ...keyOptions, source }),
      sourceName: source?.name ?? null,
      clock,
      timeoutMs: keychainTimeoutMs,
      keychainAdvice,
      random: options.random ?? createRandomPool(),
      lock: sessionOnly ? null : lock.get(),
    },
    sessionOnly ? random(KEY_BYTES) : null,
  );
  const tables = openTables(database, vault, options.memoryClock ?? systemClock, clock.now(), logger);
  if (!tables.ok) {
    database.close();
    return tables;
  }
  if (restored.ok && restored.value !== null)
    tables.value.activity.append(restoreEntry(restored.value, clock));
  const { sessions = null } = keychain;
  return ok({
    ...tables.value,
    vault,
    lock,
    copies: createStoreCopies(database, vault),
    get keySource() {
      return source?.name ?? null;
    },
    rotateKey: async (place) => {
      // A second one at the same time could leave the first one's key in the keychain, under which nothing is encrypted.
      if (rotating) return fail('conflict', 'The key is being replaced already.', 'Wait until it is done.');
      rotating = true;
      try {
        const rotated = await rotateKey({ ...keyOptions, source, database, vault, place });
        if (rotated.ok) source = place === 'keychain' ? null : place;
        return rotated;
      } finally {
        rotating = false;
      }
    },
    get fault() {
      return database.fault;
    },
    onFault: database.onFault,
    get keychainSessions() {
      return sessionOnly || source !== null ? null : (sessions?.tried ?? null);
    },
    useSessionBus: async (address) => {
      const waits = vault.status.state === 'opening' || vault.status.state === 'unavailable';
      if (waits && sessions?.add(address) === true) await vault.open();
    },
    close: () => {
      vault.dispose();
      keychain.close();
      database.close();
    },
  });
}

function openFile(home: string): Result<Database> {
  const folder = preparePrivateFolder(home);
  if (!folder.ok) return folder;
  const file = storeFile(home, process.platform);
  const prepared = preparePrivateFile(file);
  return prepared.ok ? openDatabase(file) : prepared;
}

type Tables = Pick<
  Store,
  | 'connections'
  | 'clients'
  | 'exports'
  | 'folders'
  | 'hooks'
  | 'activity'
  | 'settings'
  | 'network'
  | 'consumers'
  | 'grants'
  | 'traffic'
  | 'uses'
  | 'mcp'
  | 'authority'
  | 'gitInstalls'
  | 'damaged'
>;

function openTables(
  database: Database,
  vault: KeyVault,
  memoryClock: Clock,
  now: number,
  logger: Logger,
): Result<Tables> {
  const damaged = new DamagedRows(database);
  const connections = SqliteConnectionStore.load(database, vault, memoryClock, logger, damaged, now);
  if (!connections.ok) return connections;
  const clients = SqliteOAuthClientStore.load(database, vault, logger, damaged);
  if (!clients.ok) return clients;
  const exports = SqliteExportStore.load(database, logger, damaged);
  if (!exports.ok) return exports;
  const hooks = SqliteHookStore.load(database, logger);
  if (!hooks.ok) return hooks;
  const activity = SqliteActivityStore.load(database, logger);
  if (!activity.ok) return activity;
  const settings = SqliteSettingsStore.load(database, logger);
  if (!settings.ok) return settings;
  const network = SqliteNetworkStore.load(database, vault, logger);
  if (!network.ok) return network;
  const consumers = SqliteConsumerStore.load(database, logger, damaged);
  if (!consumers.ok) return consumers;
  const grants = SqliteGrantStore.load(database, logger);
  if (!grants.ok) return grants;
  const traffic = SqliteTrafficStore.load(database, logger);
  if (!traffic.ok) return traffic;
  const mcp = SqliteMcpStore.load(database, logger);
  if (!mcp.ok) return mcp;
  return ok({
    connections: connections.value,
    clients: clients.value,
    exports: exports.value,
    folders: new SqliteFolderStore(database),
    hooks: hooks.value,
    activity: activity.value,
    settings: settings.value,
    network: network.value,
    consumers: consumers.value,
    grants: grants.value,
    traffic: traffic.value,
    uses: new SqliteUseStore(database, logger),
    mcp: mcp.value,
    authority: new SqliteAuthorityStore(database, vault),
    gitInstalls: new SqliteGitInstallStore(database),
    damaged,
  });
}

function restoreEntry({ connections, added }: MergeOutcome, clock: Clock): Omit<ActivityEntry, 'id'> {
  const kept = connections.filter(({ change }) => change === 'kept').length;
  const restored = connections.length - kept;
  const hooks = added['hooks'] ?? 0;
  const paused = hooks > 0 ? ` Hooks that came with it do not run before you resume them: ${hooks}.` : '';
  return {
    at: isoTime(clock.now()),
    level: 'info',
    event: 'backup.restored',
    message: `A backup was restored: ${restored} of ${connections.length} connections come from it${kept > 0 ? `, ${kept} stayed as they were` : ''}.${paused}`,
    connection: null,
    export: null,
  };
}
