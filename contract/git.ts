import { z } from 'zod';
import { ConnectionId } from './ids.ts';
import { GIT_SCOPES } from './vocabulary.ts';

/** Whose settings of git: the person's, or those of one repository. */
export const GitScope = z.lazy(() => z.enum(GIT_SCOPES));
export type GitScope = z.infer<typeof GitScope>;

/** An address for which git asks Tokentray. */
export const GitInstallView = z.lazy(() =>
  z.object({
    scope: GitScope,
    /** The file of git's settings. */
    file: z.string(),
    /** Every repository at or below it. */
    url: z.string(),
    /** The only one that git gets there; null: the one that fits. `name` is null when it is gone. */
    connection: z.object({ id: ConnectionId, name: z.string().nullable() }).nullable(),
    /** The helper's command, as git's settings have it. */
    helper: z.string(),
    /** False: somebody has changed or removed it since. */
    intact: z.boolean(),
  }),
);
export type GitInstallView = z.infer<typeof GitInstallView>;
