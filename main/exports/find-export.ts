import path from 'node:path';
import { fail, ok, type Result } from '../lib/result.ts';
import type { ExportRecord } from '../store/records.ts';

/** The exports with this id, or else those that write this path. */
export function findExports(records: readonly ExportRecord[], reference: string): ExportRecord[] {
  const byId = records.filter(({ id }) => id === reference);
  return byId.length > 0 ? byId : records.filter(({ file }) => file === path.normalize(reference));
}

/** The one export meant. `not-found`, or `ambiguous` when several write that path. */
export function findExport(records: readonly ExportRecord[], reference: string): Result<ExportRecord> {
  const [found, ...others] = findExports(records, reference);
  if (found === undefined) return exportNotFound(reference);
  if (others.length === 0) return ok(found);
  const ids = [found, ...others].map(({ id, preset }) => `${id} (${preset})`).join(', ');
  return fail('ambiguous', `Several exports write ${found.file}.`, `Name one by its id: ${ids}.`);
}

export const exportNotFound = (reference: string) =>
  fail('not-found', `No export has the id or file “${reference}”.`, 'List them: tokentray export list');
