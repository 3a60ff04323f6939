import type { App } from '../app/app.ts';
import { done, type Outcome } from '../outcome.ts';

/** Names of connections by ID. */
export async function connectionNames(app: App): Promise<Outcome<ReadonlyMap<string, string>>> {
  const listed = await app.call('connections.list', {});
  if (!listed.ok) return listed;
  return done(new Map(listed.value.connections.map(({ id, name }) => [id, name])));
}
