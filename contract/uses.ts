import { z } from 'zod';
import { ConsumerId, IsoTime } from './ids.ts';
import { USE_KINDS } from './vocabulary.ts';

/** Who used a connection, as far as they said: never with what arguments, which may hold secrets. */
export const UseView = z.lazy(() =>
  z.object({
    kind: z.enum(USE_KINDS),
    /** Of the program or the key, for people; empty for Tokentray's own commands. */
    name: z.string(),
    /** Whose key it was; null for other kinds. */
    consumer: ConsumerId.nullable(),
    lastUsedAt: IsoTime,
    /** How often, since it is remembered. */
    count: z.number().int(),
    /** How many times in a row up to now it did not get what it asked for. */
    failures: z.number().int(),
  }),
);
export type UseView = z.infer<typeof UseView>;
