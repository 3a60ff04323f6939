import type { ConnectionView } from '../../contract/connection.ts';
import type { GitInstallView } from '../../contract/git.ts';
import { sharedWith } from '../../contract/shared-grant.ts';
import { done, type Outcome } from '../outcome.ts';
import { plain } from '../present/plain.ts';
import { gitLines, removalLines } from '../present/removal.ts';
import type { Runtime } from '../runtime.ts';
import type { Meant } from './find-meant.ts';

/** Removes a connection, and says what is left to do about it. `all`: every connection there was. */
export async function removeOne(
  runtime: Runtime,
  { id, name, view }: Meant,
  all: readonly ConnectionView[],
  revoke: boolean,
): Promise<Outcome<void>> {
  const { app, json, document, log } = runtime;
  const removed = await app.call('connections.remove', { connection: id, revoke });
  if (!removed.ok) return removed;
  const { revocation, exports, undoUntil } = removed.value;
  if (json) document(removed.value);
  const back = undoUntil === undefined ? '' : ' To take that back within 30 seconds: tokentray undo';
  log(`Removed “${plain(name)}”.${back}`);
  for (const { file } of exports) log(`No longer written: ${plain(file)}`);
  for (const line of removalLines(removed.value, view ?? undefined)) log(line);
  for (const line of gitLines(await gitUses(runtime, id))) log(line);
  const isRevoked = revocation === 'accepted' || revocation === 'failed';
  const shared = view === null || !isRevoked ? [] : sharedWith(view, all);
  if (shared.length > 0)
    log(`These share the sign-in, and end with it: ${shared.map((other) => plain(other.name)).join(', ')}`);
  return done(undefined);
}

/** Where git gets this connection and no other. */
async function gitUses({ app, json }: Runtime, removed: string): Promise<GitInstallView[]> {
  const listed = json ? null : await app.call('git.installs', {});
  return listed?.ok
    ? listed.value.installs.filter(({ connection, intact }) => intact && connection?.id === removed)
    : [];
}
