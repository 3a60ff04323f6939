import { lstatSync, watch, type FSWatcher } from 'node:fs';
import path from 'node:path';
import { FOLDER_FILE } from '../../contract/folder-file.ts';
import type { Exports } from '../exports/ports.ts';
import { disposable, DisposableStack, type Disposable } from '../lib/disposable.ts';

/** Calls the listener when something happens to the entry of that name in a folder, or to the folder itself. */
export type WatchFolder = (folder: string, name: string, listener: () => void) => Disposable;

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

  function update(): void {
    const folders = exports
      .list()
      .flatMap(({ target }) => (target.follows === 'folder' ? [target.folder] : []));
    const wanted = new Set(folders.flatMap(withParents));
    for (const [folder, watching] of watched) {
      if (wanted.has(folder)) continue;
      void watching.dispose();
      watched.delete(folder);
    }
    for (const folder of wanted) {
      if (watched.has(folder)) continue;
      watched.set(
        folder,
        watchFolder(folder, FOLDER_FILE, () => {
          // It may be another folder now, which is watched anew when its exports have been looked at.
          void watched.get(folder)?.dispose();
          watched.delete(folder);
          update();
          onChange();
        }),
      );
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

const watchEntry: WatchFolder = (folder, name, listener) => {
  let watcher: FSWatcher | null = null;
  try {
    watcher = watch(folder, { persistent: false }, (_, entry) => {
      if (entry === null || entry === name || entry === path.basename(folder)) listener();
    });
    watcher.on('error', () => watcher?.close());
  } catch {
    // It is gone, or there are too many watches.
  }
  return disposable(() => watcher?.close());
};
