import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { z } from 'zod';
import type { Logger } from '../lib/log.ts';

/** What a host remembers of itself from one start to the next; nothing in it is secret or worth a backup. */
export interface RememberedFile<T> {
  get(): T;
  set(patch: Partial<T>): void;
}

/**
 * Keeps it as JSON in `file`. A file that cannot be read or written costs only what was remembered. `schema` has to
 * take `{}`.
 */
export function rememberedFile<T extends object>(
  file: string,
  schema: z.ZodType<T>,
  logger: Logger,
): RememberedFile<T> {
  let state = read(file, schema);
  return {
    get: () => state,
    set: (patch) => {
      state = { ...state, ...patch };
      try {
        const fresh = `${file}.new`;
        writeFileSync(fresh, JSON.stringify(state), { mode: 0o600 });
        renameSync(fresh, file);
      } catch (fault) {
        logger.warn('host.not-remembered', {
          error: fault instanceof Error ? fault.message : String(fault),
        });
      }
    },
  };
}

function read<T>(file: string, schema: z.ZodType<T>): T {
  try {
    const read = schema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    if (read.success) return read.data;
  } catch {
    // It is not there yet, or no JSON.
  }
  return schema.parse({});
}
