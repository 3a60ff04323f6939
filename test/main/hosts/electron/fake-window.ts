import { EventEmitter } from 'node:events';
import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle } from 'electron';

/** A window as a person sees it, and the page in it. */
export class FakeWindow extends EventEmitter {
  readonly options: BrowserWindowConstructorOptions;
  readonly webContents = new EventEmitter();
  readonly said: string[] = [];
  tellsMinimized = true;
  url = '';
  bounds: Rectangle = { x: 10, y: 20, width: 960, height: 640 };
  #state: 'hidden' | 'shown' | 'minimized' | 'gone' = 'hidden';

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
  }

  get state(): string {
    return this.#state;
  }

  loadURL = (url: string): Promise<void> => {
    this.url = url;
    return Promise.resolve();
  };
  show = (): void => {
    this.#alive();
    // A Wayland client cannot unminimize its window.
    if (this.#state !== 'minimized' || this.tellsMinimized) this.#state = 'shown';
  };
  hide = (): void => {
    this.#alive();
    this.said.push('hide');
    this.#state = 'hidden';
  };
  focus = (): void => {
    this.#alive();
    this.said.push('focus');
  };
  minimize = (): void => {
    this.#alive();
    this.#state = 'minimized';
  };
  restore = this.show;
  isMinimized = (): boolean => {
    this.#alive();
    return this.tellsMinimized && this.#state === 'minimized';
  };
  isVisible = (): boolean => this.#is('shown');
  isFocused = (): boolean => this.#is('shown');
  isDestroyed = (): boolean => this.#state === 'gone';
  getNormalBounds = (): Rectangle => this.bounds;
  destroy = (): void => {
    if (this.#state === 'gone') return;
    this.#state = 'gone';
    this.emit('closed');
  };

  /** As a person closes it. */
  close(): void {
    const event = {
      defaultPrevented: false,
      preventDefault: () => {
        event.defaultPrevented = true;
      },
    };
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }

  /** The page has loaded and painted. */
  loaded(): void {
    this.emit('ready-to-show');
    this.webContents.emit('did-finish-load');
  }

  /** Destroyed, and `closed` is still to come. */
  vanish(): void {
    this.#state = 'gone';
  }

  asWindow(): BrowserWindow {
    return this as unknown as BrowserWindow;
  }

  #is(state: string): boolean {
    this.#alive();
    return this.#state === state;
  }

  #alive(): void {
    if (this.#state === 'gone') throw new TypeError('Object has been destroyed');
  }
}
