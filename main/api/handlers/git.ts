import { ok } from '../../lib/result.ts';
import { admitProgram } from '../admit-program.ts';
import type { Handlers } from '../dispatcher.ts';
import type { Services } from '../services.ts';

type GitCalls = Extract<keyof Handlers, `git.${string}`>;

export const gitHandlers = (services: Services): Pick<Handlers, GitCalls> => ({
  'git.credential': async (input, from) =>
    ok(
      await services.git.credential(input, (connection, what) =>
        admitProgram(services, from, connection, what),
      ),
    ),
  'git.installs': () => services.git.installs.list(),
  'git.install': (input) => services.git.installs.install(input),
  'git.uninstall': (input) => services.git.installs.uninstall(input),
});
