import path from 'node:path';
import type { NativeImage, Tray } from 'electron';
import type { Clock } from '../../lib/clock.ts';
import type { Disposable } from '../../lib/disposable.ts';
import type { DesktopModel } from './desktop-model.ts';
import type { ElectronApi } from './electron-api.ts';
import { nativeMenu } from './native-menu.ts';
import { trayIconFile, type TrayGround } from './tray-icon.ts';
import { trayMenu, type TrayCommand } from './tray-menu.ts';
import { trayState, type TrayIcon } from './tray-state.ts';

/** Some desktops drop icons that follow one another faster. */
const THROTTLE_MS = 200;
/** “Expires in 3 days” becomes untrue without any event. */
const WORDS_LAST_MS = 60 * 60_000;

export interface TrayParts {
  /** Makes the icon; called once, as some Linux desktops show a second one beside a destroyed first. */
  createTray: (
    image: NativeImage,
  ) => Pick<Tray, 'setImage' | 'setToolTip' | 'setContextMenu' | 'on' | 'destroy'>;
  loadImage: (file: string) => NativeImage;
  buildMenu: ElectronApi['Menu']['buildFromTemplate'];
  folder: string;
  ground: () => TrayGround;
  clock: Clock;
  run: (command: TrayCommand) => void;
  platform: string;
}

/** The icon beside the clock. What changes is set; one place renders it, at most five times a second. */
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
    // macOS opens the menu on any click; elsewhere the menu is behind the right button.
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

  /** The ground that the icon stands on is another: theme or display have changed. */
  groundChanged(): void {
    this.#renderSoon();
  }

  /** Shows again what is: a radio mark moves with the click, whether or not the switch succeeded. */
  rebuild(): void {
    // What was clicked may be done only when the icon is gone.
    if (this.#ended) return;
    this.#menu = '';
    this.#renderMenu();
  }

  /** Only when the app ends. */
  dispose(): void {
    this.#ended = true;
    void this.#later?.dispose();
    this.#tray.destroy();
  }

  #fileOf(icon: TrayIcon): string {
    return trayIconFile(icon, this.#parts.ground());
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
    this.#renderIn(WORDS_LAST_MS);
  }

  #renderMenu(): void {
    const { clock, buildMenu, run } = this.#parts;
    const items = trayMenu(this.#model, clock.now());
    // A menu that is open closes when another is set: only what differs is worth that.
    const menu = JSON.stringify(items);
    if (menu === this.#menu) return;
    this.#menu = menu;
    this.#tray.setContextMenu(buildMenu(nativeMenu(items, run)));
  }
}
