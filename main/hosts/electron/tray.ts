import path from 'node:path';
import type { NativeImage, Tray } from 'electron';
import type { Clock } from '../../lib/clock.ts';
import type { Disposable } from '../../lib/disposable.ts';
import type { DesktopModel } from './desktop-model.ts';
import type { ElectronApi } from './electron-api.ts';
import { nativeMenu } from './native-menu.ts';
import { trayIconFile, type TrayBackground } from './tray-icon.ts';
import { trayMenu, type TrayCommand } from './tray-menu.ts';
import { trayState, type TrayIcon } from './tray-state.ts';

/** Some desktops drop icons that change faster than this. */
const THROTTLE_MS = 200;
/** “Expires in 3 days” becomes outdated without any event. */
const TEXT_REFRESH_MS = 60 * 60_000;

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
}

/** The tray icon. Setters change its state; one private method renders it, at most five times a second. */
export class DesktopTray implements Disposable {
  readonly #parts: TrayParts;
  readonly #tray: ReturnType<TrayParts['createTray']>;
  #model: DesktopModel;
  #iconFile: string;
  #tooltip = '';
  #menu = '';
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
    const { icon, words } = trayState(this.#model, now);
    const iconFile = this.#fileOf(icon);
    if (iconFile !== this.#iconFile) {
      this.#iconFile = iconFile;
      this.#tray.setImage(loadImage(path.join(folder, iconFile)));
    }
    const tooltip = `Tokentray: ${words}`;
    if (tooltip !== this.#tooltip) {
      this.#tooltip = tooltip;
      this.#tray.setToolTip(tooltip);
    }
    this.#renderMenu();
    this.#renderIn(TEXT_REFRESH_MS);
  }

  #renderMenu(): void {
    const { clock, buildMenu, run } = this.#parts;
    const items = trayMenu(this.#model, clock.now());
    // Setting a menu closes one that is open, so it is set only if it has changed.
    const menu = JSON.stringify(items);
    if (menu === this.#menu) return;
    this.#menu = menu;
    this.#tray.setContextMenu(buildMenu(nativeMenu(items, run)));
  }
}
