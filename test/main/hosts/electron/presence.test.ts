import { EventEmitter } from 'node:events';
import type { PowerMonitor } from 'electron';
import { expect, it } from 'vitest';
import { electronPresence } from '../../../../main/hosts/electron/presence.ts';
import { touchId } from '../../../../main/hosts/electron/touch-id.ts';
import { ok } from '../../../../main/lib/result.ts';
import { FakePresence } from '../../../fakes/fake-presence.ts';

function monitor(state: 'active' | 'locked' | 'unknown', idle = 7) {
  const events = new EventEmitter();
  const fields = { getSystemIdleState: () => state, getSystemIdleTime: () => idle };
  return { events, powerMonitor: Object.assign(events, fields) as unknown as PowerMonitor };
}

it('follows the screen by Electron’s events, and begins with how it is', async () => {
  const { events, powerMonitor } = monitor('locked');
  const presence = electronPresence({ powerMonitor, bus: null, wayland: false });
  const seen: boolean[] = [];
  const watching = presence.watchScreen((locked) => seen.push(locked));
  events.emit('unlock-screen');
  events.emit('lock-screen');
  await watching.dispose();
  events.emit('unlock-screen');
  expect(seen).toEqual([true, false, true]);
  expect(events.eventNames()).toEqual([]);
  expect(await presence.idleSeconds()).toBe(7);
});

it('asks the session bus on Linux, where Electron does not know', async () => {
  const { powerMonitor } = monitor('unknown');
  const bus = new FakePresence();
  const presence = electronPresence({ powerMonitor, bus, wayland: false });
  const seen: boolean[] = [];
  presence.watchScreen((locked) => seen.push(locked));
  bus.screen(true);
  expect(seen).toEqual([true]);
  expect(await presence.idleSeconds()).toBe(7);
  // What Electron says under Wayland means nothing.
  expect(await electronPresence({ powerMonitor, bus, wayland: true }).idleSeconds()).toBeNull();
  bus.idle = 60;
  expect(await presence.idleSeconds()).toBe(60);
});

it('asks for a finger on a Mac that has Touch ID, and nowhere else', async () => {
  const prompts: string[] = [];
  const preferences = (can: boolean, passes: boolean) => ({
    canPromptTouchID: () => can,
    promptTouchID: (reason: string) => {
      prompts.push(reason);
      return passes ? Promise.resolve() : Promise.reject(new Error('cancelled'));
    },
  });
  expect(touchId(preferences(true, true), 'linux')).toBeNull();
  expect(touchId(preferences(false, true), 'darwin')).toBeNull();
  expect(await touchId(preferences(true, true), 'darwin')?.confirm('unlock Tokentray')).toEqual(
    ok(undefined),
  );
  expect(await touchId(preferences(true, false), 'darwin')?.confirm('unlock Tokentray')).toMatchObject({
    error: { code: 'denied' },
  });
  expect(prompts).toEqual(['unlock Tokentray', 'unlock Tokentray']);
});
