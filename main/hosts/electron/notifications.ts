import type { Notification, NotificationConstructorOptions } from 'electron';
import type { ShowTarget } from '../../../contract/show.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Disposable } from '../../lib/disposable.ts';
import type { DesktopNotification } from './notification-for.ts';

export interface NotificationParts {
  isSupported: () => boolean;
  create: (options: NotificationConstructorOptions) => Pick<Notification, 'show' | 'close' | 'on'>;
  /** The person sees the window; everything a notification says is there too. */
  windowInFront: () => boolean;
  enabled: () => boolean;
  open: (target: ShowTarget | null) => void;
  platform: string;
  clock: Clock;
}

/** Some systems say neither that they showed it nor that they did not. */
const SHOW_LIMIT_MS = 5000;

/** About the window's own going, at whose moment it is still in front. */
const OF_CLOSING: ReadonlySet<DesktopNotification['kind']> = new Set(['window-closed', 'no-tray']);

/** Linux desktops read the body, not the title, as markup: Desktop Notifications Specification 1.2, "Markup". */
const escapeMarkup = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Shows one notification of a kind at a time. */
export class Notifications implements Disposable {
  readonly #parts: NotificationParts;
  /** Held on to: a collected one reports no click. */
  readonly #shown = new Map<
    DesktopNotification['kind'],
    { notification: ReturnType<NotificationParts['create']>; gone: () => void }
  >();

  constructor(parts: NotificationParts) {
    this.#parts = parts;
  }

  /**
   * Gives true once the system has shown it. That it can show notifications says little: on macOS those of an app that is
   * not signed fail, as do those of one without a shortcut on Windows.
   */
  tell({ kind, title, body, target }: DesktopNotification): Promise<boolean> {
    const { isSupported, create, windowInFront, enabled, open, platform, clock } = this.#parts;
    const seen = windowInFront() && !OF_CLOSING.has(kind);
    // The answer to a click is always due.
    const wanted = kind === 'failed' || (enabled() && !seen);
    if (!wanted || !isSupported()) return Promise.resolve(false);
    this.#close(kind);
    const notification = create({ title, body: platform === 'linux' ? escapeMarkup(body) : body });
    return new Promise((resolve) => {
      const settle = (told: boolean): void => {
        void limit.dispose();
        resolve(told);
      };
      const limit = clock.setTimeout(() => {
        settle(false);
      }, SHOW_LIMIT_MS);
      const gone = (): void => {
        if (this.#shown.get(kind)?.notification === notification) this.#shown.delete(kind);
        settle(false);
      };
      this.#shown.set(kind, { notification, gone });
      notification.on('click', () => {
        open(target);
      });
      notification.on('show', () => {
        settle(true);
      });
      notification.on('close', gone);
      notification.on('failed', gone);
      notification.show();
    });
  }

  dispose(): void {
    for (const kind of [...this.#shown.keys()]) this.#close(kind);
  }

  #close(kind: DesktopNotification['kind']): void {
    const shown = this.#shown.get(kind);
    shown?.notification.close();
    // Closed by us it says nothing any more.
    shown?.gone();
  }
}
