import { expect, it } from 'vitest';
import { trayPresence } from '../../../../main/hosts/electron/tray-presence.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';

/** Answers of the desktop, one a second; the last one stays. */
const desktop = (...answers: boolean[]) => {
  let asked = 0;
  return {
    ask: () => Promise.resolve(answers[Math.min(asked++, answers.length - 1)] ?? false),
    asked: () => asked,
  };
};

it.each([
  ['there from the start', [true], false, true],
  ['there from the start, at login', [true], true, true],
  ['missing', [false, true], false, false],
])('%s: known at once', async (_, answers, atLogin, shown) => {
  const presence = await trayPresence({ ask: desktop(...answers).ask, atLogin, clock: new FakeClock() });
  expect(presence.shown).toBe(shown);
  expect(await presence.settled).toBe(shown);
});

it('comes up a while after login', async () => {
  const clock = new FakeClock();
  const presence = await trayPresence({ ask: desktop(false, false, false, true).ask, atLogin: true, clock });
  expect(presence.shown).toBe(false);
  await clock.advanceAsync(3000);
  expect(await presence.settled).toBe(true);
  expect(presence.shown).toBe(true);
  expect(clock.pendingTimers).toBe(0);
});

it('is given up a quarter of a minute after login', async () => {
  const clock = new FakeClock();
  const { ask, asked } = desktop(false);
  const presence = await trayPresence({ ask, atLogin: true, clock });
  await clock.advanceAsync(60_000);
  expect(await presence.settled).toBe(false);
  expect(asked()).toBeLessThan(20);
});

it('asks no more once the app ends', async () => {
  const clock = new FakeClock();
  const presence = await trayPresence({ ask: desktop(false).ask, atLogin: true, clock });
  await presence.dispose();
  expect(clock.pendingTimers).toBe(0);
});
