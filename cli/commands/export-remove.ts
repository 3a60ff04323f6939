import { defineCommand } from '../command.ts';
import { exportReference } from '../export-reference.ts';
import { done } from '../outcome.ts';
import { plain } from '../present/plain.ts';

export const command = defineCommand(
  {
    name: 'export remove',
    summary: 'Stops updating a file and removes Tokentray’s lines from it',
    positionals: [
      {
        name: 'file',
        description: 'the file, or the ID of the export',
        required: true,
        completes: 'exports',
      },
    ],
    options: { 'keep-file': { type: 'flag', description: 'Leave the file as it is' } },
    examples: ['tokentray export remove .env'],
  },
  async (runtime, { positionals, options }) => {
    const reference = await exportReference(runtime, positionals.file);
    if (!reference.ok) return reference;
    const removed = await runtime.app.call('exports.remove', {
      export: reference.value,
      keepFile: options['keep-file'] ?? false,
    });
    if (!removed.ok) return removed;
    if (runtime.json) runtime.document(removed.value);
    runtime.log(`No longer kept up to date: ${plain(removed.value.file)}`);
    return done(0);
  },
);
