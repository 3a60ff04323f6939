import { z } from 'zod';
import { ConnectionId, HookId, IsoTime } from './ids.ts';
import { HOOK_EVENTS } from './vocabulary.ts';

/** How a program that was run for an event ended. */
export const HookRun = z.lazy(() =>
  z.object({
    at: IsoTime,
    ok: z.boolean(),
    durationMs: z.number(),
    /** How it ended, with the first words that it wrote to standard error, redacted. */
    message: z.string(),
  }),
);
export type HookRun = z.infer<typeof HookRun>;

/** A program that is run after an event. */
export const HookView = z.lazy(() =>
  z.object({
    id: HookId,
    event: z.enum(HOOK_EVENTS),
    /** The only connection that it follows; null: every one. `name` is null after that was removed. */
    connection: z.object({ id: ConnectionId, name: z.string().nullable() }).nullable(),
    program: z.string(),
    args: z.array(z.string()),
    /** The access token is part of what it reads. */
    withToken: z.boolean(),
    timeoutSeconds: z.number().int(),
    /** `restored`: it came from a backup, and does not run before the person resumes it. */
    paused: z.enum(['person', 'restored']).nullable(),
    last: HookRun.nullable(),
  }),
);
export type HookView = z.infer<typeof HookView>;
