import type { Notification, NotificationConstructorOptions } from 'electron';
import type { ShowTarget } from '../../../contract/show.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Disposable } from '../../lib/disposable.ts';
import type { DesktopNotification } from './notification-for.ts';

export interface NotificationParts {
  isSupported: () => boolean;
  create: (options: NotificationConstructorOptions) => Pick<Notification, 'show' | 'close' | 'on'>;
  /** The window is in front: everything that a notification says is visible there. */
  windowInFront: () => boolean;
  enabled: () => boolean;
  open: (target: ShowTarget | null) => void;
  platform: string;
  clock: Clock;
}

/** Some systems report neither success nor failure. */
const SHOW_LIMIT_MS = 5000;
/** How long those are shown that go by themselves. */
const PASSING_MS = 5000;

/** Notifications about closing the window, at which time it is still in front. */
const ABOUT_CLOSING: ReadonlySet<DesktopNotification['kind']> = new Set(['window-closed', 'no-tray']);

/** Linux desktops interpret the body, but not the title, as markup: Desktop Notifications Specification 1.2, "Markup". */
const escapeMarkup = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

interface Shown {
  notification: ReturnType<NotificationParts['create']>;
  gone: () => void;
  /** Closes one that goes by itself. */
  end?: Disposable;
}

/** Shows one notification of each kind at a time. */
export class Notifications implements Disposable {
  readonly #parts: NotificationParts;
  /** References are kept, because a garbage-collected notification reports no click. */
  readonly #shown = new Map<DesktopNotification['kind'], Shown>();

  constructor(parts: NotificationParts) {
    this.#parts = parts;
  }

  /**
   * Shows it; true once the system has done so. `isSupported` alone says little: on macOS notifications of an unsigned
   * app fail, and on Windows those of an app without a shortcut.
   */
  notify({ kind, title, body, target, passing }: DesktopNotification): Promise<boolean> {
    const { isSupported, create, windowInFront, enabled, open, platform, clock } = this.#parts;
    const seen = windowInFront() && !ABOUT_CLOSING.has(kind);
    // A click always gets an answer.
    const wanted = kind === 'failed' || (enabled() && !seen);
    if (!wanted || !isSupported()) return Promise.resolve(false);
    this.#close(kind);
    const notification = create({
      title,
      body: platform === 'linux' ? escapeMarkup(body) : body,
      ...(passing && { silent: true }),
    });
    return new Promise((resolve) => {
      const finish = (wasShown: boolean): void => {
        void limit.dispose();
        resolve(wasShown);
      };
      const limit = clock.setTimeout(() => {
        finish(false);
      }, SHOW_LIMIT_MS);
      const gone = (): void => {
        const shown = this.#shown.get(kind);
        if (shown?.notification === notification) {
          void shown.end?.dispose();
          this.#shown.delete(kind);
        }
        finish(false);
      };
      this.#shown.set(kind, { notification, gone });
      notification.on('click', () => {
        open(target);
      });
      notification.on('show', () => {
        finish(true);
        if (passing) this.#closeLater(kind, notification);
      });
      notification.on('close', gone);
      notification.on('failed', gone);
      notification.show();
    });
  }

  /** Takes away what is no longer true. */
  withdraw(kind: DesktopNotification['kind']): void {
    this.#close(kind);
  }

  dispose(): void {
    for (const kind of [...this.#shown.keys()]) this.#close(kind);
  }

  #closeLater(kind: DesktopNotification['kind'], notification: Shown['notification']): void {
    const shown = this.#shown.get(kind);
    if (shown?.notification !== notification) return;
    shown.end = this.#parts.clock.setTimeout(() => {
      this.#close(kind);
    }, PASSING_MS);
  }

  #close(kind: DesktopNotification['kind']): void {
    const shown = this.#shown.get(kind);
    shown?.notification.close();
    // A notification that we close emits no event.
    shown?.gone();
  }
}
