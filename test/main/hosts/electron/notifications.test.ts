import { EventEmitter } from 'node:events';
import type { NotificationConstructorOptions } from 'electron';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ShowTarget } from '../../../../contract/show.ts';
import { CLOSED, type DesktopNotification } from '../../../../main/hosts/electron/notification-for.ts';
import { Notifications } from '../../../../main/hosts/electron/notifications.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';

class FakeNotification extends EventEmitter {
  readonly options: NotificationConstructorOptions;
  state: 'made' | 'shown' | 'closed' = 'made';

  constructor(options: NotificationConstructorOptions) {
    super();
    this.options = options;
  }

  show = (): void => {
    this.state = 'shown';
    if (answers === 'at once') this.emit('show');
  };
  /** Electron lets go of it before it could say `close`. */
  close = (): void => void (this.state = 'closed');
}

const failed: DesktopNotification = {
  kind: 'export-failed',
  title: 'Env file not written',
  body: '/x/.env',
  target: { view: 'exports' },
};

/** Linux answers within the call, the others later, and some never. */
let answers: 'at once' | 'later';
let clock: FakeClock;
let made: FakeNotification[];
let opened: (ShowTarget | null)[];
let desk: { supported: boolean; inFront: boolean; enabled: boolean; platform: string };
let notifications: Notifications;

beforeEach(() => {
  answers = 'at once';
  clock = new FakeClock();
  made = [];
  opened = [];
  desk = { supported: true, inFront: false, enabled: true, platform: 'linux' };
  notifications = new Notifications({
    isSupported: () => desk.supported,
    create: (options) => {
      const notification = new FakeNotification(options);
      made.push(notification);
      return notification as never;
    },
    windowInFront: () => desk.inFront,
    enabled: () => desk.enabled,
    open: (target) => opened.push(target),
    platform: desk.platform,
    clock,
  });
});

describe('Notifications', () => {
  it('shows one of a kind; a newer one takes its place', async () => {
    expect(await notifications.notify(failed)).toBe(true);
    void notifications.notify({ ...failed, body: '/y/.env' });
    void notifications.notify(CLOSED);
    expect(made.map(({ state, options }) => [state, options.body])).toEqual([
      ['closed', '/x/.env'],
      ['shown', '/y/.env'],
      ['shown', CLOSED.body],
    ]);
  });

  it('takes away what is no longer true', () => {
    void notifications.notify(failed);
    void notifications.notify(CLOSED);
    notifications.withdraw('export-failed');
    expect(made.map(({ state }) => state)).toEqual(['closed', 'shown']);
  });

  it('opens the window at the thing', () => {
    void notifications.notify(failed);
    made[0]?.emit('click');
    expect(opened).toEqual([{ view: 'exports' }]);
  });

  it('says where the app goes when the window closes, which is in front until it has closed', async () => {
    desk.inFront = true;
    expect(await notifications.notify(failed)).toBe(false);
    expect(await notifications.notify(CLOSED)).toBe(true);
    expect(made.map(({ options }) => options.title)).toEqual([CLOSED.title]);
  });

  it.each(['supported', 'enabled'] as const)('is silent, and says so, when not %s', async (what) => {
    desk[what] = false;
    expect(await notifications.notify(failed)).toBe(false);
    expect(made).toEqual([]);
  });

  it('is silent while the person looks at the window', async () => {
    desk.inFront = true;
    expect(await notifications.notify(failed)).toBe(false);
    expect(made).toEqual([]);
  });

  it('answers a click in the tray whatever the person looks at, and wants to hear of otherwise', async () => {
    desk.inFront = true;
    desk.enabled = false;
    expect(
      await notifications.notify({ kind: 'failed', title: 'Nothing was copied', body: '', target: null }),
    ).toBe(true);
    expect(made).toHaveLength(1);
  });

  it('shows what looks like markup letter for letter', () => {
    void notifications.notify({
      ...failed,
      title: 'a <b> & c',
      body: '<a href="https://x.example/">R&D</a>',
    });
    // The title is plain text, the body is not.
    expect(made[0]?.options).toEqual({
      title: 'a <b> & c',
      body: '&lt;a href="https://x.example/"&gt;R&amp;D&lt;/a&gt;',
    });
  });

  it('succeeds once the system has shown it, and not before', async () => {
    answers = 'later';
    const told = notifications.notify(failed);
    let settled = false;
    void told.then(() => (settled = true));
    await clock.advanceAsync(1000);
    expect(settled).toBe(false);
    made[0]?.emit('show');
    expect(await told).toBe(true);
    expect(clock.pendingTimers).toBe(0);
  });

  it.each([
    ['the system refuses it after all', () => made[0]?.emit('failed', {}, 'not signed')],
    [
      'the system never answers',
      () => {
        clock.advance(5000);
      },
    ],
    ['a newer one takes its place before', () => void notifications.notify(failed)],
    [
      'the app ends before',
      () => {
        notifications.dispose();
      },
    ],
  ])('has not told when %s', async (_, happens) => {
    answers = 'later';
    const told = notifications.notify(failed);
    happens();
    expect(await told).toBe(false);
  });

  it('takes its own away at the end', () => {
    void notifications.notify(failed);
    notifications.dispose();
    expect(made[0]?.state).toBe('closed');
  });
});

it('lets a passing one go by itself, without a sound', () => {
  const copied = { kind: 'copied', title: 'Copied', body: '', target: null, passing: true } as const;
  void notifications.notify(copied);
  expect(made[0]).toMatchObject({ state: 'shown', options: { silent: true } });
  clock.advance(4999);
  // The next one of its kind has its own five seconds.
  void notifications.notify(copied);
  clock.advance(4999);
  expect(made.map(({ state }) => state)).toEqual(['closed', 'shown']);
  clock.advance(1);
  expect(made[1]?.state).toBe('closed');
  void notifications.notify(failed);
  clock.advance(60_000);
  expect(made[2]?.state).toBe('shown');
});
