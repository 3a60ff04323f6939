import type { DesktopStatus } from '../../contract/status.ts';
import type { UpdateState } from '../../contract/updates.ts';
import type { PathChoice } from '../../contract/vocabulary.ts';
import type { Disposable } from '../lib/disposable.ts';
import type { Event } from '../lib/emitter.ts';
import type { Result } from '../lib/result.ts';

/** The machine woke up, or the network came back. */
export type PowerEvent = 'resume' | 'online';

/** A clipboard that the core can use. */
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
  /** Resolves to the result: `none`, `available` or `failed`. A download in progress or ready is not affected. */
  check(): Promise<Result<UpdateState>>;
  /** Returns `downloading` and continues in the background; `conflict` unless a version is available. */
  download(): Result<UpdateState>;
  /** Quits the app and installs; `conflict` unless a version is ready. */
  install(): Result<UpdateState>;
}

/** What only a desktop shell has. */
export interface Desktop {
  readonly status: DesktopStatus;
  /** After every change of `status`. */
  readonly onChange: Event<void>;
  /** Has the system start the app, without its window, when the person logs in; `unsupported` where it cannot. */
  setStartsAtLogin(on: boolean): Promise<Result<void>>;
  /**
   * Asks with the system's dialog, which begins at `near` or where something was chosen last; null: nothing was chosen.
   * Fails with `conflict` while it is already open.
   */
  choosePath(what: PathChoice, near: string | undefined): Promise<Result<string | null>>;
  /** Shows a file in the system's file manager. */
  showInFolder(file: string): void;
}

/** Whether a person is at the machine, as far as the system says. */
export interface Presence {
  /** Calls back with every change of the screen's lock, and once with its state where the system tells it. */
  watchScreen(onChange: (locked: boolean) => void): Disposable;
  /** Since when nobody has used keyboard or pointer; null where nothing tells. */
  idleSeconds(): Promise<number | null>;
  /** Whether this system tells that its screen is locked. */
  tellsScreen(): Promise<boolean>;
}

/** The system's own question whether it is the person: a fingerprint, a password. */
export interface SystemAuthentication {
  /** `purpose` completes “Tokentray wants to …”. Fails with `denied`. */
  confirm(purpose: string): Promise<Result<void>>;
}

/** What the core runs in: the Electron host or the browser host. Everything it needs from outside. */
export interface Host extends Disposable {
  readonly kind: 'electron' | 'browser';
  /** Null where only pages have one. */
  readonly clipboard: Clipboard | null;
  /** Only the Electron host has one. */
  readonly desktop?: Desktop;
  readonly onPower: Event<PowerEvent>;
  /** Absent where nothing tells. */
  readonly presence?: Presence;
  /** Absent where the system asks nobody: then whoever can use the app can unlock it. */
  readonly authentication?: SystemAuthentication;
  /** Null where the app is not a package of its own. */
  readonly updater: Updater | null;
  /** Opens an https (or loopback) address in the person's browser; a failure tells the person how to continue. */
  openUrl(url: string): Promise<Result<void>>;
  /** Opens the window; returns a one-time link instead if the host has no window and `launch` is false. */
  openWindow(options: { launch: boolean }): Promise<Result<{ url: string | null }>>;
}
