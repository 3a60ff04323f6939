import path from 'node:path';
import { fail, ok, type Result } from '../lib/result.ts';
import type { HookRecord } from '../store/records.ts';

/** The one hook meant: by ID, or by the path or name of its program. */
export function findHook(records: readonly HookRecord[], reference: string): Result<HookRecord> {
  const byId = records.filter(({ id }) => id === reference);
  const found =
    byId.length > 0
      ? byId
      : records.filter(({ program }) => program === reference || path.basename(program) === reference);
  const [first, ...others] = found;
  if (first === undefined)
    return fail(
      'not-found',
      `No hook has the ID or program “${reference}”.`,
      'List them: tokentray hooks list',
    );
  if (others.length === 0) return ok(first);
  const ids = found.map(({ id, event }) => `${id} (${event})`).join(', ');
  return fail('ambiguous', `Several hooks run ${reference}.`, `Name one by its ID: ${ids}.`);
}
