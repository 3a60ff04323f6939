import { lstatSync, watch, type FSWatcher } from 'node:fs';
import path from 'node:path';
import { FOLDER_FILE } from '../../contract/folder-file.ts';
import type { Exports } from '../exports/ports.ts';
import { disposable, DisposableStack, type Disposable } from '../lib/disposable.ts';

/**
 * Calls the listener when something happens to the entry of that name in a folder, or to the folder itself. Null: it cannot be
 * watched now. `onLost`: it could be, but no longer.
 */
export type WatchFolder = (
  folder: string,
  name: string,
  listener: () => void,
  onLost: () => void,
) => Disposable | null;

/**
 * Watches what the folders of exports are bound to, as long as there are exports that follow one: the file may be written
 * by an editor, by git, or in a folder above. Where a folder cannot be watched, its exports follow at their next write.
 */
export function watchFolders({
  exports,
  onChange,
  watchFolder = watchEntry,
}: {
  exports: Pick<Exports, 'list' | 'onChange' | 'onRemoved'>;
  onChange: () => void;
  watchFolder?: WatchFolder;
}): Disposable {
  const watched = new Map<string, Disposable>();

  function forget(folder: string): void {
    void watched.get(folder)?.dispose();
    watched.delete(folder);
  }

  function update(): void {
    const folders = exports
      .list()
      .flatMap(({ target }) => (target.follows === 'folder' ? [target.folder] : []));
    const wanted = new Set(folders.flatMap(withParents));
    for (const folder of [...watched.keys()]) if (!wanted.has(folder)) forget(folder);
    for (const folder of wanted) {
      if (watched.has(folder)) continue;
      const changed = (): void => {
        // It may be another folder now, which is watched anew when its exports have been looked at.
        forget(folder);
        update();
        onChange();
      };
      const lost = (): void => {
        forget(folder);
      };
      const watching = watchFolder(folder, FOLDER_FILE, changed, lost);
      // One that cannot be watched now is tried again.
      if (watching !== null) watched.set(folder, watching);
    }
  }

  const subscriptions = new DisposableStack();
  subscriptions.add(exports.onChange(update));
  subscriptions.add(exports.onRemoved(update));
  subscriptions.add(
    disposable(() => {
      for (const watching of watched.values()) void watching.dispose();
      watched.clear();
    }),
  );
  update();
  return subscriptions;
}

/** A folder and those above it, up to the first of another owner or file system: there the search for a file ends. */
function withParents(folder: string): string[] {
  const all = [folder];
  try {
    const { uid, dev } = lstatSync(folder);
    for (let each = path.dirname(folder); !all.includes(each); each = path.dirname(each)) {
      const stat = lstatSync(each);
      if (stat.uid !== uid || stat.dev !== dev) break;
      all.push(each);
    }
  } catch {
    // What is gone, or may not be looked at, is not watched either.
  }
  return all;
}

const watchEntry: WatchFolder = (folder, name, listener, onLost) => {
  let watcher: FSWatcher;
  try {
    watcher = watch(folder, { persistent: false }, (_, entry) => {
      if (entry === null || entry === name || entry === path.basename(folder)) listener();
    });
  } catch {
    // It is gone, or there are too many watches.
    return null;
  }
  watcher.on('error', onLost);
  return disposable(() => {
    watcher.close();
  });
};
