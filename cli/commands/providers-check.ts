import { EXIT_CODES } from '../../contract/vocabulary.ts';
import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';
import { showFileProblems, showProviderFile } from '../present/provider-file.ts';
import { providerSource } from '../provider-source.ts';

export const command = defineCommand(
  {
    name: 'providers check',
    summary: 'Checks a provider file, and says how to correct it',
    positionals: [
      {
        name: 'file',
        description: 'path, https: address, or - for stdin',
        required: true,
        completes: 'files',
      },
    ],
    options: {},
    examples: ['tokentray providers check acme.json', 'tokentray providers check acme.jsonc --json'],
  },
  async (runtime, { positionals }) => {
    const source = await providerSource(runtime, positionals.file);
    if (!source.ok) return source;
    const checked = await runtime.app.call('providers.check', source.value);
    if (!checked.ok) return checked;
    const { provider, problems } = checked.value;
    if (runtime.json) runtime.document(checked.value);
    else if (provider === null) showFileProblems(runtime, problems);
    else {
      showProviderFile(runtime, provider);
      runtime.log(runtime.err.good('✓ The file can be used.'));
    }
    return done(provider === null ? EXIT_CODES['invalid-input'] : 0);
  },
);
