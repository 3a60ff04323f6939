import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';
import { showGrants } from '../present/programs.ts';

export const command = defineCommand(
  {
    name: 'grants list',
    summary: 'Lists which programs were allowed or denied a credential',
    details: 'Only what still holds is listed: for a terminal session, for a day, or always.',
    positionals: [],
    options: {},
    examples: ['tokentray grants list'],
  },
  async (runtime) => {
    const { app, json, document, log } = runtime;
    const listed = await app.call('grants.list', {});
    if (!listed.ok) return listed;
    const { grants } = listed.value;
    if (json) document(grants);
    else if (grants.length > 0) showGrants(runtime, grants);
    else log('No answer about a program is kept. Be asked about them: tokentray grants require CONNECTION');
    return done(0);
  },
);
