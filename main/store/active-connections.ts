import type { ConnectionId, ProviderId } from '../../contract/ids.ts';
import type { Database } from './database.ts';
import { foldName } from './fold-name.ts';
import type { ConnectionRecord } from './records.ts';

/** Which connection of each provider is the active one. `write…` belongs in a transaction, `remember…` after it. */
export class ActiveConnections {
  readonly #database: Database;
  readonly #active = new Map<ProviderId, ConnectionId>();

  /** Reads the table; throws SQLite's faults. An active connection that could not be read is none. */
  constructor(database: Database, records: ReadonlyMap<ConnectionId, ConnectionRecord>) {
    this.#database = database;
    for (const row of database.statement('SELECT connection FROM active_connections').iterate()) {
      const record = records.get(row['connection'] as ConnectionId);
      if (record) this.#active.set(record.provider, record.id);
    }
  }

  get(provider: ProviderId): ConnectionId | null {
    return this.#active.get(provider) ?? null;
  }

  /** `id` null: the provider has none. */
  write(provider: ProviderId, id: ConnectionId | null): void {
    if (id === null) {
      this.#database.statement('DELETE FROM active_connections WHERE provider = ?').run(provider);
      return;
    }
    this.#database
      .statement(
        'INSERT INTO active_connections VALUES (?, ?) ON CONFLICT DO UPDATE SET connection = excluded.connection',
      )
      .run(provider, id);
  }

  remember(provider: ProviderId, id: ConnectionId | null): void {
    if (id === null) this.#active.delete(provider);
    else this.#active.set(provider, id);
  }
}

/** Which one becomes active when `removed` goes: the next of its provider by name, after the last the first. */
export function nextByName(
  removed: ConnectionRecord,
  records: readonly ConnectionRecord[],
): ConnectionId | null {
  const key = foldName(removed.name);
  const others = records
    .filter(({ id, provider }) => provider === removed.provider && id !== removed.id)
    .map(({ id, name }) => ({ id, key: foldName(name) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  return (others.find((other) => other.key > key) ?? others[0])?.id ?? null;
}
