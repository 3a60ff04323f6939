import type { ConnectionId } from '../../contract/ids.ts';
import type { UseView } from '../../contract/uses.ts';
import type { UseKind } from '../../contract/vocabulary.ts';
import type { Event } from '../lib/emitter.ts';

/** Remembers who used which connection, the latest of each. */
export interface Uses {
  /** At most once a second for each connection; nothing is collected while nobody listens. */
  readonly onChange: Event<ConnectionId>;
  /**
   * Only in memory, and written to disk a minute later: it is called with every token that is given out. `name`: of the
   * program, or the id of the key's consumer; empty for Tokentray's own commands. `works`: it got what it asked for.
   */
  record(connection: ConnectionId, kind: UseKind, name: string, works?: boolean): void;
  /** The latest first. */
  list(connection: ConnectionId): UseView[];
  connectionPurged(id: ConnectionId): void;
}
