import type { ConnectionId, ProviderId } from '../../contract/ids.ts';
import { renewalOf } from '../credentials/renewal.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import { fail, failure, ok, type Result } from '../lib/result.ts';
import { ActiveConnections, nextByName } from './active-connections.ts';
import { ConnectionTokens } from './connection-tokens.ts';
import type { DamagedRows } from './damaged-rows.ts';
import type { Database } from './database.ts';
import { foldName } from './fold-name.ts';
import { GroupCommit } from './group-commit.ts';
import { loadRecords } from './load-records.ts';
import { parseJson } from './parse-json.ts';
import type { ConnectionPatch, ConnectionStore, LockableVault } from './ports.ts';
import { RemovedConnections, type RemovedConnection } from './removed-connections.ts';
import { ConnectionRecordSchema, RefreshAttemptSchema } from './record-schemas.ts';
import type { ConnectionRecord, NewConnection, RefreshAttempt, TokenSet } from './records.ts';

const notFound = (): Result<never> => fail('not-found', 'This connection no longer exists.');

const ofTokens = (
  tokens: TokenSet,
  grant: ConnectionRecord['grant'],
): Pick<ConnectionRecord, 'expiresAt' | 'obtainedAt' | 'renewal'> => ({
  expiresAt: tokens.expiresAt,
  obtainedAt: tokens.obtainedAt,
  renewal: renewalOf(grant, tokens.refreshToken),
});

/** A copy with the known fields only, so that nothing else, such as a token, gets into the readable column. */
const own = (record: ConnectionRecord): ConnectionRecord => ConnectionRecordSchema.parse(record);

/**
 * Connections, with all that is not secret held in memory: this process is the only writer. Memory follows a
 * write only after its commit.
 */
export class SqliteConnectionStore implements ConnectionStore {
  readonly #database: Database;
  readonly #commits: GroupCommit;
  readonly #tokens: ConnectionTokens;
  readonly #records: Map<ConnectionId, ConnectionRecord>;
  readonly #attempts: Map<ConnectionId, RefreshAttempt>;
  readonly #active: ActiveConnections;
  readonly #removed: RemovedConnections;

  static load(
    database: Database,
    vault: LockableVault,
    clock: Clock,
    logger: Logger,
    damaged: DamagedRows,
    now: number,
  ): Result<SqliteConnectionStore> {
    const records = loadRecords(database, 'connections', ConnectionRecordSchema, logger, damaged);
    if (!records.ok) return records;
    const removed = RemovedConnections.load(database, now);
    if (!removed.ok) return removed;
    return database.attempt(() => {
      const attempts = new Map<ConnectionId, RefreshAttempt>();
      const open = 'SELECT id, attempt FROM connections WHERE attempt IS NOT NULL';
      for (const row of database.statement(open).iterate()) {
        const attempt = parseJson(RefreshAttemptSchema, row['attempt']);
        const record = records.value.get(row['id'] as ConnectionId);
        if (attempt !== null && record) attempts.set(record.id, attempt);
        else logger.error('store.attempt-unreadable', { id: String(row['id']) });
      }
      const active = new ActiveConnections(database, records.value);
      return new SqliteConnectionStore({
        ...{ database, attempts, active, records: records.value, removed: removed.value },
        tokens: new ConnectionTokens(database, vault, clock),
      });
    });
  }

  private constructor(parts: {
    database: Database;
    tokens: ConnectionTokens;
    records: Map<ConnectionId, ConnectionRecord>;
    attempts: Map<ConnectionId, RefreshAttempt>;
    active: ActiveConnections;
    removed: RemovedConnections;
  }) {
    this.#database = parts.database;
    this.#commits = new GroupCommit(parts.database);
    this.#tokens = parts.tokens;
    this.#records = parts.records;
    this.#attempts = parts.attempts;
    this.#active = parts.active;
    this.#removed = parts.removed;
  }

  list(): ConnectionRecord[] {
    return [...this.#records.values()];
  }

  get(id: ConnectionId): ConnectionRecord | null {
    return this.#records.get(id) ?? null;
  }

  insert(connection: NewConnection, tokens: TokenSet): Result<ConnectionRecord> {
    const record = own({
      ...connection,
      ...ofTokens(tokens, connection.grant),
      lastRefreshAt: null,
      generation: 1,
      condition: { kind: 'ok' },
      pausedAt: connection.pausedAt ?? null,
    });
    const sealed = this.#tokens.seal(record, tokens);
    if (!sealed.ok) return sealed;
    const free = this.#nameIsFree(record);
    if (!free.ok) return free;
    const first = this.#active.get(record.provider) === null;
    const saved = this.#database.transaction(() => {
      this.#database
        .statement(
          'INSERT INTO connections (id, name_key, generation, record, tokens) VALUES (?, ?, ?, ?, ?)',
        )
        .run(record.id, foldName(record.name), 1, JSON.stringify(record), sealed.value);
      if (first) this.#active.write(record.provider, record.id);
    });
    if (!saved.ok) return saved;
    if (first) this.#active.remember(record.provider, record.id);
    return ok(this.#remember(record));
  }

