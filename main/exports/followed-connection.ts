import type { ExportTarget } from '../../contract/export.ts';
import type { BoundTo } from '../connections/folders/ports.ts';
import { assertNever, fail, ok, type Result } from '../lib/result.ts';
import type { ConnectionStore } from '../store/ports.ts';
import type { ConnectionRecord } from '../store/records.ts';

/** What targets are looked up in. */
export interface ExportConnections extends Pick<ConnectionStore, 'get' | 'active' | 'list'> {
  boundTo: BoundTo;
}

/** The connection that a target refers to at this moment. `not-found` when there is none. */
export function followedConnection(
  connections: ExportConnections,
  target: ExportTarget,
): Result<ConnectionRecord> {
  switch (target.follows) {
    case 'connection': {
      const connection = connections.get(target.connection);
      return connection === null
        ? fail(
            'not-found',
            'The connection that this file follows was removed; the file keeps its last content.',
            'Remove the export, or add it again with another connection.',
          )
        : ok(connection);
    }
    case 'active': {
      const id = connections.active(target.provider);
      const connection = id === null ? null : connections.get(id);
      return connection === null
        ? fail(
            'not-found',
            `No connection of “${target.provider}” is active; the file keeps its last content.`,
            'Connect an account, or make a connection the active one.',
          )
        : ok(connection);
    }
    case 'folder': {
      const bound = connections.boundTo(target.folder);
      if (!bound.ok) return bound;
      return bound.value === null
        ? fail(
            'not-found',
            `The folder ${target.folder} is no longer bound to a connection; the file keeps its last content.`,
            'Bind it again with `tokentray use NAME --here`, or add the export again with another connection.',
          )
        : ok(bound.value);
    }
    default:
      return assertNever(target);
  }
}
