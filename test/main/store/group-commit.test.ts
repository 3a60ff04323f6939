import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fail, ok, type Result } from '../../../main/lib/result.ts';
import { Database } from '../../../main/store/database.ts';
import { GroupCommit } from '../../../main/store/group-commit.ts';

let folder: string;
let database: Database;
let commits: GroupCommit;
/** What memory took over, in order. */
let remembered: string[];

/** SQLite's own fault for a full disk, and whatever else a statement may throw. */
class DiskFull extends Error {
  readonly errcode = 13;
}

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tokentray-commit-'));
  database = new Database(path.join(folder, 'x.db'));
  database.exec('PRAGMA journal_mode = WAL; CREATE TABLE lines (text TEXT PRIMARY KEY) STRICT');
  commits = new GroupCommit(database);
  remembered = [];
});

afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

const insert = (text: string): Result<string> => {
  database.statement('INSERT INTO lines VALUES (?)').run(text);
  return ok(text);
};
const write = (text: string, apply = () => insert(text)): Promise<Result<string>> =>
  commits.write(apply, (value) => remembered.push(value));
const stored = (): unknown[] =>
  database
    .statement('SELECT text FROM lines ORDER BY rowid')
    .all()
    .map(({ text }) => text);

/** How often `BEGIN` and `COMMIT` ran; `fault` is what the next `COMMIT` throws. */
function watchCommits(): { count: number; fault: Error | null } {
  const seen = { count: 0, fault: null as Error | null };
  const commit = database.statement('COMMIT');
  const run = commit.run.bind(commit);
  commit.run = () => {
    seen.count += 1;
    if (seen.fault) throw seen.fault;
    return run();
  };
  return seen;
}

describe('writes of one turn of the loop', () => {
  it('share one commit, in the order they came, and memory follows before anyone is answered', async () => {
    const seen = watchCommits();
    const answers = ['a', 'b', 'c'].map(async (text) => {
      const answer = await write(text);
      expect(remembered).toEqual(['a', 'b', 'c']);
      return answer;
    });
    expect(stored()).toEqual([]);
    expect(await Promise.all(answers)).toEqual([ok('a'), ok('b'), ok('c')]);
    expect(stored()).toEqual(['a', 'b', 'c']);
    expect(seen.count).toBe(1);
    expect(await write('d')).toEqual(ok('d'));
    expect(stored()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('all fail when the commit fails, and leave nothing behind', async () => {
    const seen = watchCommits();
    seen.fault = new DiskFull();
    const answers = await Promise.all([write('a'), write('b')]);
    for (const answer of answers) expect(answer).toMatchObject({ error: { code: 'io' } });
    expect(seen.count).toBe(1);
    expect(stored()).toEqual([]);
    expect(remembered).toEqual([]);
    seen.fault = null;
    expect(await Promise.all([write('a'), write('b')])).toEqual([ok('a'), ok('b')]);
    expect(stored()).toEqual(['a', 'b']);
  });

  it('are not lost by one whose statement fails', async () => {
    const full = (): never => {
      throw new DiskFull();
    };
    const answers = await Promise.all([write('a'), write('b', full), write('c')]);
    expect(answers).toMatchObject([ok('a'), { error: { code: 'io' } }, ok('c')]);
    expect(stored()).toEqual(['a', 'c']);
    expect(remembered).toEqual(['a', 'c']);
  });

  it('are not lost by a bug in one, which reaches its own caller', async () => {
    const answers = await Promise.allSettled([write('a'), write('again', () => insert('a')), write('c')]);
    expect(answers).toMatchObject([
      { value: ok('a') },
      { status: 'rejected', reason: { message: expect.stringContaining('UNIQUE') as string } },
      { value: ok('c') },
    ]);
    expect(stored()).toEqual(['a', 'c']);
  });

  it('go on beside one that has nothing to write', async () => {
    const answers = await Promise.all([
      write('a'),
      write('b', () => fail('not-found', 'It is gone.')),
      write('c'),
    ]);
    expect(answers).toMatchObject([ok('a'), { error: { code: 'not-found' } }, ok('c')]);
    expect(stored()).toEqual(['a', 'c']);
    expect(remembered).toEqual(['a', 'c']);
  });

  it('fail when the database was closed meanwhile', async () => {
    const answers = Promise.all([write('a'), write('b')]);
    database.close();
    expect(await answers).toMatchObject([{ error: { code: 'cancelled' } }, { error: { code: 'cancelled' } }]);
  });
});
