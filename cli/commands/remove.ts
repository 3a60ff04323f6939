import type { GitInstallView } from '../../contract/git.ts';
import { sharedWith } from '../../contract/shared-grant.ts';
import { defineCommand } from '../command.ts';
import { done, failed } from '../outcome.ts';
import { plain } from '../present/plain.ts';
import { gitLines, removalLines } from '../present/removal.ts';
import { confirm } from '../prompt.ts';
import type { Runtime } from '../runtime.ts';

export const command = defineCommand(
  {
    name: 'remove',
    summary: 'Removes a connection and its tokens',
    details:
      'Asks first in a terminal; without one, --yes is needed. For 30 seconds, “tokentray undo” takes it back, except with --revoke.',
    positionals: [
      { name: 'connection', description: 'name or ID', required: true, completes: 'connections' },
    ],
    options: {
      revoke: { type: 'flag', description: 'Also ask the provider to revoke the grant of a sign-in' },
      yes: { type: 'flag', description: 'Do not ask' },
    },
    examples: ['tokentray remove acme', 'tokentray remove acme --revoke --yes'],
  },
  async (runtime, { positionals: { connection }, options }) => {
    const { app, json, document, log } = runtime;
    const revoke = options.revoke ?? false;
    if (options.yes !== true) {
      if (!runtime.interactive)
        return failed('usage', 'Nobody can be asked whether to remove this.', 'Remove it with --yes.');
      await showUse(runtime, connection);
      if (!(await confirm(runtime, `Remove “${plain(connection)}” and its tokens?`)))
        return failed('cancelled', 'Nothing was removed.');
    }
    const listed = await app.call('connections.list', {});
    const removed = await app.call('connections.remove', { connection, revoke });
    if (!removed.ok) return removed;
    const { revocation, exports, undoUntil } = removed.value;
    if (json) document(removed.value);
    log(
      undoUntil === undefined ? 'Removed.' : 'Removed. To take that back within 30 seconds: tokentray undo',
    );
    for (const { file } of exports) log(`No longer written: ${plain(file)}`);
    const before = listed.ok ? listed.value.connections : [];
    const self = before.find((other) => other.id === removed.value.id);
    for (const line of removalLines(removed.value, self)) log(line);
    for (const line of gitLines(await gitUses(runtime, removed.value.id))) log(line);
    const isRevoked = revocation === 'accepted' || revocation === 'failed';
    const shared = self === undefined || !isRevoked ? [] : sharedWith(self, before);
    if (shared.length > 0)
      log(`These share the sign-in, and end with it: ${shared.map(({ name }) => plain(name)).join(', ')}`);
    return done(0);
  },
);

/** What depends on the connection, before anybody is asked. What cannot be found out is left to the removal itself. */
async function showUse(runtime: Runtime, reference: string): Promise<void> {
  const { app, log } = runtime;
  const exports = await app.call('exports.list', {});
  for (const { file, connection, target } of exports.ok ? exports.value.exports : [])
    if (
      target.follows !== 'active' &&
      connection !== null &&
      [connection.id as string, connection.name].includes(reference)
    )
      log(`Uses it, and will no longer be written: ${plain(file)}`);
  for (const { url, file } of await gitUses(runtime, reference))
    log(`Uses it, and will get nothing: git for ${plain(url)}, by ${plain(file)}`);
}

/** Where git gets this connection and no other. */
async function gitUses({ app, json }: Runtime, reference: string): Promise<GitInstallView[]> {
  const listed = json ? null : await app.call('git.installs', {});
  if (!listed?.ok) return [];
  return listed.value.installs.filter(
    ({ connection, intact }) =>
      intact && connection !== null && [connection.id as string, connection.name].includes(reference),
  );
}
