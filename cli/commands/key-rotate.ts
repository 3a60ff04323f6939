import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';
import { plain } from '../present/plain.ts';

export const command = defineCommand(
  {
    name: 'key rotate',
    summary: 'Encrypts every secret under a new key',
    details:
      'By default, the new key is a random one in the keychain. With --to, it is the one that another key source gives; start Tokentray with that source from then on.',
    positionals: [],
    options: {
      to: {
        type: 'text',
        value: 'SOURCE',
        description: 'keychain, file:/PATH, systemd-credential:NAME or "command:PROGRAM ARGUMENTS"',
      },
    },
    examples: ['tokentray key rotate', 'tokentray key rotate --to file:/run/secrets/tokentray'],
  },
  async ({ app, json, document, log }, { options: { to } }) => {
    const rotated = to === undefined ? await app.call('key.rotate', {}) : await app.call('key.move', { to });
    if (!rotated.ok) return rotated;
    if (json) document(rotated.value);
    const { secrets, source, oldKeyRemoved } = rotated.value;
    log(`${secrets} secret${secrets === 1 ? ' is' : 's are'} encrypted under a new key.`);
    if (source !== null)
      log(
        `From now on, start Tokentray with the key source ${plain(source)}: --key-source or TOKENTRAY_KEY_SOURCE.`,
      );
    if (!oldKeyRemoved)
      log('The keychain still holds the old key too. Tokentray removes it at its next start.');
    return done(0);
  },
);
