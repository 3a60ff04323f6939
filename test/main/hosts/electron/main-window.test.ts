import { beforeEach, describe, expect, it } from 'vitest';
import type { ShowTarget } from '../../../../contract/show.ts';
import type { DesktopState } from '../../../../main/hosts/electron/desktop-state.ts';
import { MainWindow } from '../../../../main/hosts/electron/main-window.ts';
import { silentLogger } from '../../../../main/lib/log.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { FakeWindow } from './fake-window.ts';

let made: FakeWindow[];
let registered: Set<FakeWindow>;
let shown: ShowTarget[];
let state: DesktopState;
let hidden: number;
let visible: boolean[];
let mayHide: boolean;
let wayland: boolean;
let clock: FakeClock;
let main: MainWindow;

const settings: ShowTarget = { view: 'settings' };

beforeEach(() => {
  made = [];
  registered = new Set();
  shown = [];
  state = { bounds: null, closingTold: false, expiryTold: {}, chosenIn: null };
  hidden = 0;
  visible = [];
  mayHide = true;
  wayland = false;
  clock = new FakeClock();
  make();
});

function make(): void {
  main = new MainWindow({
    createWindow: (options) => {
      const window = new FakeWindow(options);
      made.push(window);
      return window.asWindow();
    },
    webPreferences: { sandbox: true },
    workAreas: () => [{ x: 0, y: 0, width: 1920, height: 1040 }],
    register: (window) => {
      registered.add(window as unknown as FakeWindow);
      return {
        show: (target) => shown.push(target),
        dispose: () => void registered.delete(window as unknown as FakeWindow),
      };
    },
    remembered: { get: () => state, set: (patch) => void (state = { ...state, ...patch }) },
    icon: undefined,
    clock,
    logger: silentLogger,
    mayHide: () => mayHide,
    onShown: (is) => visible.push(is),
    onHidden: () => hidden++,
    wayland,
  });
}

