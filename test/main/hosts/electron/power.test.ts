import { EventEmitter } from 'node:events';
import type { PowerMonitor } from 'electron';
import { beforeEach, expect, it } from 'vitest';
import { watchPower } from '../../../../main/hosts/electron/power.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';

let system: EventEmitter;
let clock: FakeClock;
let online: boolean;
let heard: string[];
let power: ReturnType<typeof watchPower>;

beforeEach(() => {
  system = new EventEmitter();
  clock = new FakeClock();
  online = true;
  heard = [];
  power = watchPower({
    powerMonitor: system as unknown as PowerMonitor,
    net: { isOnline: () => online },
    clock,
  });
  power.onPower((event) => heard.push(event));
});

it('reports the end of sleep', () => {
  system.emit('suspend');
  system.emit('resume');
  expect(heard).toEqual(['resume']);
});

it('reports the return of the network once, half a minute later at most', () => {
  online = false;
  clock.advance(30_000);
  clock.advance(300_000);
  online = true;
  clock.advance(300_000);
  expect(heard).toEqual(['online']);
});

it('checks the network at once after sleep', () => {
  online = false;
  clock.advance(30_000);
  online = true;
  system.emit('resume');
  expect(heard).toEqual(['resume', 'online']);
});

it('is silent after the end', () => {
  void power.dispose();
  online = false;
  clock.advance(60_000);
  expect(heard).toEqual([]);
  expect(system.eventNames()).toEqual([]);
});
