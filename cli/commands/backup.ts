import { defineCommand } from '../command.ts';
import { done, failed } from '../outcome.ts';
import { newPassphrase } from '../passphrase.ts';
import { givenPath } from '../paths.ts';
import { plain } from '../present/plain.ts';

export const command = defineCommand(
  {
    name: 'backup',
    summary: 'Writes an encrypted copy of everything to a file',
    details:
      'Holds all connections, OAuth clients, exports and settings. The file is in the age format (age-encryption.org), encrypted with a passphrase. Prompts for it, or reads it from standard input if there is no terminal.',
    positionals: [{ name: 'file', description: 'path of the new file', required: true, completes: 'files' }],
    options: { force: { type: 'flag', description: 'Replace the file if it exists' } },
    examples: [
      'tokentray backup ~/tokentray.age',
      'pass show backups/tokentray | tokentray backup ~/tokentray.age --force',
    ],
  },
  async (runtime, { positionals, options }) => {
    const { app, context, json, document, log } = runtime;
    const file = givenPath(context, positionals.file);
    if (!file.ok) return file;
    // Before anybody makes up a passphrase for nothing.
    if (!options.force && context.exists(file.value))
      return failed(
        'conflict',
        `${file.value} already exists, so nothing was written.`,
        'Choose another name, or use --force.',
      );
    const passphrase = await newPassphrase(runtime);
    if (!passphrase.ok) return passphrase;
    const request = { file: file.value, passphrase: passphrase.value };
    const made = options.force
      ? await app.call('backup.overwrite', request)
      : await app.call('backup.create', request);
    if (!made.ok) return made;
    if (json) document(made.value);
    const { connections, unreadable } = made.value;
    log(`Backed up ${connections} connection${connections === 1 ? '' : 's'} to ${plain(made.value.file)}.`);
    if (unreadable > 0)
      log(`Left out because they cannot be decrypted: ${unreadable}. See: tokentray doctor`);
    return done(0);
  },
);
