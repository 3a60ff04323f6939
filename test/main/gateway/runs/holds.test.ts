import { expect, it } from 'vitest';
import { createRunHolds } from '../../../../main/gateway/runs/holds.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { RunConsumers } from '../../../fakes/run-consumers.ts';

function parts() {
  const clock = new FakeClock(0);
  const consumers = new RunConsumers();
  const holds = createRunHolds({ consumers, clock });
  const { key, consumer } = consumers.begin([]);
  holds.began(consumer.id);
  return { clock, consumers, holds, key, run: consumer.id };
}

it('ends a run that nobody holds', () => {
  const { clock, consumers, key } = parts();
  clock.advance(59_000);
  expect(consumers.authenticate(key)).not.toBeNull();
  clock.advance(1000);
  expect(consumers.authenticate(key)).toBeNull();
});

it('ends one that is held when it is let go, and not before', async () => {
  const { clock, consumers, holds, key, run } = parts();
  const held = holds.hold(run);
  clock.advance(3_600_000);
  expect(consumers.authenticate(key)).not.toBeNull();
  await held?.dispose();
  expect(consumers.authenticate(key)).toBeNull();
  expect(holds.hold(run)).toBeNull();
});
