import { z } from 'zod';
import { ConnectionId, GrantId, IsoTime } from './ids.ts';
import { GRANT_LASTS } from './vocabulary.ts';

export const GrantLasts = z.lazy(() => z.enum(GRANT_LASTS));

/** A program of this machine, as the system names it. Another program of the same user can pass itself off as it. */
export const ProgramView = z.lazy(() =>
  z.object({
    /** For people: the script's or the executable's file name. */
    name: z.string(),
    /** Null: the system does not say. */
    executable: z.string().nullable(),
    /** The file that an interpreter runs; null: none. */
    script: z.string().nullable(),
  }),
);
export type ProgramView = z.infer<typeof ProgramView>;

/** A program that asks now. */
export const AskingProgram = z.lazy(() =>
  ProgramView.unwrap().extend({
    pid: z.number().int().nullable(),
    /** What started it, nearest first, up to the terminal or the desktop program. */
    startedBy: z.array(z.string()),
    /** Its working folder. */
    folder: z.string().nullable(),
    /** It runs in a container or sandbox, whose paths name other files. */
    contained: z.boolean(),
    /** How long an answer may hold: the longer ones only for what can be known again. */
    lasts: z.array(GrantLasts),
  }),
);
export type AskingProgram = z.infer<typeof AskingProgram>;

/** What the person answered about a program, as long as it holds. */
export const GrantView = z.lazy(() =>
  z.object({
    id: GrantId,
    program: ProgramView,
    connection: z.object({ id: ConnectionId, name: z.string() }),
    decision: z.enum(['allow', 'deny']),
    lasts: GrantLasts,
    /** Of `session`: what its terminal is, in words. */
    session: z.string().nullable(),
    createdAt: IsoTime,
    /** When it ends; null: never, or with its session. */
    until: IsoTime.nullable(),
    lastUsedAt: IsoTime.nullable(),
  }),
);
export type GrantView = z.infer<typeof GrantView>;
