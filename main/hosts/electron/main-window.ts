import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle } from 'electron';
import type { ShowTarget } from '../../../contract/show.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Disposable } from '../../lib/disposable.ts';
import type { Logger } from '../../lib/log.ts';
import type { DesktopStateFile } from './desktop-state.ts';
import { APP_PAGE } from './own-page.ts';
import { MIN_SIZE, rememberedBounds, windowBounds } from './window-bounds.ts';

/**
 * On Wayland `ready-to-show` may never be emitted for a hidden window (electron#48859); a window that is blank for a
 * moment is better than none.
 */
const SHOW_LIMIT_MS = 2000;

/** A page that crashes more often than this within a minute is not started again: something is wrong with the machine. */
const MAX_CRASHES_PER_MINUTE = 3;

export interface MainWindowParts {
  createWindow: (options: BrowserWindowConstructorOptions) => BrowserWindow;
  webPreferences: BrowserWindowConstructorOptions['webPreferences'];
  workAreas: () => readonly Rectangle[];
  /** Lets the page call the core; disposed with the window. */
  register: (window: BrowserWindow) => Disposable & { show: (target: ShowTarget) => void };
  remembered: DesktopStateFile;
  /** Whether Electron is a Wayland client, which cannot know where its windows are and whether they are minimized. */
  wayland: boolean;
  icon: string | undefined;
  clock: Clock;
  logger: Logger;
  /** Whether closing may leave the app without a window: only if there is another way to open it. */
  mayHide: () => boolean;
  onShown: (shown: boolean) => void;
  /** The user closed the window; the app keeps running. */
  onHidden: () => void;
}

/** The only window: created on request and destroyed when it is closed. */
export class MainWindow implements Disposable {
  readonly #parts: MainWindowParts;
  #window: BrowserWindow | null = null;
  #show: ((target: ShowTarget) => void) | null = null;
  #crashes: number[] = [];
  /** Shows the window for the first time; does nothing after that. */
  #reveal: () => void = () => undefined;
  /** Minimized by us: on Wayland `isMinimized` is not reliable. */
  #minimized = false;
  #ending = false;

  constructor(parts: MainWindowParts) {
    this.#parts = parts;
  }

  /** Creates the window or brings it to the front, and shows the target in it. */
  open(target: ShowTarget | null): void {
    if (this.#ending) return;
    const window = this.#live;
    if (window === null) {
      this.#create(target);
      return;
    }
    this.#reveal();
    if (window.isMinimized()) window.restore();
    // A Wayland client cannot restore a minimized window, but it can hide it and show it again.
    else if (this.#parts.wayland && this.#minimized) window.hide();
    this.#minimized = false;
    window.show();
    window.focus();
    if (target !== null) this.#show?.(target);
  }

  /** Whether the window is visible and has the focus. */
  get inFront(): boolean {
    const window = this.#live;
    return window !== null && window.isVisible() && window.isFocused();
  }

  /** A destroyed window throws on every call, and `closed` may be emitted only some time later. */
  get #live(): BrowserWindow | null {
    return this.#window?.isDestroyed() === false ? this.#window : null;
  }

  /** Whether the app is quitting, in which case closing the window really closes it. */
  setEnding(ending: boolean): void {
    this.#ending = ending;
  }

  dispose(): void {
    this.#ending = true;
    this.#live?.destroy();
  }

  #create(target: ShowTarget | null): void {
    const { createWindow, webPreferences, workAreas, register, remembered, icon, onShown, clock } =
      this.#parts;
    const window = createWindow({
      ...windowBounds(remembered.get().bounds, workAreas()),
      minWidth: MIN_SIZE.width,
      minHeight: MIN_SIZE.height,
      title: 'Tokentray',
      show: false,
      autoHideMenuBar: true,
      ...(icon === undefined ? {} : { icon }),
      ...(webPreferences === undefined ? {} : { webPreferences }),
    });
    this.#window = window;
    this.#minimized = false;
    const page = register(window);
    let loaded = false;
    let waiting = target;
    this.#show = (next) => {
      if (loaded) page.show(next);
      else waiting = next;
    };
    let revealed = false;
    const reveal = (): void => {
      if (revealed || window.isDestroyed()) return;
      revealed = true;
      void limit.dispose();
      window.show();
      onShown(true);
    };
    const limit = clock.setTimeout(reveal, SHOW_LIMIT_MS);
    this.#reveal = reveal;
    window.once('ready-to-show', reveal);
    window.webContents.on('did-finish-load', () => {
      loaded = true;
      reveal();
      if (waiting !== null) page.show(waiting);
      waiting = null;
    });
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      this.#recover(window, reason);
    });
    window.on('close', (event) => {
      this.#closing(window, event);
    });
    window.on('closed', () => {
      void limit.dispose();
      void page.dispose();
      if (this.#window === window) this.#window = null;
      onShown(false);
    });
    window.loadURL(APP_PAGE).catch((fault: unknown) => {
      if (window.isDestroyed()) return;
      this.#parts.logger.error('window.load-failed', {
        error: fault instanceof Error ? fault.message : String(fault),
      });
    });
  }

  #closing(window: BrowserWindow, event: { preventDefault: () => void }): void {
    const { remembered, mayHide, onHidden, wayland } = this.#parts;
    remembered.set({ bounds: rememberedBounds(window.getNormalBounds(), remembered.get().bounds, wayland) });
    if (this.#ending) return;
    if (!mayHide()) {
      event.preventDefault();
      window.minimize();
      this.#minimized = true;
    }
    onHidden();
  }

  #recover(window: BrowserWindow, reason: string): void {
    const { clock, logger } = this.#parts;
    if (this.#ending || reason === 'clean-exit') return;
    logger.error('window.page-gone', { reason });
    const now = clock.monotonicMs();
    this.#crashes = [...this.#crashes.filter((at) => now - at < 60_000), now];
    const again = this.#crashes.length <= MAX_CRASHES_PER_MINUTE;
    this.#window = null;
    window.destroy();
    if (again) this.open(null);
  }
}
