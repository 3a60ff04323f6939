import type { Page } from '@playwright/test';
import type { SeenNotification, SeenTray } from '../../stand-in/wire.ts';
import type { AppControls } from './app.ts';

/** What the product runs in; each is a project of its own in the run. */
export const HOSTS = ['browser host', 'electron stand-in', 'electron'] as const;
export type HostName = (typeof HOSTS)[number];

/** Annotation of a test: a step that the host has no notion of. */
export const LEFT_OUT = 'left out';

/** What only a desktop shell has, as a person meets it. */
export interface Shell {
  /** Null where the desktop shows no tray icons. */
  tray: () => Promise<SeenTray | null>;
  /** Clicks the item that these labels lead to, once it is there and can be clicked. */
  clickTray: (path: string[]) => Promise<void>;
  power: (event: 'suspend' | 'resume' | 'lock-screen' | 'unlock-screen') => Promise<void>;
  /** Starts the program once more; gives its exit code. */
  secondStart: (args?: string[]) => Promise<number | string>;
  closeWindow: () => Promise<void>;
  /** Whether a window is on the screen. */
  hasWindow: () => Promise<boolean>;
  notifications: () => Promise<SeenNotification[]>;
  quit: () => Promise<void>;
  /** The exit code, or the signal's name, once the program has ended. */
  ended: Promise<number | string>;
}

/** What a person does beside the window's page, in the way that the host has for it. */
export interface Ways {
  /** The connections as they are listed there: a line each, the name and what is to be said of it. */
  lines: () => Promise<string[]>;
  /** The name of the one that is active. */
  active: () => Promise<string | null>;
  use: (name: string) => Promise<void>;
  copyToken: () => Promise<void>;
  /** The click that begins to sign in again. */
  reconnect: (name: string) => Promise<void>;
  /** What makes the app look at the network again: the machine wakes up, or the person asks. */
  lookAgain: () => Promise<void>;
  closeWindow: () => Promise<void>;
  hasWindow: () => Promise<boolean>;
  /** Starts the program once more, as if it did not run; gives the window that opens. */
  startAgain: () => Promise<Page>;
  quit: () => Promise<void>;
  /** The exit code, or the signal's name, once the program has ended. */
  ended: Promise<number | string>;
}

/** One running app, whatever it runs in. */
export interface Driver {
  readonly host: HostName;
  readonly app: AppControls;
  /** Null on the browser host. */
  readonly shell: Shell | null;
  readonly ways: Ways;
  /** What the window's pages threw or logged as an error: faults of ours. */
  readonly faults: readonly string[];
  /** The window's page; waits for it. */
  window: () => Promise<Page>;
  /** The page that the click opens in the person's browser. */
  opened: (click: () => Promise<void>) => Promise<Page>;
  clipboard: () => Promise<string>;
  /**
   * Whatever takes a copied secret off the clipboard gets timers that can be ended early; gives what ends those that
   * were set for just that long.
   */
  keepTimers: () => Promise<(lengthMs: number) => Promise<void>>;
  stop: () => Promise<void>;
}
