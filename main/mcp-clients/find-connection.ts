import { cleanText } from '../lib/clean-text.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import { apiAddresses, instanceOf } from '../credentials/addresses.ts';
import type { Connections } from '../connections/ports.ts';
import type { ProviderRegistry } from '../providers/ports.ts';
import type { ConnectionStore } from '../store/ports.ts';
import type { ConnectionRecord } from '../store/records.ts';
import type { Server } from './servers.ts';

export interface Lookup {
  connections: Pick<Connections, 'resolve'>;
  records: Pick<ConnectionStore, 'list' | 'active'>;
  registry: Pick<ProviderRegistry, 'list' | 'get'>;
}

type Known = Server & { kind: 'known' };

/** The named connection, if it reaches the server; without a name the only one that does, or the active one of several. */
export function findConnection(
  { connections, records, registry }: Lookup,
  server: Known,
  reference: string | undefined,
): Result<ConnectionRecord> {
  if (reference !== undefined) {
    const found = connections.resolve(reference);
    if (!found.ok || reaches(registry, server, found.value)) return found;
    return fail(
      'unsupported',
      `The connection “${cleanText(found.value.name, 80)}” does not reach the MCP server ${server.id}.`,
      whatReaches(records, registry, server),
    );
  }
  const all = records.list().filter((connection) => reaches(registry, server, connection));
  const active = all.filter(({ id, provider }) => records.active(provider) === id);
  const [only] = all.length === 1 ? all : active.length === 1 ? active : [];
  if (only !== undefined) return ok(only);
  const hint = whatReaches(records, registry, server);
  return all.length === 0
    ? fail('not-found', `No connection reaches the MCP server ${server.id}.`, hint)
    : fail('ambiguous', `Several connections reach the MCP server ${server.id}.`, hint);
}

export function reaches(
  registry: Pick<ProviderRegistry, 'get'>,
  { apis }: Known,
  connection: ConnectionRecord,
): boolean {
  const definition = registry.get(connection.provider, instanceOf(connection));
  return definition.ok && apiAddresses(definition.value, connection).some(({ id }) => apis.includes(id));
}

function whatReaches(records: Lookup['records'], registry: Lookup['registry'], server: Known): string {
  const names = records
    .list()
    .filter((connection) => reaches(registry, server, connection))
    .map(({ name }) => `“${cleanText(name, 80)}”`);
  if (names.length > 0)
    return `Name one: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ' or another' : ''}.`;
  const provider = registry.list().find(({ id }) => {
    const definition = registry.get(id);
    return definition.ok && definition.value.apis.some((api) => server.apis.includes(api.id));
  });
  return provider === undefined ? 'No provider has it.' : `Connect one: tokentray connect ${provider.id}`;
}
