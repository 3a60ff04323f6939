import type { z } from 'zod';
import type { READ_ONCE } from '../lib/read-once.ts';

/** The value of a JSON column, or null when it is not what the schema asks for. */
export function parseJson<T>(schema: z.ZodType<T>, text: unknown, context?: typeof READ_ONCE): T | null {
  if (typeof text !== 'string') return null;
  try {
    return schema.safeParse(JSON.parse(text), context).data ?? null;
  } catch {
    return null;
  }
}
