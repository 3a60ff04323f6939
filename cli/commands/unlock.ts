import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';

export const command = defineCommand(
  {
    name: 'unlock',
    summary: 'Unlocks the app',
    details:
      'Reads the key from your keychain again, which asks for its password if it is locked. On a Mac with Touch ID, the desktop app asks for your finger first.',
    positionals: [],
    options: {},
    examples: ['tokentray unlock'],
  },
  async ({ app, json, document, log }) => {
    const unlocked = await app.call('app.unlock', {});
    if (!unlocked.ok) return unlocked;
    if (json) document({ locked: false });
    log('Unlocked.');
    return done(0);
  },
);
