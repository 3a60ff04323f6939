import { defineCommand } from '../command.ts';
import { connectionNames } from '../gateway/connection-names.ts';
import { done } from '../outcome.ts';
import { showRemoteKeys } from '../present/remote.ts';

export const command = defineCommand(
  {
    name: 'remote list',
    summary: 'Lists keys for other machines and containers',
    positionals: [],
    options: {},
    examples: ['tokentray remote list'],
    only: 'posix',
  },
  async (runtime) => {
    const { app, json, document, log, err } = runtime;
    const view = await app.call('remote.list', {});
    if (!view.ok) return view;
    if (json) {
      document(view.value);
      return done(0);
    }
    const { socket, problem, keys } = view.value;
    const names = await connectionNames(app);
    if (!names.ok) return names;
    if (keys.length > 0) showRemoteKeys(runtime, keys, names.value);
    else
      log(
        'There is no key for another machine. Create one: tokentray remote add CONNECTION --name build-server',
      );
    if (problem !== null) log(`${err.warn('▲')} ${problem}`);
    else if (keys.length > 0 && socket !== null) log(`Socket: ${socket}`);
    return done(0);
  },
);
