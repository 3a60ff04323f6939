import type { z } from 'zod';

/**
 * For what is read once, at start: zod would compile each schema on its first use, which takes longer than checking the
 * records without.
 */
export const READ_ONCE = { jitless: true } as const;

/** The value of a JSON column, or null when it is not what the schema asks for. */
export function parseJson<T>(schema: z.ZodType<T>, text: unknown, context?: typeof READ_ONCE): T | null {
  if (typeof text !== 'string') return null;
  try {
    return schema.safeParse(JSON.parse(text), context).data ?? null;
  } catch {
    return null;
  }
}
