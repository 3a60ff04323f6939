import type { ConnectionView } from '../../contract/connection.ts';
import { done, type Outcome } from '../outcome.ts';
import type { Runtime } from '../runtime.ts';

/** A connection that a person named. */
export interface Meant {
  readonly id: string;
  readonly name: string;
  /** Null for a damaged record, of which nothing else is known. */
  readonly view: ConnectionView | null;
}

/** Finds what each word names, each once, and every connection that there is. Fails for a word that names nothing. */
export async function findMeant(
  { app }: Pick<Runtime, 'app'>,
  references: readonly string[],
): Promise<Outcome<{ meant: Meant[]; all: readonly ConnectionView[] }>> {
  const listed = await app.call('connections.list', {});
  if (!listed.ok) return listed;
  const { connections: all, damaged = [] } = listed.value;
  const meant = new Map<string, Meant>();
  for (const connection of references) {
    const found = await app.call('connections.find', { connection });
    if (found.ok) {
      const { id, name } = found.value;
      meant.set(id, { id, name, view: found.value });
      continue;
    }
    const record = damaged.find(({ id, name }) => id === connection || name === connection);
    if (found.error.code !== 'not-found' || record === undefined) return found;
    meant.set(record.id, { ...record, view: null });
  }
  return done({ meant: [...meant.values()], all });
}
