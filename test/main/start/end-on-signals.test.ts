import { constants } from 'node:os';
import { afterEach, expect, it } from 'vitest';
import { END_SIGNALS } from '../../../main/start/end-signal.ts';
import { Ending, endOnSignals } from '../../../main/start/end-on-signals.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

const before = new Map(END_SIGNALS.map((signal) => [signal, process.listeners(signal)]));
afterEach(() => {
  for (const [signal, kept] of before)
    for (const listener of process.listeners(signal))
      if (!kept.includes(listener)) process.off(signal, listener);
});

it('ends gracefully first and immediately on a second signal, also when something else began the end', () => {
  const clock = new FakeClock();
  const ending = new Ending(clock);
  const events: (string | number)[] = [];
  endOnSignals({
    ending,
    shutDown: () => {
      ending.begin();
      events.push('graceful');
    },
    exitNow: (code) => events.push(code),
    print: () => undefined,
  });
  process.emit('SIGTERM');
  process.emit('SIGINT');
  expect(events).toEqual(['graceful']);
  clock.advance(1000);
  process.emit('SIGINT');
  expect(events).toEqual(['graceful', 128 + constants.signals.SIGINT]);
  expect(ending.begin()).toBe(false);
});

it('listens again once Electron is ready', async () => {
  const ending = new Ending(new FakeClock());
  let asked = 0;
  const ready = Promise.withResolvers<undefined>();
  endOnSignals({
    ending,
    shutDown: () => (asked += 1),
    exitNow: () => undefined,
    print: () => undefined,
    ready: ready.promise,
  });
  const added: string[] = [];
  process.on('newListener', (name) => added.push(String(name)));
  ready.resolve(undefined);
  await ready.promise;
  process.removeAllListeners('newListener');
  expect(added).toEqual([...END_SIGNALS]);
  process.emit('SIGTERM');
  expect(asked).toBe(1);
});
