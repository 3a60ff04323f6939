/** The messages between the process under test and the test: requests in both directions, over the process's IPC. */

/** A frame, as the process under test will see it. */
export interface WireFrame {
  /** Address with the app's own scheme. */
  url: string;
  /** False for a frame within the window's page. */
  main: boolean;
}

export interface WireRequest {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: Uint8Array | null;
}

export interface WireResponse {
  status: number;
  headers: [string, string][];
  body: Uint8Array;
}

/** A menu item as a person sees it. */
export interface SeenMenuItem {
  /** As shown: `&&` is one ampersand, a single `&` is a mnemonic mark and not shown. */
  label: string;
  type: 'normal' | 'separator' | 'submenu' | 'checkbox' | 'radio';
  enabled: boolean;
  checked: boolean;
  items: SeenMenuItem[];
}

export interface SeenTray {
  tooltip: string;
  /** File that the icon was made from; null when it came from memory. */
  icon: string | null;
  /** Whether the image has pixels. */
  hasIcon: boolean;
  menu: SeenMenuItem[];
}

export interface SeenWindow {
  id: number;
  title: string;
  visible: boolean;
  /** Address with the app's own scheme. */
  url: string;
  preferences: Record<string, unknown>;
}

export interface SeenNotification {
  id: number;
  title: string;
  body: string;
  /** Still on the screen. */
  open: boolean;
}

export interface SeenDialog {
  kind: 'message' | 'error' | 'open' | 'save';
  options: Record<string, unknown>;
  /** The window that it belongs to. */
  parent: number | null;
}

export interface SeenApp {
  name: string;
  ready: boolean;
  schemes: Record<string, unknown>[];
  applicationMenu: SeenMenuItem[] | null;
  loginItem: Record<string, unknown> | null;
  /** Names of the events of `app` so far, in order. */
  events: string[];
  /** How many trays were ever made. */
  traysMade: number;
  /** How many windows were ever made. */
  windowsMade: number;
}

export type PageEvent = { type: 'loaded'; url: string; title: string } | { type: 'crashed' };

/** What the test can ask the process under test. */
export interface AppCalls {
  // The pages' side of the windows.
  serve: (window: number, request: WireRequest) => WireResponse;
  invoke: (
    window: number,
    frame: WireFrame,
    channel: string,
    args: string,
  ) => { value: string } | { error: string };
  sendToMain: (window: number, frame: WireFrame, channel: string, args: string) => void;
  /** Whether the page may go there. */
  mayNavigate: (window: number, url: string, main: boolean) => boolean;
  mayOpen: (window: number, url: string) => boolean;
  /** Whether a request to the network may go out. */
  mayRequest: (window: number, url: string, type: string) => boolean;
  /** Which of these permissions the window's pages get. */
  permissions: (window: number, url: string, names: string[]) => string[];
  pageEvent: (window: number, event: PageEvent) => void;

  // What a person or the system does.
  look: () => SeenApp;
  tray: () => SeenTray | null;
  clickTray: (path: string[]) => void;
  clickTrayIcon: () => void;
  clickApplicationMenu: (path: string[]) => void;
  windows: () => SeenWindow[];
  closeWindow: (id: number) => void;
  /** The person turns to another program: none of the windows has the focus. */
  turnAway: () => void;
  power: (event: string) => void;
  setOnline: (online: boolean) => void;
  /** From now on timers can be ended early; the wall clock is left alone. */
  keepTimers: () => void;
  /** Ends those that wait and were set for just that long. */
  endTimers: (lengthMs: number) => void;
  /** What other programs get from the clipboard, whatever the app believes. */
  readClipboard: () => string;
  /** Another program copies. */
  writeClipboard: (text: string) => void;
  openedUrls: () => string[];
  /** Files that the file manager was asked to show. */
  shownItems: () => string[];
  /** The umask that the browser got each time. */
  openedUnder: () => number[];
  notifications: () => SeenNotification[];
  clickNotification: (id: number) => void;
  dialogs: () => SeenDialog[];
  /** What the next dialog of a kind answers; without one it is cancelled. */
  answerDialog: (kind: SeenDialog['kind'], answer: Record<string, unknown>) => void;
  /** A bug of the program's: an exception that nobody catches, or a rejection that nobody handles. */
  fault: (kind: 'exception' | 'rejection') => void;
  quit: () => void;
}

/** What the process under test can ask the test. */
export interface PageCalls {
  createWindow: (id: number, preload: string | null, size: { width: number; height: number }) => void;
  load: (id: number, url: string) => { error: string | null };
  send: (id: number, channel: string, args: string) => void;
  show: (id: number) => void;
  destroy: (id: number) => void;
  colourScheme: (scheme: 'light' | 'dark' | null) => void;
}

/** How the desktop that the process runs on is. */
export interface Desktop {
  /** Whether tray icons are shown anywhere. */
  tray: boolean;
  /** `broken`: said to be supported, and `failed` follows each `show()`, as on macOS for an app that is not signed. */
  notifications: boolean | 'broken';
  online: boolean;
  /**
   * A Wayland session: a window's place is 0,0 and it never counts as minimized; a hidden one does not become ready to be
   * shown; without a focused window the clipboard takes nothing, which the app is not told.
   */
  wayland: boolean;
  /** The page never finishes loading, as when a subresource hangs. */
  loadingHangs: boolean;
  /** The system's theme. */
  dark: boolean;
  /** Started by the system at login, as macOS tells it. */
  openedAtLogin: boolean;
}

export const DESKTOP_VARIABLE = 'STAND_IN_DESKTOP';

/** Names of calls and their arguments, as messages. */
export type WireMessage =
  | { type: 'call'; id: number; name: string; args: unknown[] }
  | { type: 'answer'; id: number; value: unknown }
  | { type: 'fault'; id: number; message: string };
