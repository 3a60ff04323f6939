import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';
import { showDamaged } from '../present/damaged.ts';
import { showHistory } from '../present/export-check.ts';
import { showExports } from '../present/exports.ts';

export const command = defineCommand(
  {
    name: 'export list',
    summary: 'Lists the files that are kept up to date',
    positionals: [],
    options: {
      verbose: { type: 'flag', description: 'Also when each file was read and what the last writes changed' },
    },
    examples: ['tokentray export list', 'tokentray export list --verbose'],
  },
  async (runtime, { options }) => {
    const listed = await runtime.app.call('exports.list', {});
    if (!listed.ok) return listed;
    const { exports, damaged } = listed.value;
    if (options.verbose === true) {
      const checked = await runtime.app.call('exports.check', {});
      if (!checked.ok) return checked;
      const { checks } = checked.value;
      if (runtime.json) runtime.document(checks);
      else for (const check of checks) showHistory(runtime, check);
    } else if (runtime.json) runtime.document(exports);
    else if (exports.length > 0) showExports(runtime, exports);
    else runtime.log('No files are kept up to date. Add one: tokentray export add .env');
    showDamaged(runtime, damaged);
    return done(0);
  },
);
