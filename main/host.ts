import type { DesktopStatus } from '../contract/status.ts';
import type { UpdateState } from '../contract/updates.ts';
import type { Disposable } from './lib/disposable.ts';
import type { Event } from './lib/emitter.ts';
import type { Result } from './lib/result.ts';

/** The machine woke up, or the network came back. */
export type PowerEvent = 'resume' | 'online';

/** A clipboard in the core's reach. */
export interface Clipboard {
  /**
   * Writes `text`, marked as secret where the system has a mark for it. Fails with `unsupported` where the system lets only
   * the window copy.
   */
  writeSecret(text: string): Promise<Result<void>>;
  /** Empties the clipboard only if it still holds `text`. */
  clearIfHolds(text: string): Promise<void>;
}

/** Updates of the app itself. Nothing is downloaded or installed unless a person asks for that very step. */
export interface Updater {
  readonly state: UpdateState;
  readonly onChange: Event<UpdateState>;
  /** Gives how it ended: `none`, `available` or `failed`; what is on its way or ready stays as it is. */
  check(): Promise<Result<UpdateState>>;
  /** Gives `downloading` at once and goes on by itself; `conflict` unless a version is available. */
  download(): Result<UpdateState>;
  /** Ends the app and installs; `conflict` unless a version is ready. */
  install(): Result<UpdateState>;
}

/** What only a desktop shell has. */
export interface Desktop {
  readonly status: DesktopStatus;
  /** After every change of `status`. */
  readonly onChange: Event<void>;
  /** Has the system start the app, without its window, when the person logs in; `unsupported` where it cannot. */
  setStartsAtLogin(on: boolean): Promise<Result<void>>;
}

/** What the core runs in: the Electron host, or the browser host. Everything the outside offers. */
export interface Host extends Disposable {
  readonly kind: 'electron' | 'browser';
  /** Null where only pages have one. */
  readonly clipboard: Clipboard | null;
  /** Only the Electron host has one. */
  readonly desktop?: Desktop;
  readonly onPower: Event<PowerEvent>;
  /** Null where the app is not a package of its own. */
  readonly updater: Updater | null;
  /** Opens an https (or loopback) address in the person's browser; a failure says how to go on by hand. */
  openUrl(url: string): Promise<Result<void>>;
  /** Opens the window; gives a one-time link instead where the host has none of its own and `launch` is false. */
  openWindow(options: { launch: boolean }): Promise<Result<{ url: string | null }>>;
}
