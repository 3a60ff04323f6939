import { z } from 'zod';
import { COMMAND_LINE, define, EVERYONE, None, OptionalRef } from './define-call.ts';
import { HookRun, HookView } from './hook.ts';
import { HOOK_EVENTS, HOOK_SECONDS } from './vocabulary.ts';

/** By ID, or the path or name of its program where that names one alone. */
const hookRef = () => z.strictObject({ hook: z.string().min(1).max(5000) });

/**
 * Programs that are run after events. Only the command line may have one run that did not run before: a page that somebody
 * got into must not be a way to run programs.
 */
export const HOOKS_CALLS = {
  'hooks.list': define('Programs that are run after events', EVERYONE, None, () =>
    z.object({ hooks: z.array(HookView) }),
  ),
  'hooks.add': define(
    'Has a program run after each event of a kind; what happened comes as JSON on its standard input',
    COMMAND_LINE,
    () =>
      z.strictObject({
        event: z.enum(HOOK_EVENTS),
        connection: OptionalRef,
        program: z.string().min(1).max(5000),
        args: z.array(z.string().max(20_000)).max(100),
        withToken: z.boolean().optional(),
        timeoutSeconds: z.number().int().min(HOOK_SECONDS.min).max(HOOK_SECONDS.max).optional(),
      }),
    HookView,
  ),
  'hooks.remove': define('Removes a hook; its program ends if it is running', EVERYONE, hookRef, () =>
    z.object({ id: z.string() }),
  ),
  'hooks.pause': define('Keeps a hook from running', EVERYONE, hookRef, HookView),
  'hooks.resume': define('Has a paused hook run again', COMMAND_LINE, hookRef, HookView),
  'hooks.test': define('Runs a hook now, with an event that is marked as a test', EVERYONE, hookRef, () =>
    z.object({ run: HookRun }),
  ),
} as const;
