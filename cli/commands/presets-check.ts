import { EXIT_CODES } from '../../contract/vocabulary.ts';
import { defineCommand } from '../command.ts';
import { PRESET_NAME_OPTION } from '../options.ts';
import { done } from '../outcome.ts';
import { showPreset } from '../present/presets.ts';
import { showFileProblems } from '../present/provider-file.ts';
import { presetSource } from '../preset-source.ts';

export const command = defineCommand(
  {
    name: 'presets check',
    summary: 'Checks a preset file, and says how to correct it',
    positionals: [
      {
        name: 'file',
        description: 'path (.json, .jsonc or .tmpl), or - for JSON on stdin',
        required: true,
        completes: 'files',
      },
    ],
    options: { name: PRESET_NAME_OPTION },
    examples: ['tokentray presets check my-tool.json', 'tokentray presets check settings.tmpl --json'],
  },
  async (runtime, { positionals, options }) => {
    const source = await presetSource(runtime, positionals.file, options.name);
    if (!source.ok) return source;
    const checked = await runtime.app.call('presets.check', source.value);
    if (!checked.ok) return checked;
    const { preset, problems, replaces } = checked.value;
    if (runtime.json) runtime.document(checked.value);
    else if (preset === null) showFileProblems(runtime, problems);
    else {
      showPreset(runtime, preset, replaces);
      runtime.log(runtime.err.good('✓ The file can be used.'));
    }
    return done(preset === null ? EXIT_CODES['invalid-input'] : 0);
  },
);
