import { lstatSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { FolderBinding, FolderEntry } from '../../../contract/folder.ts';
import { FOLDER_FILE } from '../../../contract/folder-file.ts';
import type { ConnectionId } from '../../../contract/ids.ts';
import { updateFile } from '../../exports/atomic-write.ts';
import { isoTime, type Clock } from '../../lib/clock.ts';
import { Emitter } from '../../lib/emitter.ts';
import { fail, failure, ok, type Result } from '../../lib/result.ts';
import { thisPerson, type Person } from '../../lib/step-owners.ts';
import { systemCode } from '../../lib/system-code.ts';
import type { ActivityStore, ConnectionStore, FolderStore } from '../../store/ports.ts';
import type { ConnectionRecord } from '../../store/records.ts';
import { resolveReference } from '../resolve.ts';
import { entryOf, withEntry } from './change-entries.ts';
import { BORDERS, borderOf, findFolderFile, type FolderFile } from './find-folder-file.ts';
import { folderText, readFolderText } from './folder-text.ts';
import { matchEntry } from './match-entry.ts';
import type { Folders } from './ports.ts';

export interface FoldersOptions {
  connections: Pick<ConnectionStore, 'list' | 'get'>;
  /** Whether a connection opens an API. */
  opens: (connection: ConnectionRecord, api: string) => boolean;
  /** Remembers what was bound. */
  known: FolderStore;
  activity: Pick<ActivityStore, 'append'>;
  clock: Clock;
  /** Null: no owners here (Windows). */
  person?: Person | null;
}

export function createFolders({
  connections,
  opens,
  known,
  activity,
  clock,
  person = thisPerson(),
}: FoldersOptions): Folders {
  const changed = new Emitter<void>();

  const viewOf = ({ file, entries }: FolderFile): FolderBinding => {
    const all = connections.list();
    return {
      file,
      bound: entries.map((entry) => {
        const found = matchEntry(file, entry, all);
        return found.ok
          ? { entry, connection: { id: found.value.id, name: found.value.name }, problem: null }
          : { entry, connection: null, problem: found.error };
      }),
    };
  };

  const find: Folders['find'] = (folder) => {
    const found = findFolderFile(folder, person);
    if (!found.ok) return found;
    return ok(found.value === null ? null : viewOf(found.value));
  };

  function log(event: string, message: string, connection: ConnectionId | null): void {
    activity.append({ at: isoTime(clock.now()), level: 'info', event, message, connection, export: null });
  }

  /** Replaces the entries of a folder's own file; none: the file is deleted. */
  async function rewrite(
    file: string,
    change: (entries: FolderEntry[] | null) => Result<FolderEntry[]>,
  ): Promise<Result<boolean>> {
    const written = await updateFile(
      file,
      (bytes) => {
        const before = bytes === null ? ok(null) : readFolderText(file, bytes);
        if (!before.ok) return failure({ ...before.error, hint: 'Correct it, or remove it first.' });
        const after = change(before.value);
        if (!after.ok) return after;
        return ok(
          after.value.length === 0
            ? { kind: 'delete' }
            : { kind: 'write', bytes: Buffer.from(folderText(after.value)) },
        );
      },
      { allowShared: false, keepsMode: true },
    );
    if (!written.ok) return written;
    if (written.value.changed) changed.emit();
    return ok(written.value.changed);
  }

  return {
    onChange: changed.event,
    boundTo: (folder, api) => {
      const found = findFolderFile(folder, person);
      if (!found.ok) return found;
      if (found.value === null) return ok(null);
      const { file, entries } = found.value;
      const all = connections.list();
      const matches = entries.map((entry) => matchEntry(file, entry, all));
      const fitting = matches.find((match) => api !== undefined && match.ok && opens(match.value, api));
      return fitting ?? matches[0] ?? ok(null);
    },
    find,
    list: () => {
      const folders = known.list();
      if (!folders.ok) return folders;
      return ok(
        folders.value.flatMap((folder) => {
          const found = find(folder);
          const binding = found.ok ? found.value : null;
          return binding?.file === path.join(folder, FOLDER_FILE) ? [binding] : [];
        }),
      );
    },
    bind: async ({ folder, connection, shared = false, sameAccount = false }) => {
      const found = resolveReference(connections, connection);
      if (!found.ok) return found;
      const file = ownFileOf(folder, person);
      if (!file.ok) return file;
      const all = connections.list();
      const entry = entryOf(found.value, all, { shared, sameAccount });
      if (!entry.ok) return entry;
      const written = await rewrite(file.value, (before) =>
        ok(withEntry(file.value, before ?? [], { entry: entry.value, provider: found.value.provider }, all)),
      );
      if (!written.ok) return written;
      const remembered = known.add(path.dirname(file.value));
      if (!remembered.ok) return remembered;
      const { id, name } = found.value;
      if (written.value) log('folder.bound', `${path.dirname(file.value)} is bound to “${name}”.`, id);
      const binding = find(folder);
      if (!binding.ok) return binding;
      return binding.value === null
        ? fail('conflict', `${file.value} was removed at the same moment.`, 'Try again.')
        : ok(binding.value);
    },
    unbind: async ({ folder, connection }) => {
      const wanted = connection === undefined ? null : resolveReference(connections, connection);
      if (wanted?.ok === false) return wanted;
      const file = ownFileOf(folder, person);
      if (!file.ok) return file;
      const all = connections.list();
      const written = await rewrite(file.value, (before) => {
        const left = (before ?? []).filter((entry) => {
          const match = wanted === null ? null : matchEntry(file.value, entry, all);
          return match !== null && !(match.ok && match.value.id === wanted?.value.id);
        });
        if (before !== null && left.length < before.length) return ok(left);
        return notBoundHere(file.value, find(folder), wanted?.value.name);
      });
      if (!written.ok) return written;
      log('folder.unbound', `${path.dirname(file.value)} is no longer bound.`, wanted?.value.id ?? null);
      const binding = find(folder);
      if (binding.ok && binding.value?.file !== file.value) known.remove(path.dirname(file.value));
      return binding.ok ? ok({ file: file.value, binding: binding.value }) : binding;
    },
  };
}

/** The file of a folder that is the person's alone. */
function ownFileOf(folder: string, person: Person | null): Result<string> {
  if (!path.isAbsolute(folder) || folder.includes('\0'))
    return fail('invalid-input', 'The folder is not an absolute path.', 'Send the full path.');
  try {
    const real = realpathSync.native(folder);
    const file = path.join(real, FOLDER_FILE);
    const border = borderOf(real, person);
    if (border !== null)
      return fail(
        'refused',
        `${real} cannot be bound, because it ${BORDERS[border]}.`,
        'Bind a folder of your own, to which only you can write.',
      );
    // Written through, it would be the file of another folder.
    if (lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true)
      return fail(
        'refused',
        `${file} is a symbolic link.`,
        'Remove it, or bind the folder that it leads to.',
      );
    return ok(file);
  } catch (fault) {
    return fail(
      'io',
      `The folder ${folder} cannot be used (${systemCode(fault)}).`,
      'Choose another folder.',
    );
  }
}

function notBoundHere(
  file: string,
  inForce: Result<FolderBinding | null>,
  name: string | undefined,
): Result<never> {
  const above = inForce.ok ? inForce.value : null;
  const what = `${path.dirname(file)} itself is not bound${name === undefined ? '' : ` to “${name}”`}.`;
  return above === null || above.file === file
    ? fail('not-found', what)
    : fail('not-found', what, `The folder above is, by ${above.file}.`);
}
