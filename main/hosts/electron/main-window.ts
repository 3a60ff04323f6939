import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle } from 'electron';
import type { ShowTarget } from '../../../contract/show.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Disposable } from '../../lib/disposable.ts';
import type { Logger } from '../../lib/log.ts';
import type { DesktopStateFile } from './desktop-state.ts';
import { APP_PAGE } from './own-page.ts';
import { MIN_SIZE, windowBounds } from './window-bounds.ts';

/** A page that ends this often within a minute is not started again: something is wrong with the machine. */
const MOST_CRASHES_A_MINUTE = 3;

export interface MainWindowParts {
  createWindow: (options: BrowserWindowConstructorOptions) => BrowserWindow;
  webPreferences: BrowserWindowConstructorOptions['webPreferences'];
  workAreas: () => readonly Rectangle[];
  /** Lets the page call the core; ended with the window. */
  register: (window: BrowserWindow) => Disposable & { show: (target: ShowTarget) => void };
  remembered: DesktopStateFile;
  icon: string | undefined;
  clock: Clock;
  logger: Logger;
  /** Whether closing may leave the app without a window: only where there is another way in. */
  mayHide: () => boolean;
  onShown: (shown: boolean) => void;
  /** The person closed the window; the app goes on. */
  onHidden: () => void;
}

/** The one window: made when it is asked for, and gone when it is closed. */
export class MainWindow implements Disposable {
  readonly #parts: MainWindowParts;
  #window: BrowserWindow | null = null;
  #show: ((target: ShowTarget) => void) | null = null;
  #crashes: number[] = [];
  /** Painted at least once: before that there is nothing to see. */
  #painted = false;
  #ending = false;

  constructor(parts: MainWindowParts) {
    this.#parts = parts;
  }

  /** Makes it or brings it to the front, and shows the target there. */
  open(target: ShowTarget | null): void {
    if (this.#ending) return;
    if (this.#window === null) {
      this.#create(target);
      return;
    }
    if (this.#painted) {
      if (this.#window.isMinimized()) this.#window.restore();
      this.#window.show();
      this.#window.focus();
    }
    if (target !== null) this.#show?.(target);
  }

  /** Whether the person is looking at it. */
  get inFront(): boolean {
    return this.#window !== null && this.#window.isVisible() && this.#window.isFocused();
  }

  /** The app is ending, or after all is not: closing is then closing. */
  setEnding(ending: boolean): void {
    this.#ending = ending;
  }

  dispose(): void {
    this.#ending = true;
    this.#window?.destroy();
  }

  #create(target: ShowTarget | null): void {
    const { createWindow, webPreferences, workAreas, register, remembered, icon, onShown } = this.#parts;
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
    this.#painted = false;
    const page = register(window);
    let loaded = false;
    let waiting = target;
    this.#show = (next) => {
      if (loaded) page.show(next);
      else waiting = next;
    };
    window.once('ready-to-show', () => {
      this.#painted = true;
      window.show();
      onShown(true);
    });
    window.webContents.on('did-finish-load', () => {
      loaded = true;
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
      void page.dispose();
      if (this.#window === window) this.#window = null;
      onShown(false);
    });
    window.loadURL(APP_PAGE).catch((fault: unknown) => {
      if (window.isDestroyed()) return;
      this.#painted = true;
      this.#parts.logger.error('window.load-failed', {
        error: fault instanceof Error ? fault.message : String(fault),
      });
    });
  }

  #closing(window: BrowserWindow, event: { preventDefault: () => void }): void {
    const { remembered, mayHide, onHidden } = this.#parts;
    remembered.set({ bounds: window.getNormalBounds() });
    if (this.#ending) return;
    if (!mayHide()) {
      event.preventDefault();
      window.minimize();
    }
    onHidden();
  }

  #recover(window: BrowserWindow, reason: string): void {
    const { clock, logger } = this.#parts;
    if (this.#ending || reason === 'clean-exit') return;
    logger.error('window.page-gone', { reason });
    const now = clock.monotonicMs();
    this.#crashes = [...this.#crashes.filter((at) => now - at < 60_000), now];
    const again = this.#crashes.length <= MOST_CRASHES_A_MINUTE;
    this.#window = null;
    window.destroy();
    if (again) this.open(null);
  }
}