  replace(id: ConnectionId, connection: NewConnection, tokens: TokenSet): Result<ConnectionRecord> {
    const old = this.#records.get(id);
    if (!old) return notFound();
    const record = own({
      ...connection,
      ...ofTokens(tokens, connection.grant),
      id,
      provider: old.provider,
      createdAt: old.createdAt,
      lastRefreshAt: null,
      generation: old.generation + 1,
      condition: { kind: 'ok' },
      pausedAt: old.pausedAt,
    });
    const sealed = this.#tokens.seal(record, tokens);
    if (!sealed.ok) return sealed;
    const free = this.#nameIsFree(record);
    if (!free.ok) return free;
    const saved = this.#database.attempt(() =>
      this.#database
        .statement(
          'UPDATE connections SET name_key = ?, generation = ?, record = ?, attempt = NULL, tokens = ? WHERE id = ?',
        )
        .run(foldName(record.name), record.generation, JSON.stringify(record), sealed.value, id),
    );
    if (!saved.ok) return saved;
    this.#attempts.delete(id);
    return ok(this.#remember(record));
  }

  tokens(id: ConnectionId): Result<TokenSet> {
    const record = this.#records.get(id);
    return record ? this.#tokens.read(record) : notFound();
  }

  tokensToRenew(id: ConnectionId): Result<TokenSet> {
    const record = this.#records.get(id);
    return record ? this.#tokens.readToRenew(record) : notFound();
  }

