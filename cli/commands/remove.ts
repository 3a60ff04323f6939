import type { CallOutput } from '../../contract/calls.ts';
import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';
import { plain } from '../present/plain.ts';

const REVOCATION: Readonly<Record<CallOutput<'connections.remove'>['revocation'], string | null>> = {
  'not-asked': null,
  accepted: 'The provider took the request to end the grant; whether it has, your account there shows.',
  failed: 'The provider did not confirm that the grant is ended.',
  unsupported: 'This provider lets no app end a grant: you have to do it yourself.',
};

export const command = defineCommand(
  {
    name: 'remove',
    summary: 'Forgets a connection and its tokens',
    positionals: [
      { name: 'connection', description: 'name or id', required: true, completes: 'connections' },
    ],
    options: { revoke: { type: 'flag', description: 'Also ask the provider to end the grant' } },
    examples: ['tokentray remove acme', 'tokentray remove acme --revoke'],
  },
  async ({ app, json, document, say }, { positionals: { connection }, options }) => {
    const removed = await app.call('connections.remove', { connection, revoke: options.revoke ?? false });
    if (!removed.ok) return removed;
    const { revocation, exports, manageUrl } = removed.value;
    if (json) document(removed.value);
    say('Removed.');
    for (const { file } of exports) say(`No longer written: ${plain(file)}`);
    const sentence = REVOCATION[revocation];
    if (sentence !== null) say(sentence);
    if (manageUrl !== null) {
      say(`${revocation === 'accepted' ? 'Look' : 'End the grant'} at ${plain(manageUrl)}`);
    }
    return done(0);
  },
);
