import { z } from 'zod';
import { Failure } from './errors.ts';
import { IsoTime } from './ids.ts';

const Version = z.string();

/** The state of the app's own updates. */
export const UpdateState = z.lazy(() =>
  z.discriminatedUnion('state', [
    z.object({ state: z.literal('idle') }),
    z.object({ state: z.literal('checking') }),
    /** This version is the newest. */
    z.object({ state: z.literal('none'), checkedAt: IsoTime }),
    /** `asksForPassword`: the system will, before it installs. */
    z.object({ state: z.literal('available'), version: Version, asksForPassword: z.boolean() }),
    z.object({
      state: z.literal('downloading'),
      version: Version,
      percent: z.number().int().min(0).max(100),
    }),
    z.object({ state: z.literal('ready'), version: Version, asksForPassword: z.boolean() }),
    z.object({ state: z.literal('failed'), error: Failure }),
    /** This build does not update itself; `why` is for the person. */
    z.object({ state: z.literal('unsupported'), why: z.string() }),
  ]),
);
export type UpdateState = z.infer<typeof UpdateState>;