describe('opening', () => {
  it('makes the window with our page, and shows it once it is painted', () => {
    main.open(null);
    expect(made[0]).toMatchObject({
      url: 'app://tokentray/',
      state: 'hidden',
      options: {
        width: 960,
        height: 640,
        minWidth: 640,
        minHeight: 480,
        show: false,
        webPreferences: { sandbox: true },
      },
    });
    made[0]?.loaded();
    expect(made[0]?.state).toBe('shown');
    expect(visible).toEqual([true]);
  });

  it.each<[string, (window: FakeWindow) => unknown]>([
    ['it is ready to show', (window) => window.emit('ready-to-show')],
    ['its page has loaded', (window) => window.webContents.emit('did-finish-load')],
    [
      'neither comes for two seconds',
      () => {
        clock.advance(2000);
      },
    ],
    [
      'somebody asks again',
      () => {
        main.open(settings);
      },
    ],
  ])('shows it, once, as soon as %s', (_, happens) => {
    main.open(null);
    clock.advance(1999);
    expect(made[0]?.state).toBe('hidden');
    happens(made[0]!);
    expect(made[0]?.state).toBe('shown');
    made[0]?.minimize();
    made[0]?.loaded();
    clock.advance(2000);
    expect(made[0]?.state).toBe('minimized');
    expect(visible).toEqual([true]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('shows nothing of a window that has gone meanwhile', () => {
    main.open(null);
    made[0]?.destroy();
    clock.advance(2000);
    expect(made[0]?.state).toBe('gone');
    expect(visible).toEqual([false]);
  });

  it('creates a new one while the destroyed one has not emitted `closed` yet', () => {
    main.open(null);
    made[0]?.loaded();
    made[0]?.vanish();
    expect(main.inFront).toBe(false);
    main.open(null);
    expect(made).toHaveLength(2);
    made[0]?.emit('closed');
    made[1]?.loaded();
    main.open(settings);
    expect(made).toHaveLength(2);
    expect(shown).toEqual([settings]);
    made[1]?.vanish();
    main.dispose();
  });

  it('comes back on Wayland, too, where a client cannot know that it is minimized', () => {
    wayland = true;
    mayHide = false;
    make();
    main.open(null);
    made[0]?.loaded();
    made[0]!.tellsMinimized = false;
    made[0]?.close();
    expect(made[0]?.state).toBe('minimized');
    main.open(null);
    expect(made[0]).toMatchObject({ state: 'shown', said: ['hide', 'focus'] });
    main.open(null);
    expect(made[0]?.said).toEqual(['hide', 'focus', 'focus']);
  });

  it('brings the one that is there to the front', () => {
    main.open(null);
    made[0]?.loaded();
    made[0]?.minimize();
    main.open(null);
    expect(made).toHaveLength(1);
    expect(made[0]).toMatchObject({ state: 'shown', said: ['focus'] });
  });

  it('shows the last requested target in it, once the page can', () => {
    main.open({ view: 'exports' });
    main.open(settings);
    expect(shown).toEqual([]);
    made[0]?.loaded();
    expect(shown).toEqual([settings]);
    main.open({ view: 'exports' });
    expect(shown).toHaveLength(2);
  });
});

describe('closing', () => {
  it('destroys it, remembers its place, and reports that the app keeps running', () => {
    main.open(null);
    made[0]?.loaded();
    made[0]?.close();
    expect(made[0]?.state).toBe('gone');
    expect(registered.size).toBe(0);
    expect(state.bounds).toEqual({ x: 10, y: 20, width: 960, height: 640 });
    expect(hidden).toBe(1);
    expect(visible).toEqual([true, false]);
    main.open(null);
    expect(made[1]?.options).toMatchObject({ x: 10, y: 20 });
  });

  it('keeps the known place where Wayland reports none', () => {
    wayland = true;
    make();
    state = { ...state, bounds: { x: 300, y: 200, width: 800, height: 600 } };
    main.open(null);
    made[0]!.bounds = { x: 0, y: 0, width: 900, height: 700 };
    made[0]?.close();
    expect(state.bounds).toEqual({ x: 300, y: 200, width: 900, height: 700 });
  });

  it('only minimizes where the window is the only way in', () => {
    mayHide = false;
    main.open(null);
    made[0]?.loaded();
    made[0]?.close();
    expect(made[0]?.state).toBe('minimized');
    expect(hidden).toBe(1);
  });

  it('closes when the app ends, and says nothing', () => {
    mayHide = false;
    main.open(null);
    main.setEnding(true);
    made[0]?.close();
    expect(made[0]?.state).toBe('gone');
    expect(hidden).toBe(0);
    main.open(null);
    expect(made).toHaveLength(1);
  });
});

describe('a page that crashes', () => {
  const crash = (): void =>
    void made.at(-1)?.webContents.emit('render-process-gone', {}, { reason: 'crashed' });

  it('comes back in a new window', () => {
    main.open(null);
    made[0]?.loaded();
    crash();
    expect(made.map(({ state: is }) => is)).toEqual(['gone', 'hidden']);
    expect(registered).toEqual(new Set([made[1]]));
  });

  it('is left alone after three times in a minute, until it is asked for', () => {
    main.open(null);
    for (let time = 0; time < 5; time++) crash();
    expect(made).toHaveLength(4);
    expect(made.every((window) => window.state === 'gone')).toBe(true);
    main.open(null);
    expect(made).toHaveLength(5);
  });

  it('may happen once an hour for ever', () => {
    main.open(null);
    for (let time = 0; time < 10; time++) {
      crash();
      clock.advance(3_600_000);
    }
    expect(made).toHaveLength(11);
  });

  it('in order is no crash', () => {
    main.open(null);
    made[0]?.webContents.emit('render-process-gone', {}, { reason: 'clean-exit' });
    expect(made).toHaveLength(1);
  });
});

it('is in front when it is seen and has the focus', () => {
  expect(main.inFront).toBe(false);
  main.open(null);
  expect(main.inFront).toBe(false);
  made[0]?.loaded();
  expect(main.inFront).toBe(true);
});
