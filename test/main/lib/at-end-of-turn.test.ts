import { expect, test } from 'vitest';
import { atEndOfTurn } from '../../../main/lib/at-end-of-turn.ts';

test('what waits is done in order, once, after all that this turn does', async () => {
  const done: string[] = [];
  atEndOfTurn(() => {
    done.push('first');
    atEndOfTurn(() => {
      done.push('of the next turn');
    });
  });
  atEndOfTurn(() => {
    done.push('second');
  });
  await Promise.resolve();
  done.push('this turn');
  await new Promise(setImmediate);
  expect(done).toEqual(['this turn', 'first', 'second']);
  await new Promise(setImmediate);
  expect(done.slice(3)).toEqual(['of the next turn']);
});
