import { ok } from '../../lib/result.ts';
import type { Handlers } from '../dispatcher.ts';
import type { Services } from '../services.ts';

type GitCalls = Extract<keyof Handlers, `git.${string}`>;

export const gitHandlers = ({ git }: Services): Pick<Handlers, GitCalls> => ({
  'git.credential': async (input) => ok(await git.credential(input)),
  'git.installs': () => git.installs.list(),
  'git.install': (input) => git.installs.install(input),
  'git.uninstall': (input) => git.installs.uninstall(input),
});
