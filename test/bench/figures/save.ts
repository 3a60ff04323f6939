import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Store } from '../../../main/store/ports.ts';
import { againstFloor, type Bench } from '../figure.ts';
import { interleavedMedians } from '../statistics.ts';
import { fill, freshTokens, openReadyStore } from '../support/filled-store.ts';
import { withFolder } from '../support/temporary-folder.ts';

const ROUNDS = 400;

/** Until the write-ahead log has its full length: a file that grows takes longer to reach the disk. */
const WARM_UPS = 2500;

/** Saves the next token set of one connection after the other; ms until it is durable. */
function saver(store: Store): () => Promise<number> {
  const ids = store.connections.list().map(({ id }) => id);
  let turn = 0;
  return async () => {
    const id = ids[(turn += 7) % ids.length];
    const generation = id === undefined ? undefined : store.connections.get(id)?.generation;
    if (id === undefined || generation === undefined) throw new Error('no connection');
    const tokens = freshTokens();
    const started = performance.now();
    const saved = await store.connections.saveRefreshed(id, generation, tokens, Date.now());
    const elapsed = performance.now() - started;
    if (!saved.ok || !saved.value) throw new Error('not saved');
    return elapsed;
  };
}

/** The same bytes by one prepared statement in a database set up alike; ms until it is durable. */
function bareSaver(file: string, rows: number, record: string): { save: () => number; close: () => void } {
  const database = new DatabaseSync(file);
  database.exec(
    'PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; ' +
      'CREATE TABLE connections (id TEXT PRIMARY KEY, record TEXT, tokens BLOB) STRICT',
  );
  const tokens = Buffer.alloc(JSON.stringify(freshTokens()).length + 28, 1);
  const insert = database.prepare('INSERT INTO connections VALUES (?, ?, ?)');
  const ids = Array.from({ length: rows }, () => crypto.randomUUID());
  for (const id of ids) insert.run(id, record, tokens);
  const update = database.prepare('UPDATE connections SET record = ?, tokens = ? WHERE id = ?');
  let turn = 0;
  return {
    save: () => {
      const id = ids[(turn += 7) % ids.length] ?? '';
      // SQLite does not write what has not changed.
      tokens.writeUInt32LE(turn);
      const started = performance.now();
      update.run(record, tokens, id);
      return performance.now() - started;
    },
    close: () => {
      database.close();
    },
  };
}

export const save: Bench = {
  id: 'save',
  run: () =>
    withFolder(async (folder) => {
      const many = await openReadyStore(path.join(folder, 'many'));
      fill(many, 1000);
      const few = await openReadyStore(path.join(folder, 'few'));
      fill(few, 10);
      const bare = bareSaver(path.join(folder, 'bare.db'), 1000, JSON.stringify(many.connections.list()[0]));
      const saves = [bare.save, saver(many), saver(few)] as const;
      for (const warmUp of saves) for (let index = 0; index < WARM_UPS; index += 1) await warmUp();
      const [floor, ofMany, ofFew] = await interleavedMedians(ROUNDS, saves);
      bare.close();
      many.close();
      few.close();
      return [
        againstFloor({
          name: 'durable save of one token set among 1,000',
          unit: 'ms',
          floorOf: 'bare SQLite commit',
          floor,
          figure: ofMany,
          limit: 1.3,
        }),
        againstFloor({
          name: 'durable save among 1,000 instead of 10',
          unit: 'ms',
          floorOf: 'among 10',
          floor: ofFew,
          figure: ofMany,
          limit: 1.2,
        }),
      ];
    }),
};
