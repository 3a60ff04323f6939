import type { CallOutput } from '../../contract/calls.ts';
import { sharedWith } from '../../contract/shared-grant.ts';
import { defineCommand } from '../command.ts';
import { done, failed } from '../outcome.ts';
import { plain } from '../present/plain.ts';
import { confirm } from '../prompt.ts';
import type { Runtime } from '../runtime.ts';

const REVOCATION: Readonly<Record<CallOutput<'connections.remove'>['revocation'], string | null>> = {
  'not-asked': null,
  accepted:
    'The provider accepted the request to revoke the grant. Make sure in your account there that it is gone.',
  failed: 'The provider did not confirm that the grant was revoked.',
  unsupported: 'This provider does not let apps revoke a grant, so you have to do it yourself.',
};

export const command = defineCommand(
  {
    name: 'remove',
    summary: 'Removes a connection and its tokens',
    details: 'Asks first in a terminal, unless --yes is given. Without a terminal it never asks.',
    positionals: [
      { name: 'connection', description: 'name or ID', required: true, completes: 'connections' },
    ],
    options: {
      revoke: { type: 'flag', description: 'Also ask the provider to revoke the grant' },
      yes: { type: 'flag', description: 'Do not ask' },
    },
    examples: ['tokentray remove acme', 'tokentray remove acme --revoke', 'tokentray remove acme --yes'],
  },
  async (runtime, { positionals: { connection }, options }) => {
    const { app, json, document, log } = runtime;
    const revoke = options.revoke ?? false;
    if (runtime.interactive && options.yes !== true) {
      await showUse(runtime, connection);
      if (!(await confirm(runtime, `Remove “${plain(connection)}” and its tokens?`)))
        return failed('cancelled', 'Nothing was removed.');
    }
    const listed = revoke ? await app.call('connections.list', {}) : null;
    const removed = await app.call('connections.remove', { connection, revoke });
    if (!removed.ok) return removed;
    const { revocation, exports, manageUrl } = removed.value;
    if (json) document(removed.value);
    log('Removed.');
    for (const { file } of exports) log(`No longer written: ${plain(file)}`);
    const sentence = REVOCATION[revocation];
    if (sentence !== null) log(sentence);
    const before = listed?.ok === true ? listed.value.connections : [];
    const self = before.find((other) => other.id === removed.value.id);
    const shared = self === undefined || revocation === 'unsupported' ? [] : sharedWith(self, before);
    if (shared.length > 0)
      log(`These share the sign-in, and end with it: ${shared.map(({ name }) => plain(name)).join(', ')}`);
    if (manageUrl !== null) {
      log(`${revocation === 'accepted' ? 'See' : 'Revoke the grant'}: ${plain(manageUrl)}`);
    }
    return done(0);
  },
);

/** What depends on the connection, before anybody is asked. What cannot be found out is left to the removal itself. */
async function showUse({ app, log }: Runtime, reference: string): Promise<void> {
  const exports = await app.call('exports.list', {});
  for (const { file, connection, target } of exports.ok ? exports.value.exports : [])
    if (
      target.follows === 'connection' &&
      connection !== null &&
      [connection.id as string, connection.name].includes(reference)
    )
      log(`Uses it, and will no longer be written: ${plain(file)}`);
}
