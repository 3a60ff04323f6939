import path from 'node:path';
import type { NativeImage, Tray } from 'electron';
import type { Clock } from '../../lib/clock.ts';
import type { Disposable } from '../../lib/disposable.ts';
import type { DesktopModel } from './desktop-model.ts';
import type { ElectronApi } from './electron-api.ts';
import { trayIconFile, type TrayBackground } from './tray-icon.ts';
import type { MenuForms } from './menu-forms.ts';
import { nativeMenu } from './native-menu.ts';
import { cut } from './tray-label.ts';
import type { TrayCommand } from './tray-item.ts';
import { trayMenu } from './tray-menu.ts';
import { trayState, type TrayIcon } from './tray-state.ts';

/** Some desktops drop icons that change faster than this. */
const THROTTLE_MS = 200;
/** “Expires in 3 days” and “until tomorrow” become outdated without any event. */
const TEXT_REFRESH_MS = 10 * 60_000;
/** Windows drops what is longer. */
const LONGEST_TOOLTIP = 120;

export interface TrayParts {
  /** Creates the icon; called once, because some Linux desktops keep showing a destroyed icon next to a new one. */
  createTray: (
    image: NativeImage,
  ) => Pick<Tray, 'setImage' | 'setToolTip' | 'setContextMenu' | 'on' | 'destroy'>;
  loadImage: (file: string) => NativeImage;
  buildMenu: ElectronApi['Menu']['buildFromTemplate'];
  folder: string;
  background: () => TrayBackground;
  clock: Clock;
  run: (command: TrayCommand) => void;
  platform: string;
  forms: MenuForms;
}

/** When the words change next without an event: at the end of a token. `now` and the result: epoch ms. */
const nextEnd = ({ connections }: Pick<DesktopModel, 'connections'>, now: number): number =>
  [...connections.values()]
    .flatMap(({ expiresAt }) => (expiresAt === null ? [] : Date.parse(expiresAt)))
    .reduce((next, end) => (end > now && end < next ? end : next), Infinity);

/** The tray icon. Setters change its state; one private method renders it, at most five times a second. */
export class DesktopTray implements Disposable {
  readonly #parts: TrayParts;
  readonly #tray: ReturnType<TrayParts['createTray']>;
  #model: DesktopModel;
  #iconFile: string;
  #tooltip = '';
  #menu = '';
  /** What was just done, in the place of the state. */
  #note: string | null = null;
  #noteEnd: Disposable | null = null;
  #renderedAt = -Infinity;
  #later: Disposable | null = null;
  #ended = false;

  constructor(parts: TrayParts, model: DesktopModel) {
    this.#parts = parts;
    this.#model = model;
    this.#iconFile = this.#fileOf(trayState(model, parts.clock.now()).icon);
    this.#tray = parts.createTray(parts.loadImage(path.join(parts.folder, this.#iconFile)));
    // macOS opens the menu on any click; elsewhere only a right-click does.
    if (parts.platform !== 'darwin') {
      this.#tray.on('click', () => {
        parts.run({ do: 'open', target: null });
      });
    }
    // macOS and Windows: the pointer comes before the menu is opened, and timers stop in sleep.
    this.#tray.on('mouse-enter', () => {
      this.refresh();
    });
    this.#render();
  }

  setModel(model: DesktopModel): void {
    this.#model = model;
    this.#renderSoon();
  }

  /** The background of the icon has changed: another theme or display. */
  backgroundChanged(): void {
    this.#renderSoon();
  }

  /** The clock may have jumped: after sleep, or when somebody is about to look. */
  refresh(): void {
    if (!this.#ended) this.#renderSoon();
  }

  /** Says for a while, where the state is said, what was done. */
  note(words: string, forMs: number): void {
    if (this.#ended) return;
    void this.#noteEnd?.dispose();
    this.#note = words;
    this.#renderTooltip();
    this.#noteEnd = this.#parts.clock.setTimeout(() => {
      this.#note = null;
      this.#renderTooltip();
    }, forMs);
  }

  /** Builds the menu again: a click moves the radio mark, whether or not the switch succeeded. */
  rebuild(): void {
    // A clicked command may finish only after the icon is gone.
    if (this.#ended) return;
    this.#menu = '';
    this.#renderMenu();
  }

  /** Call it only when the app quits. */
  dispose(): void {
    this.#ended = true;
    void this.#later?.dispose();
    void this.#noteEnd?.dispose();
    this.#tray.destroy();
  }

  #fileOf(icon: TrayIcon): string {
    return trayIconFile(icon, this.#parts.background());
  }

  #renderSoon(): void {
    const wait = this.#renderedAt + THROTTLE_MS - this.#parts.clock.monotonicMs();
    if (wait <= 0) this.#render();
    else this.#renderIn(wait);
  }

  #renderIn(delayMs: number): void {
    void this.#later?.dispose();
    this.#later = this.#parts.clock.setTimeout(() => {
      this.#render();
    }, delayMs);
  }

  #render(): void {
    const { clock, folder, loadImage } = this.#parts;
    const now = clock.now();
    this.#renderedAt = clock.monotonicMs();
    const { icon } = trayState(this.#model, now);
    const iconFile = this.#fileOf(icon);
    if (iconFile !== this.#iconFile) {
      this.#iconFile = iconFile;
      this.#tray.setImage(loadImage(path.join(folder, iconFile)));
    }
    this.#renderTooltip();
    this.#renderMenu();
    this.#renderIn(Math.min(TEXT_REFRESH_MS, Math.max(THROTTLE_MS, nextEnd(this.#model, now) - now)));
  }

  #renderTooltip(): void {
    const words = this.#note ?? trayState(this.#model, this.#parts.clock.now()).words;
    const tooltip = cut(`Tokentray: ${words}`, LONGEST_TOOLTIP);
    if (tooltip === this.#tooltip) return;
    this.#tooltip = tooltip;
    this.#tray.setToolTip(tooltip);
  }

  #renderMenu(): void {
    const { clock, buildMenu, run, platform, forms } = this.#parts;
    const items = trayMenu(this.#model, clock.now(), { platform, forms });
    // Setting a menu closes one that is open, so it is set only if it has changed.
    const menu = JSON.stringify(items);
    if (menu === this.#menu) return;
    this.#menu = menu;
    this.#tray.setContextMenu(buildMenu(nativeMenu(items, run, forms)));
  }
}
