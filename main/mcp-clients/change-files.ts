import { fail, ok, type Result } from '../lib/result.ts';
import { backupOf, readBackup, readClientFile, updateClientFile, writeBackup } from './client-file.ts';
import type { Aim, McpClient } from './clients/client.ts';
import type { Named } from './entry-name.ts';
import type { Located } from './locate.ts';
import { inFile, ourEntries, planAdd, planRemove, type Change } from './plan.ts';

/** What adding an entry would do to the file. */
export async function plannedChange(
  client: McpClient,
  located: Located,
  named: Named,
  aim: Aim,
): Promise<Result<Change & { exists: boolean }>> {
  const read = await readClientFile(located);
  if (!read.ok) return read;
  const change = inFile(located.file, planAdd(client, read.value, named, aim));
  return change.ok ? ok({ ...change.value, exists: read.value !== null }) : change;
}

/**
 * Adds an entry, if that does what `digest` names. Gives the backup's path; null where there was no file, or one that
 * already held an entry of ours.
 */
export async function addEntry(
  client: McpClient,
  located: Located,
  { named, aim, digest }: { named: Named; aim: Aim; digest: string },
): Promise<Result<{ change: Change; backup: string | null }>> {
  const { file } = located;
  const plan = (bytes: Buffer | null): Result<Change> => {
    const change = inFile(file, planAdd(client, bytes, named, aim));
    return !change.ok || change.value.digest === digest ? change : changedMeanwhile(file);
  };
  const before = await readClientFile(located);
  if (!before.ok) return before;
  const change = plan(before.value);
  if (!change.ok) return change;
  if (!change.value.changes) return ok({ change: change.value, backup: null });
  const backup = await keepBefore(client, file, before.value);
  if (!backup.ok) return backup;
  const updated = await updateClientFile(located, (current) => {
    const now = plan(current);
    return now.ok ? ok({ kind: 'write', bytes: now.value.after }) : now;
  });
  if (updated.ok) return ok({ change: change.value, backup: backup.value });
  if (backup.value !== null) await writeBackup(backup.value, null);
  return updated;
}

const changedMeanwhile = (file: string) =>
  fail(
    'conflict',
    `${file} was changed since the difference was shown; nothing was written.`,
    'Look at the difference again.',
  );

/** Writes the backup of a file that has no entry of ours yet. */
async function keepBefore(
  client: McpClient,
  file: string,
  bytes: Buffer | null,
): Promise<Result<string | null>> {
  if (bytes === null) return ok(null);
  const ours = ourEntries(client, bytes);
  if (!ours.ok || ours.value.size > 0) return ok(null);
  const backup = await backupOf(file);
  if (!backup.ok) return backup;
  const written = await writeBackup(backup.value, bytes);
  return written.ok ? ok(backup.value) : written;
}

/**
 * Removes entries of ours: the named one, or all. A file that was not there before is deleted. `aims`: where the removed
 * ones led.
 */
export async function removeEntries(
  client: McpClient,
  located: Located,
  name: string | undefined,
): Promise<Result<{ removed: string[]; deleted: boolean; aims: Aim[] }>> {
  const { file } = located;
  const before = await readClientFile(located);
  if (!before.ok) return before;
  const first = selected(client, file, before.value, name);
  if (!first.ok) return first;
  const backup = await backupOf(file);
  const kept = backup.ok ? await readBackup(backup.value) : backup;
  if (!kept.ok) return kept;
  const done: { removed: ReadonlyMap<string, Aim>; after: Buffer | null } = {
    removed: new Map(),
    after: null,
  };
  const updated = await updateClientFile(located, (current) => {
    const ours = selected(client, file, current, name);
    if (!ours.ok) return ours;
    done.removed = ours.value;
    const names = [...ours.value.keys()];
    const rest = inFile(file, planRemove(client, current ?? Buffer.alloc(0), names, kept.value));
    if (!rest.ok) return rest;
    const { after } = rest.value;
    done.after = after;
    return ok(after === null ? { kind: 'delete' } : { kind: 'write', bytes: after });
  });
  if (!updated.ok) return updated;
  // As it was before: then the backup says nothing that the file does not.
  if (backup.ok && done.after !== null && kept.value?.equals(done.after) === true)
    await writeBackup(backup.value, null);
  const { removed, after } = done;
  return ok({ removed: [...removed.keys()], deleted: after === null, aims: [...removed.values()] });
}

/** Our entries to remove. */
function selected(
  client: McpClient,
  file: string,
  bytes: Buffer | null,
  name: string | undefined,
): Result<ReadonlyMap<string, Aim>> {
  const ours = inFile(file, ourEntries(client, bytes));
  if (!ours.ok) return ours;
  const entries = new Map([...ours.value].filter(([one]) => name === undefined || one === name));
  return entries.size > 0
    ? ok(entries)
    : fail(
        'not-found',
        `${file} has no entry${name === undefined ? '' : ` “${name}”`} of Tokentray’s.`,
        'See what there is: tokentray mcp list',
      );
}
