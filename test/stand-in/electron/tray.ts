import { EventEmitter } from 'node:events';
import type { SeenTray } from '../wire.ts';
import { desktop } from './link.ts';
import type { StandInMenu } from './menu.ts';
import { nativeImage, type StandInImage } from './native-image.ts';
import { preventable } from './preventable.ts';

type TrayShape = Pick<
  Electron.Tray,
  | 'setToolTip'
  | 'destroy'
  | 'isDestroyed'
  | 'setTitle'
  | 'getTitle'
  | 'getBounds'
  | 'setIgnoreDoubleClickEvents'
>;

/** A tray icon. Where the desktop shows none it takes everything and nobody sees it, as on GNOME. */
export class StandInTray extends EventEmitter implements TrayShape {
  static readonly made: StandInTray[] = [];
  #image: StandInImage;
  #menu: StandInMenu | null = null;
  #toolTip = '';
  #title = '';
  #destroyed = false;

  constructor(image: StandInImage | string) {
    super();
    this.#image = StandInTray.#load(image);
    StandInTray.made.push(this);
  }

  setImage = (image: StandInImage | string): void => {
    this.#alive();
    this.#image = StandInTray.#load(image);
  };
  setPressedImage = this.setImage;
  setToolTip = (text: string): void => {
    this.#alive();
    this.#toolTip = text;
  };
  setTitle = (text: string): void => {
    this.#alive();
    this.#title = text;
  };
  getTitle = (): string => this.#title;
  setContextMenu = (menu: StandInMenu | null): void => {
    this.#alive();
    this.#menu = menu;
  };
  setIgnoreDoubleClickEvents = (): void => undefined;
  getBounds = (): Electron.Rectangle => ({ x: 0, y: 0, width: 0, height: 0 });
  destroy = (): void => void (this.#destroyed = true);
  isDestroyed = (): boolean => this.#destroyed;

  /** What a person sees; null where there is nothing to see. */
  seen(): SeenTray | null {
    if (this.#destroyed || !desktop.tray) return null;
    return {
      tooltip: this.#toolTip,
      icon: this.#image.file,
      hasIcon: !this.#image.isEmpty(),
      menu: this.#menu?.seen() ?? [],
    };
  }

  clickItem(path: readonly string[]): void {
    if (!this.seen() || !this.#menu) throw new Error('there is no tray menu to click');
    this.#menu.find(path).click();
  }

  clickIcon(): void {
    if (!this.seen()) throw new Error('there is no tray icon to click');
    this.emit('click', preventable(), this.getBounds(), { x: 0, y: 0 });
  }

  #alive(): void {
    if (this.#destroyed) throw new Error('Tray is destroyed');
  }

  static #load(image: StandInImage | string): StandInImage {
    if (typeof image !== 'string') return image;
    const loaded = nativeImage.createFromPath(image);
    if (loaded.isEmpty()) throw new Error(`Failed to load image from path '${image}'`);
    return loaded;
  }
}
