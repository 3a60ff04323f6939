import { expect, it, onTestFinished } from 'vitest';
import { watchFolders } from '../../../main/core/watch-folders.ts';
import { Emitter } from '../../../main/lib/emitter.ts';
import { disposable } from '../../../main/lib/disposable.ts';
import type { Exports } from '../../../main/exports/ports.ts';

const FOLDER = '/nowhere/project';

function follow(canWatch: () => boolean) {
  const changed = new Emitter<never>();
  const watches: { change: () => void; lose: () => void; ended: boolean }[] = [];
  let changes = 0;
  const watching = watchFolders({
    exports: {
      list: () => [{ target: { follows: 'folder', folder: FOLDER } }] as ReturnType<Exports['list']>,
      onChange: changed.event,
      onRemoved: new Emitter<never>().event,
    },
    onChange: () => (changes += 1),
    watchFolder: (_folder, _name, change, lose) => {
      if (!canWatch()) return null;
      const watch = { change, lose, ended: false };
      watches.push(watch);
      return disposable(() => {
        watch.ended = true;
      });
    },
  });
  onTestFinished(() => watching.dispose());
  return {
    watches,
    /** One of the exports was written. */
    write: () => {
      changed.emit(undefined as never);
    },
    changes: () => changes,
  };
}

it('watches a folder anew after its watch was lost', () => {
  const { watches, write, changes } = follow(() => true);
  watches[0]!.lose();
  expect(watches[0]!.ended).toBe(true);
  write();
  expect(watches).toHaveLength(2);
  watches[1]!.change();
  expect(changes()).toBe(1);
  expect(watches.map(({ ended }) => ended)).toEqual([true, true, false]);
});

it('watches a folder as soon as it can be watched', () => {
  let isThere = false;
  const { watches, write } = follow(() => isThere);
  write();
  expect(watches).toEqual([]);
  isThere = true;
  write();
  write();
  expect(watches).toHaveLength(1);
});
