import type { z } from 'zod';

/** The value of a JSON column, or null when it is not what the schema asks for. */
export function parseJson<T>(schema: z.ZodType<T>, text: unknown): T | null {
  if (typeof text !== 'string') return null;
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
