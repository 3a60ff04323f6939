import { ENV_FORMATS } from '../../contract/vocabulary.ts';
import { defineCommand } from '../command.ts';
import { PRESET_OPTION } from '../options.ts';
import { byOption } from '../name-connection.ts';
import { done, failed } from '../outcome.ts';
import { givenPath } from '../paths.ts';
import { showExports } from '../present/exports.ts';
import { plain } from '../present/plain.ts';
import { confirm } from '../prompt.ts';

/** What needs the person's consent, in the order in which the app checks it. */
const CONSENTS = [
  {
    code: 'shared-folder',
    allows: 'allowSharedFolder',
    question: 'Write the file there anyway?',
    hint: 'Choose another folder, or add --allow-shared-folder.',
  },
  {
    code: 'duplicate-key',
    allows: 'allowDuplicateKeys',
    question: 'Add Tokentray’s block anyway?',
    hint: 'Delete that line, or add --allow-duplicate-keys.',
  },
] as const;

export const command = defineCommand(
  {
    name: 'export add',
    summary: 'Keeps a file up to date with the variables of a connection',
    details:
      'Without --connection, the file follows the active connection. In an existing file, only Tokentray’s own block of lines is changed.',
    positionals: [
      { name: 'file', description: 'path of the file, such as .env', required: true, completes: 'files' },
    ],
    options: {
      connection: {
        type: 'text',
        value: 'NAME',
        description: 'Follow this connection',
        completes: 'connections',
      },
      provider: {
        type: 'text',
        value: 'ID',
        description: 'Follow the active connection of this provider',
        completes: 'providers',
      },
      preset: PRESET_OPTION,
      format: { type: 'text', value: 'FORMAT', description: 'File format', choices: ENV_FORMATS },
      'allow-duplicate-keys': {
        type: 'flag',
        description: 'Continue even if a variable is also set outside Tokentray’s block',
      },
      'allow-shared-folder': {
        type: 'flag',
        description: 'Continue even if other users can read or replace the file',
      },
    },
    examples: [
      'tokentray export add .env',
      'tokentray export add ~/work/mcp.env --preset mcp-atlassian',
      'tokentray export add settings.yaml --preset my-settings',
    ],
  },
  async (runtime, { positionals, options }) => {
    const file = givenPath(runtime.context, positionals.file);
    if (!file.ok) return file;
    const request = {
      file: file.value,
      connection: options.connection,
      provider: options.provider,
      preset: options.preset,
      format: options.format,
    };
    const allowed = {
      allowDuplicateKeys: options['allow-duplicate-keys'] ?? false,
      allowSharedFolder: options['allow-shared-folder'] ?? false,
    };
    const add = () => runtime.app.call('exports.add', { ...request, ...allowed });
    let added = await add();
    for (const { code, allows, question, hint } of CONSENTS) {
      if (added.ok || added.error.code !== code) continue;
      if (allowed[allows]) return added;
      if (!runtime.interactive) return failed('usage', added.error.message, hint);
      runtime.log(plain(added.error.message));
      if (!(await confirm(runtime, question))) return added;
      allowed[allows] = true;
      added = await add();
    }
    if (!added.ok) return byOption(added.error);
    if (runtime.json) runtime.document(added.value);
    else showExports(runtime, [added.value]);
    return done(0);
  },
);
