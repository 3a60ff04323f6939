import { fail, ok, type Result } from '../lib/result.ts';
import type { Database } from './database.ts';

/** Step n brings version n to n + 1. A released step never changes. */
export const STEPS: readonly string[] = [
  `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE connections (
    id TEXT PRIMARY KEY,
    name_key TEXT NOT NULL UNIQUE,
    generation INTEGER NOT NULL,
    record TEXT NOT NULL,
    attempt TEXT,
    tokens BLOB NOT NULL
  ) STRICT;
  CREATE TABLE active_connections (
    provider TEXT PRIMARY KEY,
    connection TEXT NOT NULL REFERENCES connections (id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE clients (id TEXT PRIMARY KEY, record TEXT NOT NULL, secret BLOB) STRICT;
  CREATE TABLE exports (id TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT;
  CREATE TABLE activity (id INTEGER PRIMARY KEY, connection TEXT, entry TEXT NOT NULL) STRICT;
  CREATE INDEX activity_of_connection ON activity (connection, id);
  CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
  // How a credential is sent and renewed. Until then there were only Bearer tokens from a code flow.
  `
  UPDATE connections SET record = json_remove(
    json_set(
      record,
      '$.renewal', iif(json_extract(record, '$.hasRefreshToken'), 'refresh-token', 'none'),
      '$.grant', iif(json_extract(record, '$.method') = 'oauth2', 'authorization-code', NULL),
      '$.sent', json('{"as":"bearer"}'),
      '$.route', 'default'
    ),
    '$.hasRefreshToken'
  )
  WHERE json_valid(record) AND json_type(record) = 'object' AND json_type(record, '$.renewal') IS NULL;
  `,
  // Network settings: of the defaults, and of connections by ID. `has` names what `secrets` holds.
  `
  CREATE TABLE network (scope TEXT PRIMARY KEY, settings TEXT NOT NULL, has TEXT NOT NULL, secrets BLOB) STRICT;
  CREATE TRIGGER network_of_connection AFTER DELETE ON connections
    BEGIN DELETE FROM network WHERE scope = OLD.id; END;
  `,
  // Consumers of the gateway with the hashes of their keys, rules of connections, and what was asked.
  `
  CREATE TABLE consumers (id TEXT PRIMARY KEY, record TEXT NOT NULL, last_used_at INTEGER) STRICT;
  CREATE TABLE consumer_keys (
    hash TEXT PRIMARY KEY,
    consumer TEXT NOT NULL REFERENCES consumers (id) ON DELETE CASCADE,
    expires_at INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX keys_of_consumer ON consumer_keys (consumer);
  CREATE TABLE connection_rules (connection TEXT PRIMARY KEY, rules TEXT NOT NULL) STRICT;
  CREATE TRIGGER rules_of_connection AFTER DELETE ON connections
    BEGIN DELETE FROM connection_rules WHERE connection = OLD.id; END;
  CREATE TABLE traffic (id INTEGER PRIMARY KEY, consumer TEXT, connection TEXT, entry TEXT NOT NULL) STRICT;
  CREATE INDEX traffic_of_consumer ON traffic (consumer, id);
  CREATE INDEX traffic_of_connection ON traffic (connection, id);
  CREATE TABLE usage (
    consumer TEXT NOT NULL,
    hour INTEGER NOT NULL,
    requests INTEGER NOT NULL,
    refused INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    response_bytes INTEGER NOT NULL,
    PRIMARY KEY (consumer, hour)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX usage_by_hour ON usage (hour);
  `,
  // MCP clients that registered, and their sign-ins: hashes of tokens, no token.
  `
  CREATE TABLE mcp_clients (id TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE mcp_grants (id TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE mcp_alternates (id TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
  // The certificate authority of the forward proxy.
  `
  CREATE TABLE authorities (id TEXT PRIMARY KEY, record TEXT NOT NULL, key BLOB NOT NULL) STRICT;
  `,
  // Counts outlive the keys that they are of.
  `
  ALTER TABLE usage ADD COLUMN name TEXT NOT NULL DEFAULT '';
  `,
  // Connections that programs need the person's approval for, and what the person answered.
  `
  CREATE TABLE approvals (connection TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  CREATE TABLE program_grants (
    id TEXT PRIMARY KEY,
    connection TEXT NOT NULL,
    record TEXT NOT NULL,
    last_used_at INTEGER
  ) STRICT;
  CREATE TRIGGER approvals_of_connection AFTER DELETE ON connections
    BEGIN
      DELETE FROM approvals WHERE connection = OLD.id;
      DELETE FROM program_grants WHERE connection = OLD.id;
    END;
  `,
  // Where git was made to ask Tokentray.
  `
  CREATE TABLE git_installs (file TEXT NOT NULL, url TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (file, url)) STRICT;
  `,
  // Folders that were bound to a connection; to which one is in the folders' own files.
  `
  CREATE TABLE folders (path TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  `,
  // Programs that are run after events.
  `
  CREATE TABLE hooks (id TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
  // Who used which connection: the latest of each.
  `
  CREATE TABLE uses (
    connection TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    at INTEGER NOT NULL,
    count INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    PRIMARY KEY (connection, kind, name)
  ) STRICT, WITHOUT ROWID;
  CREATE TRIGGER uses_of_connection AFTER DELETE ON connections
    BEGIN
      DELETE FROM uses WHERE connection = OLD.id;
    END;
  `,
  // Connections that were removed a moment ago, as they were: nothing uses them. What belongs to a connection goes when it is gone from both tables.
  `
  CREATE TABLE removed_connections (
    id TEXT PRIMARY KEY,
    place INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    record TEXT NOT NULL,
    attempt TEXT,
    tokens BLOB NOT NULL,
    was_active INTEGER NOT NULL,
    successor TEXT,
    removed_at INTEGER NOT NULL
  ) STRICT;
  DROP TRIGGER network_of_connection;
  DROP TRIGGER rules_of_connection;
  DROP TRIGGER approvals_of_connection;
  DROP TRIGGER uses_of_connection;
  CREATE TRIGGER of_connection AFTER DELETE ON connections
    WHEN NOT EXISTS (SELECT 1 FROM removed_connections WHERE id = OLD.id)
    BEGIN
      DELETE FROM network WHERE scope = OLD.id;
      DELETE FROM connection_rules WHERE connection = OLD.id;
      DELETE FROM approvals WHERE connection = OLD.id;
      DELETE FROM program_grants WHERE connection = OLD.id;
      DELETE FROM uses WHERE connection = OLD.id;
    END;
  CREATE TRIGGER of_removed_connection AFTER DELETE ON removed_connections
    WHEN NOT EXISTS (SELECT 1 FROM connections WHERE id = OLD.id)
    BEGIN
      DELETE FROM network WHERE scope = OLD.id;
      DELETE FROM connection_rules WHERE connection = OLD.id;
      DELETE FROM approvals WHERE connection = OLD.id;
      DELETE FROM program_grants WHERE connection = OLD.id;
      DELETE FROM uses WHERE connection = OLD.id;
    END;
  `,
];

/** Which version a store has; 0 is an empty one. Fails with `store-newer` for one that this release cannot know. */
export function storeVersion(database: Database, steps: readonly string[] = STEPS): Result<number> {
  const version = database.attempt(() =>
    Number(database.statement('PRAGMA user_version').get()?.['user_version']),
  );
  if (!version.ok || version.value <= steps.length) return version;
  return fail(
    'store-newer',
    `The store ${database.file} was written by a newer Tokentray (store version ${version.value}; this one knows ${steps.length}). It was left as it is.`,
    'Install the latest version of Tokentray and start it again.',
  );
}

/** Brings the store to this version, in one transaction. */
export function migrate(database: Database, steps: readonly string[] = STEPS): Result<void> {
  const version = storeVersion(database, steps);
  if (!version.ok) return version;
  if (version.value === steps.length) return ok(undefined);
  return database.transaction(() => {
    for (const step of steps.slice(version.value)) database.exec(step);
    database.exec(`PRAGMA user_version = ${steps.length}`);
  });
}
