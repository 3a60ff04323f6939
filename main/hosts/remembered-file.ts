import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { z } from 'zod';
import type { Logger } from '../lib/log.ts';
import { READ_ONCE } from '../lib/read-once.ts';

/** What a host remembers between starts; nothing in it is secret or worth a backup. */
export interface RememberedFile<T> {
  get(): T;
  set(patch: Partial<T>): void;
}

/**
 * Stores it as JSON in `file`. If the file cannot be read or written, only the remembered values are lost. `schema` has
 * to accept `{}`.
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
    const read = schema.safeParse(JSON.parse(readFileSync(file, 'utf8')), READ_ONCE);
    if (read.success) return read.data;
  } catch {
    // It does not exist yet, or is not JSON.
  }
  return schema.parse({}, READ_ONCE);
}
