import type { RelaunchOptions } from 'electron';
import { beforeEach, expect, it } from 'vitest';
import { quitInOrder } from '../../../../main/hosts/electron/quit-in-order.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';

let clock: FakeClock;
let said: string[];
let finish: (fault?: Error) => void;
let again: RelaunchOptions | null;
let quit: () => void;

beforeEach(() => {
  clock = new FakeClock();
  said = [];
  again = null;
  quitInOrder({
    app: {
      on: (_, listener) => {
        quit = () => {
          listener({ preventDefault: () => said.push('held') });
        };
      },
      relaunch: (options) => said.push(`relaunch ${options?.execPath ?? ''}`),
    },
    dispose: () => {
      said.push('dispose');
      return new Promise((resolve, reject) => {
        finish = (fault) => {
          if (fault) reject(fault);
          else resolve();
        };
      });
    },
    again: () => again,
    timedOut: () => said.push('timed out'),
    exit: (code) => said.push(`exit ${code}`),
    clock,
  });
});

it('exits once everything has ended, once, however often it is asked to', async () => {
  quit();
  quit();
  expect(said).toEqual(['held', 'dispose', 'held']);
  finish();
  await clock.advanceAsync(120_000);
  expect(said.slice(3)).toEqual(['exit 0']);
  expect(clock.pendingTimers).toBe(0);
});

it('says by its exit code that something did not end well', async () => {
  quit();
  finish(new Error('disk full'));
  await clock.advanceAsync(0);
  expect(said.at(-1)).toBe('exit 1');
});

it('does not wait forever', async () => {
  quit();
  await clock.advanceAsync(59_000);
  expect(said).toEqual(['held', 'dispose']);
  await clock.advanceAsync(1000);
  expect(said.slice(2)).toEqual(['timed out', 'exit 1']);
});

it('restarts for a start that arrived in the meantime', async () => {
  quit();
  again = { execPath: '/opt/app' };
  finish();
  await clock.advanceAsync(0);
  expect(said.slice(2)).toEqual(['relaunch /opt/app', 'exit 0']);
});
