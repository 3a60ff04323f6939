import { NetworkSettings } from '../../contract/network.ts';
import type { Logger } from '../lib/log.ts';
import { READ_ONCE } from '../lib/read-once.ts';
import { ok, type Result } from '../lib/result.ts';
import type { Database } from './database.ts';
import { parseJson } from './parse-json.ts';
import type { LockableVault, NetworkScope, NetworkSecrets, NetworkStore } from './ports.ts';
import { networkContext } from './secret-columns.ts';

interface Row {
  settings: NetworkSettings;
  secrets: readonly (keyof NetworkSecrets)[];
}

/** Network settings by scope; their secrets are encrypted as tokens are. */
export class SqliteNetworkStore implements NetworkStore {
  readonly #database: Database;
  readonly #vault: LockableVault;
  readonly #rows: Map<NetworkScope, Row>;

  /** A row that cannot be read counts as not set, and stays until it is set again. */
  static load(database: Database, vault: LockableVault, logger: Logger): Result<SqliteNetworkStore> {
    const rows = database.attempt(() => database.statement('SELECT scope, settings, has FROM network').all());
    if (!rows.ok) return rows;
    const known = new Map<NetworkScope, Row>();
    for (const row of rows.value) {
      const scope = String(row['scope']) as NetworkScope;
      const settings = parseJson(NetworkSettings, row['settings'], READ_ONCE);
      if (settings === null) logger.warn('store.network-unreadable', { scope });
      else known.set(scope, { settings, secrets: secretNames(String(row['has'])) });
    }
    return ok(new SqliteNetworkStore(database, vault, known));
  }

  private constructor(database: Database, vault: LockableVault, rows: Map<NetworkScope, Row>) {
    this.#database = database;
    this.#vault = vault;
    this.#rows = rows;
  }

  get(scope: NetworkScope): NetworkSettings {
    return this.#rows.get(scope)?.settings ?? {};
  }

  has(scope: NetworkScope, secret: keyof NetworkSecrets): boolean {
    return this.#rows.get(scope)?.secrets.includes(secret) ?? false;
  }

  secrets(scope: NetworkScope): Result<NetworkSecrets> {
    if ((this.#rows.get(scope)?.secrets.length ?? 0) === 0) return ok({});
    const row = this.#database.attempt(() =>
      this.#database.statement('SELECT secrets FROM network WHERE scope = ?').get(scope),
    );
    if (!row.ok) return row;
    const sealed = row.value?.['secrets'];
    const opened = this.#vault.whileLocked.decrypt(
      sealed instanceof Uint8Array ? sealed : new Uint8Array(),
      networkContext(scope),
    );
    return opened.ok ? ok(JSON.parse(opened.value) as NetworkSecrets) : opened;
  }

  set(scope: NetworkScope, settings: NetworkSettings, secrets: NetworkSecrets): Result<void> {
    const names = Object.keys(secrets) as (keyof NetworkSecrets)[];
    const sealed =
      names.length === 0 ? ok(null) : this.#vault.encrypt(JSON.stringify(secrets), networkContext(scope));
    if (!sealed.ok) return sealed;
    const saved = this.#database.attempt(() => {
      if (names.length === 0 && Object.keys(settings).length === 0)
        this.#database.statement('DELETE FROM network WHERE scope = ?').run(scope);
      else
        this.#database
          .statement('INSERT OR REPLACE INTO network VALUES (?, ?, ?, ?)')
          .run(scope, JSON.stringify(settings), names.join(' '), sealed.value);
    });
    if (!saved.ok) return saved;
    this.#rows.set(scope, { settings, secrets: names });
    return ok(undefined);
  }

  forget(scope: NetworkScope): void {
    this.#rows.delete(scope);
  }
}

const secretNames = (text: string): (keyof NetworkSecrets)[] =>
  text.split(' ').filter((name) => name === 'proxyPassword' || name === 'keyPassphrase');
