import { z } from 'zod';
import { ConnectionId, ConsumerId } from '../../contract/ids.ts';
import type { McpAlternate, McpGrant, McpRegistration, McpStore } from './mcp-records.ts';
import type { Logger } from '../lib/log.ts';
import { ok, type Result } from '../lib/result.ts';
import type { Database } from './database.ts';
import { READ_ONCE } from '../lib/read-once.ts';
import { parseJson } from './parse-json.ts';

const Registration = z.lazy(() =>
  z.object({
    id: z.string(),
    name: z.string().nullable(),
    redirectUris: z.array(z.string()),
    createdAt: z.number(),
  }),
);

const Grant = z.lazy(() =>
  z.object({
    id: z.string(),
    consumer: ConsumerId,
    clientId: z.string(),
    connection: ConnectionId,
    server: z.string(),
    scopes: z.array(z.string()),
    refresh: z.array(z.object({ hash: z.string(), usedAt: z.number().nullable() })),
    access: z.array(z.object({ hash: z.string(), expiresAt: z.number() })),
    createdAt: z.number(),
    usedAt: z.number(),
  }),
);

const Alternate = z.lazy(() =>
  z.object({
    id: z.string(),
    connection: ConnectionId,
    server: z.string(),
    alternate: ConnectionId,
  }),
);

type Table = 'mcp_clients' | 'mcp_grants' | 'mcp_alternates';

/** In memory, and written through. A row that cannot be read is left where it is: its client signs in again. */
export class SqliteMcpStore implements McpStore {
  readonly #database: Database;
  readonly #registrations: Map<string, McpRegistration>;
  readonly #grants: Map<string, McpGrant>;
  readonly #alternates: Map<string, McpAlternate>;

  static load(database: Database, logger: Logger): Result<SqliteMcpStore> {
    const read = <T extends { id: string }>(table: Table, schema: z.ZodType<T>): Map<string, T> => {
      const found = new Map<string, T>();
      for (const { id, record: text } of database.statement(`SELECT id, record FROM ${table}`).iterate()) {
        const record = parseJson(schema, text, READ_ONCE);
        if (record !== null && record.id === id) found.set(record.id, record);
        else logger.error('store.row-unreadable', { table, id: String(id) });
      }
      return found;
    };
    return database.attempt(
      () =>
        new SqliteMcpStore(database, {
          registrations: read('mcp_clients', Registration),
          grants: read('mcp_grants', Grant),
          alternates: read('mcp_alternates', Alternate),
        }),
    );
  }

  private constructor(
    database: Database,
    records: {
      registrations: Map<string, McpRegistration>;
      grants: Map<string, McpGrant>;
      alternates: Map<string, McpAlternate>;
    },
  ) {
    this.#database = database;
    this.#registrations = records.registrations;
    this.#grants = records.grants;
    this.#alternates = records.alternates;
  }

  registrations(): readonly McpRegistration[] {
    return [...this.#registrations.values()];
  }

  saveRegistration(registration: McpRegistration): Result<void> {
    return this.#save('mcp_clients', this.#registrations, registration);
  }

  removeRegistration(id: string): Result<void> {
    return this.#remove('mcp_clients', this.#registrations, id);
  }

  grants(): readonly McpGrant[] {
    return [...this.#grants.values()];
  }

  saveGrant(grant: McpGrant): Result<void> {
    return this.#save('mcp_grants', this.#grants, grant);
  }

  removeGrant(id: string): Result<void> {
    return this.#remove('mcp_grants', this.#grants, id);
  }

  alternates(): readonly McpAlternate[] {
    return [...this.#alternates.values()];
  }

  saveAlternate(alternate: McpAlternate): Result<void> {
    return this.#save('mcp_alternates', this.#alternates, alternate);
  }

  removeAlternate(id: string): Result<void> {
    return this.#remove('mcp_alternates', this.#alternates, id);
  }

  #save<T extends { id: string }>(table: Table, records: Map<string, T>, record: T): Result<void> {
    const saved = this.#database.attempt(() =>
      this.#database
        .statement(`INSERT INTO ${table} VALUES (?, ?) ON CONFLICT DO UPDATE SET record = excluded.record`)
        .run(record.id, JSON.stringify(record)),
    );
    if (!saved.ok) return saved;
    records.set(record.id, record);
    return ok(undefined);
  }

  #remove<T>(table: Table, records: Map<string, T>, id: string): Result<void> {
    const removed = this.#database.attempt(() =>
      this.#database.statement(`DELETE FROM ${table} WHERE id = ?`).run(id),
    );
    if (!removed.ok) return removed;
    records.delete(id);
    return ok(undefined);
  }
}
