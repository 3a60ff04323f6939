import { PIPE_LIMITS } from '../../contract/export-limits.ts';
import { ENV_FORMATS, EXPORT_MODES } from '../../contract/vocabulary.ts';
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
      'Without --connection, the file follows the connection that its folder is bound to (tokentray use NAME --here), or else the active one. In an existing file, only Tokentray’s own block of lines is changed; files in the formats json, yaml, toml, ini and bare are Tokentray’s as a whole.\nWithout --format, the file’s name decides: .json, .yaml, .toml, .properties, .ini, .netrc, .sh, .fish, .ps1, .cmd; any other name: dotenv. A preset that is a template writes the whole file, and takes no format.',
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
      format: {
        type: 'text',
        value: 'FORMAT',
        description: 'File format (default: by the name of the file)',
        choices: ENV_FORMATS,
      },
      mode: {
        type: 'text',
        value: 'MODE',
        description:
          'Change only Tokentray’s lines, have the whole file, or put nothing on disk (default: by the format)',
        choices: EXPORT_MODES,
        choicesOnly: { pipe: 'posix' },
      },
      pipe: {
        type: 'flag',
        only: 'posix',
        description: 'A named pipe that gives each reader the current token; same as --mode pipe',
      },
      'in-place': {
        type: 'flag',
        description:
          'Write to the file instead of replacing it, so that a container that mounts it sees changes; readers can see half a write',
      },
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
      'tokentray export add .env.tokentray --pipe',
      'tokentray export add tokens.yaml',
      'tokentray export add ~/.netrc --connection work',
      'tokentray export add .env.tokentray --format direnv',
      'tokentray export add settings.yaml --preset my-settings',
    ],
  },
  async (runtime, { positionals, options }) => {
    const file = givenPath(runtime.context, positionals.file);
    if (!file.ok) return file;
    if (options.pipe === true && options.mode !== undefined && options.mode !== 'pipe')
      return failed('usage', `--pipe and --mode ${options.mode} contradict each other.`, 'Use one of them.');
    if (options['in-place'] === true && (options.pipe === true || options.mode === 'pipe'))
      return failed('usage', 'A pipe is not written, so --in-place means nothing for it.', 'Leave it out.');
    const request = {
      file: file.value,
      connection: options.connection,
      provider: options.provider,
      preset: options.preset,
      format: options.format,
      mode: options.pipe === true ? ('pipe' as const) : options.mode,
      inPlace: options['in-place'],
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
    else {
      showExports(runtime, [added.value]);
      if (added.value.mode === 'pipe') for (const limit of PIPE_LIMITS) runtime.log(limit);
    }
    return done(0);
  },
);
