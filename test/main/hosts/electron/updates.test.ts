import { beforeEach, describe, expect, it } from 'vitest';
import type { UpdateState } from '../../../../contract/updates.ts';
import { UpdateState as UpdateStateSchema } from '../../../../contract/updates.ts';
import type { UpdateEngine } from '../../../../main/hosts/electron/update-engine.ts';
import { createUpdater } from '../../../../main/hosts/electron/updates.ts';
import type { Updater } from '../../../../main/core/host.ts';
import { silentLogger } from '../../../../main/lib/log.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';

/** An engine whose every answer the test gives. */
class ScriptedEngine implements UpdateEngine {
  onCheck: () => Promise<string | null> = () => Promise.resolve('0.2.0');
  onDownload: UpdateEngine['download'] = () => Promise.resolve();
  installs = 0;
  abandoned = 0;
  failInstall: (fault: Error) => void = () => undefined;
  check = (): Promise<string | null> => this.onCheck();
  download: UpdateEngine['download'] = (onProgress, signal) => this.onDownload(onProgress, signal);
  abandon = (): void => {
    this.abandoned++;
  };
  install = (onFailure: (fault: Error) => void): void => {
    this.installs++;
    this.failInstall = onFailure;
  };
}

let clock: FakeClock;
let engine: ScriptedEngine;
let made: number;
let ending: boolean[];
let updater: Updater;
let states: UpdateState['state'][];

const create = (asksForPassword = false): Updater =>
  createUpdater({
    support: { supported: true, kind: 'deb', feed: 'https://a.dev/', asksForPassword },
    engine: () => {
      made++;
      return Promise.resolve(engine);
    },
    setEnding: (isEnding) => ending.push(isEnding),
    clock,
    logger: silentLogger,
  });

beforeEach(() => {
  clock = new FakeClock();
  engine = new ScriptedEngine();
  made = 0;
  ending = [];
  states = [];
  updater = create();
  updater.onChange((state) => {
    UpdateStateSchema.parse(state);
    states.push(state.state);
  });
});

async function downloaded(): Promise<void> {
  await updater.check();
  updater.download();
  await clock.advanceAsync(0);
}

describe('a check', () => {
  it('does nothing until asked, and then loads the engine once', async () => {
    expect(updater.state).toEqual({ state: 'idle' });
    expect(made).toBe(0);
    await updater.check();
    await updater.check();
    expect(made).toBe(1);
  });

  it('finds a version and stops there', async () => {
    expect(await updater.check()).toEqual({
      ok: true,
      value: { state: 'available', version: '0.2.0', asksForPassword: false },
    });
    await clock.advanceAsync(3_600_000);
    expect(states).toEqual(['checking', 'available']);
  });

  it('says when this one is the newest', async () => {
    engine.onCheck = () => Promise.resolve(null);
    expect(await updater.check()).toEqual({
      ok: true,
      value: { state: 'none', checkedAt: '2026-11-22T09:30:00.000Z' },
    });
  });

  it('is made once for all who ask at a time', async () => {
    let checks = 0;
    engine.onCheck = () => {
      checks++;
      return Promise.resolve(null);
    };
    await Promise.all([updater.check(), updater.check(), updater.check()]);
    expect(checks).toBe(1);
  });

  it('gives up on a server that hangs, and starts afresh the next time', async () => {
    engine.onCheck = () => new Promise(() => undefined);
    const asked = updater.check();
    await clock.advanceAsync(31_000);
    expect(await asked).toMatchObject({ value: { state: 'failed', error: { code: 'timed-out' } } });
    // What still comes is cut off.
    expect(engine.abandoned).toBe(1);
    engine = new ScriptedEngine();
    expect(await updater.check()).toMatchObject({ value: { state: 'available' } });
    expect(made).toBe(2);
  });

  it('leaves no timer behind', async () => {
    await updater.check();
    await downloaded();
    expect(clock.pendingTimers).toBe(0);
  });

  it('keeps what is ready', async () => {
    await downloaded();
    expect(await updater.check()).toMatchObject({ value: { state: 'ready' } });
  });
});

describe('a download', () => {
  it('shows how far it is, each step once, and is ready at its end', async () => {
    engine.onDownload = (onProgress) => {
      for (const percent of [0, 10, 10, 55, 100]) onProgress(percent);
      return Promise.resolve();
    };
    await updater.check();
    expect(updater.download()).toEqual({
      ok: true,
      value: { state: 'downloading', version: '0.2.0', percent: 0 },
    });
    await clock.advanceAsync(0);
    expect(states).toEqual(['checking', 'available', ...Array<string>(4).fill('downloading'), 'ready']);
    expect(engine.installs).toBe(0);
  });

  it('goes on while anything comes, and ends when nothing does', async () => {
    let progress: (percent: number) => void = () => undefined;
    engine.onDownload = (onProgress, signal) =>
      new Promise((_resolve, reject) => {
        progress = onProgress;
        signal.addEventListener('abort', () => {
          reject(new Error('cancelled'));
        });
      });
    await downloaded();
    for (let minute = 0; minute < 5; minute++) {
      await clock.advanceAsync(50_000);
      progress(1);
    }
    expect(updater.state).toMatchObject({ state: 'downloading', percent: 1 });
    await clock.advanceAsync(61_000);
    expect(updater.state).toMatchObject({ state: 'failed', error: { code: 'timed-out' } });
  });

  it('needs a version that was found', async () => {
    expect(updater.download()).toMatchObject({ ok: false, error: { code: 'conflict' } });
    await downloaded();
    expect(updater.download()).toMatchObject({ ok: false, error: { code: 'conflict' } });
  });
});

describe('an installation', () => {
  it('needs a version that is ready, and the person’s word', async () => {
    expect(updater.install()).toMatchObject({ ok: false, error: { code: 'conflict' } });
    await updater.check();
    expect(updater.install()).toMatchObject({ ok: false, error: { code: 'conflict' } });
    await downloaded();
    expect(engine.installs).toBe(0);
    expect(updater.install()).toMatchObject({ ok: true, value: { state: 'ready' } });
    expect({ installs: engine.installs, ending }).toEqual({ installs: 1, ending: [true] });
  });

  it('lets the app go on when it fails', async () => {
    await downloaded();
    updater.install();
    engine.failInstall(new Error('the person said no'));
    expect(updater.state).toMatchObject({ state: 'failed', error: { code: 'failed' } });
    expect(ending).toEqual([true, false]);
  });

  it('says before that the system will ask for a password', async () => {
    updater = create(true);
    await downloaded();
    expect(updater.state).toMatchObject({ state: 'ready', asksForPassword: true });
  });
});

it('says why there are no updates, whatever is asked', async () => {
  updater = createUpdater({
    support: { supported: false, why: 'A checkout.' },
    engine: () => Promise.reject(new Error('must not be asked for')),
    setEnding: () => undefined,
    clock,
    logger: silentLogger,
  });
  expect(await updater.check()).toEqual({ ok: true, value: { state: 'unsupported', why: 'A checkout.' } });
  expect(updater.download()).toMatchObject({ ok: false });
  expect(updater.install()).toMatchObject({ ok: false });
});