  beginAttempt(id: ConnectionId, attempt: RefreshAttempt): Promise<Result<boolean>> {
    const kept = Object.freeze(RefreshAttemptSchema.parse(attempt));
    return this.#commits.write(
      () => {
        const record = this.#records.get(id);
        if (!record) return notFound();
        if (record.generation !== attempt.generation) return ok(false);
        this.#database
          .statement('UPDATE connections SET attempt = ? WHERE id = ?')
          .run(JSON.stringify(kept), id);
        return ok(true);
      },
      (begun) => {
        if (begun) this.#attempts.set(id, kept);
      },
    );
  }

  attempt(id: ConnectionId): RefreshAttempt | null {
    return this.#attempts.get(id) ?? null;
  }

  async saveRefreshed(
    id: ConnectionId,
    generation: number,
    tokens: TokenSet,
    refreshedAt: number,
  ): Promise<Result<boolean>> {
    const saved = await this.#commits.write<ConnectionRecord | null>(
      () => {
        const removed = this.#removed.get(id);
        const old = this.#records.get(id) ?? removed?.record;
        if (!old) return notFound();
        if (old.generation !== generation) return ok(null);
        // Only known fields of our own record, so nothing has to be validated on this hot path.
        const record: ConnectionRecord = {
          ...old,
          ...ofTokens(tokens, old.grant),
          grantedScopes: tokens.scopes === null ? old.grantedScopes : [...tokens.scopes],
          lastRefreshAt: refreshedAt,
          condition: { kind: 'ok' },
        };
        const sealed = this.#tokens.sealRenewed(record, tokens);
        if (!sealed.ok) return sealed;
        if (removed !== null) this.#removed.writeRefreshed(record, sealed.value);
        else
          this.#database
            .statement('UPDATE connections SET record = ?, attempt = NULL, tokens = ? WHERE id = ?')
            .run(JSON.stringify(record), sealed.value, id);
        return ok(record);
      },
      (record) => {
        if (record === null) return;
        const removed = this.#removed.get(id);
        if (removed !== null) {
          this.#removed.remember({ ...removed, record: Object.freeze(record) });
          return;
        }
        this.#attempts.delete(id);
        this.#remember(record);
      },
    );
    return saved.ok ? ok(saved.value !== null) : saved;
  }

  update(id: ConnectionId, patch: ConnectionPatch): Result<ConnectionRecord> {
    const old = this.#records.get(id);
    if (!old) return notFound();
    const { clearAttempt = false, ...changes } = patch;
    const record = own({ ...old, ...changes });
    if (patch.name !== undefined) {
      const free = this.#nameIsFree(record);
      if (!free.ok) return free;
    }
    const saved = this.#database.attempt(() =>
      this.#database
        .statement(
          'UPDATE connections SET name_key = ?, record = ?, attempt = iif(?, NULL, attempt) WHERE id = ?',
        )
        .run(foldName(record.name), JSON.stringify(record), clearAttempt ? 1 : 0, id),
    );
    if (!saved.ok) return saved;
    if (clearAttempt) this.#attempts.delete(id);
    return ok(this.#remember(record));
  }

  remove(id: ConnectionId): Result<void> {
    return this.#takeOut(id, (taken) =>
      this.#database.shred(() => {
        this.#writeSuccessor(taken);
        this.#database.statement('DELETE FROM connections WHERE id = ?').run(id);
      }),
    );
  }

  setAside(id: ConnectionId, removedAt: number): Result<void> {
    return this.#takeOut(id, (taken) => {
      const removed = { ...taken, removedAt };
      const saved = this.#database.shred(() => {
        this.#writeSuccessor(taken);
        this.#removed.writeAside(removed);
      });
      if (saved.ok) this.#removed.remember(removed);
      return saved;
    });
  }

  removed(): RemovedConnection[] {
    return this.#removed.list();
  }

  putBack(id: ConnectionId, name: string): Result<ConnectionRecord> {
    const removed = this.#removed.get(id);
    if (removed === null) return notFound();
    const record = own({ ...removed.record, name });
    const free = this.#nameIsFree(record);
    if (!free.ok) return free;
    const { provider } = record;
    // Whatever was made active meanwhile stays so.
    const active = removed.wasActive && this.#active.get(provider) === removed.successor;
    const saved = this.#database.transaction(() => {
      const attempt = this.#removed.attempt(id);
      this.#removed.writeBack(record, foldName(name));
      if (active) this.#active.write(provider, id);
      const order = this.#database.statement('SELECT id FROM connections ORDER BY rowid').all();
      return { attempt, order };
    });
    if (!saved.ok) return saved;
    const { attempt, order } = saved.value;
    this.#removed.forget(id);
    if (attempt !== null) this.#attempts.set(id, Object.freeze(attempt));
    if (active) this.#active.remember(provider, id);
    this.#remember(record);
    const known = new Map(this.#records);
    this.#records.clear();
    for (const row of order) {
      const each = known.get(row['id'] as ConnectionId);
      if (each) this.#records.set(each.id, each);
    }
    return ok(record);
  }

  purge(id: ConnectionId): Result<void> {
    if (this.#removed.get(id) === null) return notFound();
    const gone = this.#database.shred(() => {
      this.#removed.writeGone(id);
    });
    if (gone.ok) this.#removed.forget(id);
    return gone;
  }

  /** What every removal does; `write` puts it into the store. */
  #takeOut(
    id: ConnectionId,
    write: (taken: Omit<RemovedConnection, 'removedAt'>) => Result<void>,
  ): Result<void> {
    const record = this.#records.get(id);
    if (!record) return notFound();
    const wasActive = this.#active.get(record.provider) === id;
    const successor = wasActive ? nextByName(record, this.list()) : null;
    const saved = write({ record, wasActive, successor });
    if (!saved.ok) return saved;
    this.#records.delete(id);
    this.#tokens.forget(id);
    this.#attempts.delete(id);
    if (wasActive) this.#active.remember(record.provider, successor);
    return ok(undefined);
  }

  #writeSuccessor({ record, wasActive, successor }: Omit<RemovedConnection, 'removedAt'>): void {
    if (wasActive) this.#active.write(record.provider, successor);
  }

  active(provider: ProviderId): ConnectionId | null {
    return this.#active.get(provider);
  }

  setActive(id: ConnectionId): Result<void> {
    const record = this.#records.get(id);
    if (!record) return notFound();
    const saved = this.#database.attempt(() => {
      this.#active.write(record.provider, id);
    });
    if (saved.ok) this.#active.remember(record.provider, id);
    return saved;
  }

  /** Checks the table, not memory: a damaged row keeps its name reserved too. */
  #nameIsFree(record: ConnectionRecord): Result<void> {
    const other = this.#database.attempt(() =>
      this.#database
        .statement('SELECT 1 FROM connections WHERE name_key = ? AND id <> ?')
        .get(foldName(record.name), record.id),
    );
    if (!other.ok) return failure(other.error);
    if (other.value === undefined) return ok(undefined);
    return failure({
      code: 'conflict',
      message: `There is already a connection named “${record.name}”.`,
      hint: 'Choose another name.',
      field: 'name',
    });
  }

  #remember(record: ConnectionRecord): ConnectionRecord {
    this.#records.set(record.id, Object.freeze(record));
    this.#tokens.forget(record.id);
    return record;
  }
}
