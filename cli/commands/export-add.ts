import { ENV_FORMATS, PRESET_NAMES } from '../../contract/vocabulary.ts';
import { defineCommand } from '../command.ts';
import { done, failed } from '../outcome.ts';
import { givenPath } from '../paths.ts';
import { showExports } from '../present/exports.ts';
import { plain } from '../present/plain.ts';
import { confirm } from '../prompt.ts';

export const command = defineCommand(
  {
    name: 'export add',
    summary: 'Keeps a file up to date with the variables of a connection',
    details:
      'Without --connection it follows the active one. In a file that is there already only our own block of lines is touched.',
    positionals: [{ name: 'file', description: 'such as .env', required: true, completes: 'files' }],
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
      preset: { type: 'text', value: 'PRESET', description: 'Which tool’s variables', choices: PRESET_NAMES },
      format: { type: 'text', value: 'FORMAT', description: 'How they are written', choices: ENV_FORMATS },
      'allow-duplicate-keys': {
        type: 'flag',
        description: 'Go on although a variable also stands outside our block',
      },
    },
    examples: ['tokentray export add .env', 'tokentray export add ~/work/mcp.env --preset mcp-atlassian'],
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
    const allowed = options['allow-duplicate-keys'] ?? false;
    let added = await runtime.app.call('exports.add', { ...request, allowDuplicateKeys: allowed });
    if (!added.ok && added.error.code === 'duplicate-key' && !allowed && runtime.interactive) {
      runtime.say(plain(added.error.message));
      if (!(await confirm(runtime, 'Add our block all the same?'))) return added;
      added = await runtime.app.call('exports.add', { ...request, allowDuplicateKeys: true });
    }
    if (!added.ok && added.error.code === 'duplicate-key')
      return failed('duplicate-key', added.error.message, 'Delete that line, or add --allow-duplicate-keys.');
    if (!added.ok) return added;
    if (runtime.json) runtime.document(added.value);
    else showExports(runtime, [added.value]);
    return done(0);
  },
);
