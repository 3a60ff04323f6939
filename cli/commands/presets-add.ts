import { EXIT_CODES } from '../../contract/vocabulary.ts';
import { defineCommand } from '../command.ts';
import { PRESET_NAME_OPTION } from '../options.ts';
import { done, failed } from '../outcome.ts';
import { plain } from '../present/plain.ts';
import { showPreset } from '../present/presets.ts';
import { showFileProblems } from '../present/provider-file.ts';
import { presetSource } from '../preset-source.ts';
import { confirm } from '../prompt.ts';

export const command = defineCommand(
  {
    name: 'presets add',
    summary: 'Adds a preset file to yours, after showing what it writes',
    details:
      'A preset decides what a tool is told: also where it sends your credential. Add only files from people you trust.',
    positionals: [
      {
        name: 'file',
        description: 'path (.json, .jsonc or .tmpl), or - for JSON on stdin',
        required: true,
        completes: 'files',
      },
    ],
    options: {
      name: PRESET_NAME_OPTION,
      yes: { type: 'flag', description: 'Add it without asking' },
      force: { type: 'flag', description: 'Replace your preset of the same name' },
    },
    examples: ['tokentray presets add my-tool.json', 'tokentray presets add settings.tmpl --name my-tool'],
  },
  async (runtime, { positionals, options }) => {
    const source = await presetSource(runtime, positionals.file, options.name);
    if (!source.ok) return source;
    const checked = await runtime.app.call('presets.check', source.value);
    if (!checked.ok) return checked;
    const { preset, problems, replaces, digest } = checked.value;
    if (preset === null) {
      if (runtime.json) runtime.document(checked.value);
      else showFileProblems(runtime, problems);
      return done(EXIT_CODES['invalid-input']);
    }
    showPreset(runtime, preset, replaces);
    if (!options.yes) {
      if (!runtime.interactive || positionals.file === '-')
        return failed('usage', 'Nobody can be asked whether to add this.', 'Add it with --yes.');
      if (!(await confirm(runtime, 'Add this preset?'))) return failed('cancelled', 'Nothing was added.');
    }
    const added = await runtime.app.call('presets.add', { ...source.value, digest, force: options.force });
    if (!added.ok) return added;
    const { name, kind } = added.value.preset;
    if (runtime.json) runtime.document(added.value);
    else
      runtime.log(
        `${runtime.err.good('✓')} Added ${plain(name)} (${plain(added.value.file)}). Use it with: tokentray ${kind === 'template' ? 'export add FILE' : 'env'} --preset ${plain(name)}`,
      );
    return done(0);
  },
);
