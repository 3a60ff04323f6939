import { z } from 'zod';
import { PresetName } from './export.ts';

/** Whether something works, and if not, why. */
const Suits = z.lazy(() => z.object({ works: z.boolean(), reason: z.string().nullable() }));

/** What a preset writes: variables, a whole file, or nothing but what to do instead, for tools that read no variables. */
export const PresetKind = z.enum(['variables', 'template', 'advice']);
export type PresetKind = z.infer<typeof PresetKind>;

export const PresetView = z.lazy(() =>
  z.object({
    name: PresetName,
    /** One line for people. */
    description: z.string(),
    /** Where the tool that it is for is described. */
    link: z.string().nullable(),
    origin: z.enum(['bundled', 'own']),
    /** The person's file that it is from. */
    file: z.string().nullable(),
    kind: PresetKind,
    /** Which connections it is for, in words: one line for each way in which its tool takes credentials. */
    needs: z.array(z.string()),
    /** Every name that it can write. */
    variables: z.array(z.string()),
    /** Whether its tool can be given the gateway's address (`run --gateway`), and be led through the proxy (`run --proxy`). */
    gateway: Suits,
    proxy: Suits,
    /** For the connection that was asked about; null where none was. */
    serves: z
      .object({ works: z.boolean(), reason: z.string().nullable(), hint: z.string().nullable() })
      .nullable(),
  }),
);
export type PresetView = z.infer<typeof PresetView>;

/** A preset file that could not be used: which file, which field, what to do. */
export const PresetProblem = z.lazy(() =>
  z.object({ file: z.string(), field: z.string().nullable(), message: z.string(), hint: z.string() }),
);
export type PresetProblem = z.infer<typeof PresetProblem>;
