import type { Notification, NotificationConstructorOptions } from 'electron';
import type { ShowTarget } from '../../../contract/show.ts';
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
}

/** About the window's own going, at whose moment it is still in front. */
const OF_CLOSING: ReadonlySet<DesktopNotification['kind']> = new Set(['window-closed', 'no-tray']);

/** Linux desktops read the body, not the title, as markup: Desktop Notifications Specification 1.2, "Markup". */
const escapeMarkup = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Shows one notification of a kind at a time. */
export class Notifications implements Disposable {
  readonly #parts: NotificationParts;
  /** Held on to: the click on a collected one is never heard. */
  readonly #shown = new Map<DesktopNotification['kind'], ReturnType<NotificationParts['create']>>();

  constructor(parts: NotificationParts) {
    this.#parts = parts;
  }

  /** True when the person was told. */
  tell({ kind, title, body, target }: DesktopNotification): boolean {
    const { isSupported, create, windowInFront, enabled, open, platform } = this.#parts;
    const seen = windowInFront() && !OF_CLOSING.has(kind);
    // The answer to a click is always due.
    const wanted = kind === 'failed' || (enabled() && !seen);
    if (!wanted || !isSupported()) return false;
    this.#shown.get(kind)?.close();
    const notification = create({ title, body: platform === 'linux' ? escapeMarkup(body) : body });
    this.#shown.set(kind, notification);
    const forget = (): void => {
      if (this.#shown.get(kind) === notification) this.#shown.delete(kind);
    };
    notification.on('click', () => {
      open(target);
    });
    notification.on('close', forget);
    notification.on('failed', forget);
    notification.show();
    return true;
  }

  dispose(): void {
    for (const notification of this.#shown.values()) notification.close();
    this.#shown.clear();
  }
}
