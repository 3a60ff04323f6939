import { EventEmitter } from 'node:events';
import type { NotificationConstructorOptions } from 'electron';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ShowTarget } from '../../../../contract/show.ts';
import { CLOSED, type DesktopNotification } from '../../../../main/hosts/electron/notification-for.ts';
import { Notifications } from '../../../../main/hosts/electron/notifications.ts';

class FakeNotification extends EventEmitter {
  readonly options: NotificationConstructorOptions;
  state: 'made' | 'shown' | 'closed' = 'made';

  constructor(options: NotificationConstructorOptions) {
    super();
    this.options = options;
  }

  show = (): void => void (this.state = 'shown');
  close = (): void => {
    this.state = 'closed';
    this.emit('close');
  };
}

const failed: DesktopNotification = {
  kind: 'export-failed',
  title: 'Env file not written',
  body: '/x/.env',
  target: { view: 'exports' },
};

let made: FakeNotification[];
let opened: (ShowTarget | null)[];
let desk: { supported: boolean; inFront: boolean; enabled: boolean; platform: string };
let notifications: Notifications;

beforeEach(() => {
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
  });
});

describe('Notifications', () => {
  it('shows one of a kind; a newer one takes its place', () => {
    expect(notifications.tell(failed)).toBe(true);
    notifications.tell({ ...failed, body: '/y/.env' });
    notifications.tell(CLOSED);
    expect(made.map(({ state, options }) => [state, options.body])).toEqual([
      ['closed', '/x/.env'],
      ['shown', '/y/.env'],
      ['shown', CLOSED.body],
    ]);
  });

  it('opens the window at the thing', () => {
    notifications.tell(failed);
    made[0]?.emit('click');
    expect(opened).toEqual([{ view: 'exports' }]);
  });

  it('says where the app goes when the window closes, which is in front until it has closed', () => {
    desk.inFront = true;
    expect(notifications.tell(failed)).toBe(false);
    expect(notifications.tell(CLOSED)).toBe(true);
    expect(made.map(({ options }) => options.title)).toEqual([CLOSED.title]);
  });

  it.each(['supported', 'enabled'] as const)('is silent, and says so, when not %s', (what) => {
    desk[what] = false;
    expect(notifications.tell(failed)).toBe(false);
    expect(made).toEqual([]);
  });

  it('is silent while the person looks at the window', () => {
    desk.inFront = true;
    expect(notifications.tell(failed)).toBe(false);
    expect(made).toEqual([]);
  });

  it('answers a click in the tray whatever the person looks at, and wants to hear of otherwise', () => {
    desk.inFront = true;
    desk.enabled = false;
    expect(notifications.tell({ kind: 'failed', title: 'Nothing was copied', body: '', target: null })).toBe(
      true,
    );
    expect(made).toHaveLength(1);
  });

  it('shows what looks like markup letter for letter', () => {
    notifications.tell({ ...failed, title: 'a <b> & c', body: '<a href="https://x.example/">R&D</a>' });
    // The title is plain text, the body is not.
    expect(made[0]?.options).toEqual({
      title: 'a <b> & c',
      body: '&lt;a href="https://x.example/"&gt;R&amp;D&lt;/a&gt;',
    });
  });

  it('takes its own away at the end', () => {
    notifications.tell(failed);
    notifications.dispose();
    expect(made[0]?.state).toBe('closed');
  });
});
