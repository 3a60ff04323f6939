import type { Result } from '../../lib/result.ts';
import type { Entry } from '../clients/client.ts';
import type { Edit } from './edit.ts';

/**
 * A syntax in which clients list servers. Texts have no byte order mark; an empty one stands for no file. Everything but
 * the named entry keeps its bytes. Failures are `conflict`: the text is not of this syntax, or not in a shape to change.
 */
export interface Format {
  /** What is at `servers`, by name. */
  entries(text: string, servers: string): Result<ReadonlyMap<string, Entry>>;
  /** Adds an entry, or replaces the one with its name. */
  put(text: string, servers: string, name: string, entry: Entry): Result<Edit[]>;
  /** Removes an entry, which is there. */
  take(text: string, servers: string, name: string): Result<Edit[]>;
}
