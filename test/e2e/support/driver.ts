import type { Page } from '@playwright/test';
import type { SeenNotification, SeenTray } from '../../stand-in/wire.ts';
import type { AppControls } from './app.ts';

/** What the product runs in; each is a project of its own in the run. */
export const HOSTS = ['browser host', 'electron stand-in', 'electron'] as const;
export type HostName = (typeof HOSTS)[number];

/** What only a desktop shell has, as a person meets it. */
export interface Shell {
  /** Null where the desktop shows no tray icons. */
  tray: () => Promise<SeenTray | null>;
  /** Clicks the item that these labels lead to. */
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

/** One running app, whatever it runs in. */
export interface Driver {
  readonly host: HostName;
  readonly app: AppControls;
  /** Null on the browser host. */
  readonly shell: Shell | null;
  /** What the window's pages threw or logged as an error: faults of ours. */
  readonly faults: readonly string[];
  /** The window's page; waits for it. */
  window: () => Promise<Page>;
  /** The page that the click opens in the person's browser. */
  opened: (click: () => Promise<void>) => Promise<Page>;
  clipboard: () => Promise<string>;
  stop: () => Promise<void>;
}
