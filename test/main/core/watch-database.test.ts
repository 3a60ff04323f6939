import { expect, it } from 'vitest';
import type { Failure } from '../../../contract/errors.ts';
import { Emitter } from '../../../main/lib/emitter.ts';
import { silentLogger } from '../../../main/lib/log.ts';
import { watchDatabase } from '../../../main/core/watch-database.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

it('logs once when the database goes and once when it is back, though nothing is written', async () => {
  const clock = new FakeClock();
  const changes = new Emitter<void>();
  const logged: string[] = [];
  const log = (event: string): void => void logged.push(event);
  let fault: Failure | null = null;
  const watch = watchDatabase({
    store: {
      get fault() {
        return fault;
      },
      onFault: changes.event,
    },
    clock,
    logger: { ...silentLogger, error: log, info: log },
  });
  clock.advance(90_000);
  expect(logged).toEqual([]);
  fault = { code: 'io', message: 'gone' };
  clock.advance(30_000);
  changes.emit();
  clock.advance(60_000);
  expect(logged).toEqual(['database.lost']);
  fault = null;
  changes.emit();
  expect(logged).toEqual(['database.lost', 'database.back']);
  await watch.dispose();
  expect(clock.pendingTimers).toBe(0);
});
