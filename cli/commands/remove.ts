import type { CallOutput } from '../../contract/calls.ts';
import { sharedWith } from '../../contract/shared-grant.ts';
import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';
import { plain } from '../present/plain.ts';

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
    positionals: [
      { name: 'connection', description: 'name or ID', required: true, completes: 'connections' },
    ],
    options: { revoke: { type: 'flag', description: 'Also ask the provider to revoke the grant' } },
    examples: ['tokentray remove acme', 'tokentray remove acme --revoke'],
  },
  async ({ app, json, document, log }, { positionals: { connection }, options }) => {
    const revoke = options.revoke ?? false;
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
