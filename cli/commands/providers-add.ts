import { EXIT_CODES } from '../../contract/vocabulary.ts';
import { defineCommand } from '../command.ts';
import { done, failed } from '../outcome.ts';
import { plain } from '../present/plain.ts';
import { showFileProblems, showProviderFile } from '../present/provider-file.ts';
import { confirm } from '../prompt.ts';
import { providerSource } from '../provider-source.ts';

export const command = defineCommand(
  {
    name: 'providers add',
    summary: 'Adds a provider file to yours, after showing what it does',
    details:
      'The file decides where your credentials are sent: add only files from people you trust. Files of authsome are accepted too.',
    positionals: [
      {
        name: 'file',
        description: 'path, https: address, or - for stdin',
        required: true,
        completes: 'files',
      },
    ],
    options: {
      yes: { type: 'flag', description: 'Add it without asking' },
      force: { type: 'flag', description: 'Replace your file for the same provider' },
    },
    examples: [
      'tokentray providers add acme.json',
      'tokentray providers add https://acme.example/tokentray.json',
    ],
  },
  async (runtime, { positionals, options }) => {
    const source = await providerSource(runtime, positionals.file);
    if (!source.ok) return source;
    const checked = await runtime.app.call('providers.check', source.value);
    if (!checked.ok) return checked;
    const { provider, problems, digest } = checked.value;
    if (provider === null) {
      if (runtime.json) runtime.document(checked.value);
      else showFileProblems(runtime, problems);
      return done(EXIT_CODES['invalid-input']);
    }
    showProviderFile(runtime, provider);
    if (!options.yes) {
      if (!runtime.interactive || positionals.file === '-')
        return failed('usage', 'Nobody can be asked whether to add this.', 'Add it with --yes.');
      if (!(await confirm(runtime, 'Add this provider?'))) return failed('cancelled', 'Nothing was added.');
    }
    const added = await runtime.app.call('providers.add', { ...source.value, digest, force: options.force });
    if (!added.ok) return added;
    if (runtime.json) runtime.document(added.value);
    else
      runtime.log(
        `${runtime.err.good('✓')} Added ${plain(added.value.provider.name)} (${plain(added.value.file)}). Connect it with: tokentray connect ${plain(added.value.provider.id)}`,
      );
    return done(0);
  },
);
