import { aboutFile } from '../../contract/about-file.ts';
import { defineCommand } from '../command.ts';
import { byOption } from '../name-connection.ts';
import { done } from '../outcome.ts';
import { plain } from '../present/plain.ts';
import { showPresets } from '../present/presets.ts';

export const command = defineCommand(
  {
    name: 'presets list',
    summary: 'Lists the tools that variables can be written for',
    details:
      'With --connection, it says which presets serve that connection, and why the others do not. RUN WITH: the option of “tokentray run” that keeps the credential from the tool.',
    positionals: [],
    options: {
      connection: {
        type: 'text',
        value: 'NAME',
        description: 'Say which presets serve this connection',
        completes: 'connections',
      },
    },
    examples: ['tokentray presets', 'tokentray presets list --connection acme'],
  },
  async (runtime, { options }) => {
    const { app, json, document, log, err } = runtime;
    const listed = await app.call('presets.list', { connection: options.connection });
    if (!listed.ok) return byOption(listed.error);
    const { presets, problems, folder } = listed.value;
    if (json) {
      document(listed.value);
      return done(0);
    }
    showPresets(runtime, presets);
    log(err.dim(`Your own presets: ${plain(folder)}`));
    for (const { file, field, message, hint } of problems) {
      const where =
        field === null
          ? plain(aboutFile(file, message))
          : `${plain(file)} (${plain(field)}): ${plain(message)}`;
      log(`${err.bad('▲')} ${where}`);
      log(`    ${plain(hint)}`);
    }
    return done(0);
  },
);
