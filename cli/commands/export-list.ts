import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';
import { showDamaged } from '../present/damaged.ts';
import { showExports } from '../present/exports.ts';

export const command = defineCommand(
  {
    name: 'export list',
    summary: 'Lists the files that are kept up to date',
    positionals: [],
    options: {},
    examples: ['tokentray export list'],
  },
  async (runtime) => {
    const listed = await runtime.app.call('exports.list', {});
    if (!listed.ok) return listed;
    const { exports, damaged } = listed.value;
    if (runtime.json) runtime.document(exports);
    else if (exports.length > 0) showExports(runtime, exports);
    else runtime.log('No files are kept up to date. Add one: tokentray export add .env');
    showDamaged(runtime, damaged);
    return done(0);
  },
);
