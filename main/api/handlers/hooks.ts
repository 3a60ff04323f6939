import { ok } from '../../lib/result.ts';
import type { Handlers } from '../dispatcher.ts';
import type { Services } from '../services.ts';

type HookCalls = Extract<keyof Handlers, `hooks.${string}`>;

export const hookHandlers = ({ hooks }: Services): Pick<Handlers, HookCalls> => ({
  'hooks.list': () => ok({ hooks: hooks.list() }),
  'hooks.add': (input) => hooks.add(input),
  'hooks.remove': ({ hook }) => hooks.remove(hook),
  'hooks.pause': ({ hook }) => hooks.setPaused(hook, true),
  'hooks.resume': ({ hook }) => hooks.setPaused(hook, false),
  'hooks.test': async ({ hook }) => {
    const run = await hooks.test(hook);
    return run.ok ? ok({ run: run.value }) : run;
  },
});
