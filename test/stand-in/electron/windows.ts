import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { createCloneCodec } from '../clone-codec.ts';
import type { SeenWindow, WireFrame } from '../wire.ts';
import { app } from './app.ts';
import { StandInIpcMain } from './ipc-main.ts';
import { desktop, pages, unawaited } from './link.ts';
import { preventable } from './preventable.ts';
import { session, type StandInSession } from './session.ts';

const codec = createCloneCodec();

type FrameShape = Pick<Electron.WebFrameMain, 'url' | 'origin' | 'routingId' | 'processId' | 'detached'>;

const originOf = (url: string): string => {
  const { protocol, host } = new URL(url);
  return host === '' ? 'null' : `${protocol}//${host}`;
};

/** A frame of a page: the main one lives as long as its window, others are as the message said. */
export class StandInFrame implements FrameShape {
  url: string;
  readonly routingId = 1;
  readonly processId = 1;
  readonly frameTreeNodeId = 1;
  readonly detached = false;
  readonly parent: StandInFrame | null;
  readonly #contents: StandInWebContents;

  constructor(contents: StandInWebContents, url: string, parent: StandInFrame | null) {
    this.#contents = contents;
    this.url = url;
    this.parent = parent;
  }

  get origin(): string {
    return originOf(this.url);
  }

  get top(): StandInFrame {
    return this.parent ?? this;
  }

  isDestroyed = (): boolean => this.#contents.isDestroyed();
  send = (channel: string, ...args: unknown[]): void => {
    this.#contents.send(channel, ...args);
  };
}

type OpenHandler = (details: { url: string }) => { action: 'allow' | 'deny' };

type ContentsShape = Pick<
  Electron.WebContents,
  | 'id'
  | 'getURL'
  | 'loadURL'
  | 'send'
  | 'isDestroyed'
  | 'setWindowOpenHandler'
  | 'close'
  | 'focus'
  | 'isLoading'
  | 'isCrashed'
  | 'reload'
>;

export class StandInWebContents extends EventEmitter implements ContentsShape {
  readonly id: number;
  readonly session: StandInSession;
  readonly mainFrame: StandInFrame = new StandInFrame(this, 'about:blank', null);
  readonly ipc = new StandInIpcMain();
  readonly window: StandInBrowserWindow;
  crashed = false;
  #openHandler: OpenHandler | null = null;

  constructor(window: StandInBrowserWindow, windowSession: StandInSession) {
    super();
    this.id = window.id;
    this.window = window;
    this.session = windowSession;
  }

  getURL = (): string => this.mainFrame.url;
  getTitle = (): string => this.window.getTitle();
  isDestroyed = (): boolean => this.window.isDestroyed();
  isLoading = (): boolean => false;
  isCrashed = (): boolean => this.crashed;
  isDevToolsOpened = (): boolean => false;
  openDevTools = (): void => undefined;
  closeDevTools = (): void => undefined;
  setZoomFactor = (): void => undefined;
  setVisualZoomLevelLimits = (): Promise<void> => Promise.resolve();
  focus = (): void => undefined;
  close = (): void => {
    this.window.close();
  };
  reload = (): void => {
    unawaited(this.loadURL(this.mainFrame.url));
  };

  loadURL = async (url: string): Promise<void> => {
    this.emit('did-start-loading');
    this.crashed = false;
    const { error } = await pages().load(this.id, url);
    if (error === null) return;
    this.emit('did-fail-load', preventable(), -2, error, url, true);
    throw Object.assign(new Error(`${error} loading '${url}'`), { code: error, url });
  };

  send = (channel: string, ...args: unknown[]): void => {
    if (this.isDestroyed()) throw new TypeError('Object has been destroyed');
    unawaited(pages().send(this.id, channel, codec.encode(args)));
  };

  setWindowOpenHandler = (
    handler: (details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse,
  ): void => {
    this.#openHandler = handler as unknown as OpenHandler;
  };

  mayOpen(url: string): boolean {
    const details = { url, frameName: '', features: '', disposition: 'foreground-tab', referrer: {} };
    return (this.#openHandler?.(details) ?? { action: 'allow' }).action === 'allow';
  }

  mayNavigate(url: string, main: boolean): boolean {
    const event = preventable({ url, isMainFrame: main, isSameDocument: false });
    if (main) this.emit('will-navigate', event, url);
    this.emit('will-frame-navigate', event);
    return !event.defaultPrevented;
  }

  frame({ url, main }: WireFrame): StandInFrame {
    if (!main) return new StandInFrame(this, url, this.mainFrame);
    this.mainFrame.url = url;
    return this.mainFrame;
  }
}

type WindowShape = Pick<
  Electron.BrowserWindow,
  | 'id'
  | 'show'
  | 'hide'
  | 'focus'
  | 'close'
  | 'destroy'
  | 'isDestroyed'
  | 'isVisible'
  | 'isFocused'
  | 'isMinimized'
  | 'restore'
  | 'minimize'
  | 'loadURL'
  | 'setTitle'
  | 'getTitle'
  | 'getBounds'
  | 'setBounds'
  | 'setMenu'
  | 'removeMenu'
  | 'setMenuBarVisibility'
  | 'getNormalBounds'
  | 'isMaximized'
  | 'maximize'
  | 'isFullScreen'
  | 'showInactive'
  | 'setMinimumSize'
  | 'getSize'
  | 'setBackgroundColor'
  | 'flashFrame'
  | 'blur'
>;

/** A window: a page in Chromium that the test holds. */
export class StandInBrowserWindow extends EventEmitter implements WindowShape {
  static readonly open = new Map<number, StandInBrowserWindow>();
  static made = 0;
  readonly id: number;
  readonly webContents: StandInWebContents;
  readonly preferences: Electron.WebPreferences;
  #title: string;
  #visible: boolean;
  #minimized = false;
  #focused = false;
  #destroyed = false;
  #bounds: Electron.Rectangle;

  static getAllWindows = (): StandInBrowserWindow[] => [...StandInBrowserWindow.open.values()];
  static fromId = (id: number): StandInBrowserWindow | null => StandInBrowserWindow.open.get(id) ?? null;
  static fromWebContents = (contents: StandInWebContents): StandInBrowserWindow | null =>
    StandInBrowserWindow.fromId(contents.id);
  static getFocusedWindow = (): StandInBrowserWindow | null =>
    StandInBrowserWindow.getAllWindows().find((window) => window.isFocused()) ?? null;

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super();
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    this.id = ++StandInBrowserWindow.made;
    const { webPreferences = {}, width = 800, height = 600 } = options;
    this.preferences = webPreferences;
    this.#title = options.title ?? app.name;
    this.#visible = options.show ?? true;
    this.#bounds = { x: options.x ?? 0, y: options.y ?? 0, width, height };
    const partition = webPreferences.partition;
    this.webContents = new StandInWebContents(
      this,
      (webPreferences.session as unknown as StandInSession | undefined) ??
        (partition === undefined ? session.defaultSession : session.fromPartition(partition)),
    );
    StandInBrowserWindow.open.set(this.id, this);
    const { preload } = webPreferences;
    const source = preload === undefined ? null : readFileSync(preload, 'utf8');
    unawaited(pages().createWindow(this.id, source, { width, height }));
    app.emit('browser-window-created', preventable(), this);
    app.emit('web-contents-created', preventable(), this.webContents);
  }

  loadURL = (url: string): Promise<void> => this.webContents.loadURL(url);
  isDestroyed = (): boolean => this.#destroyed;
  isVisible = (): boolean => this.#visible;
  isFocused = (): boolean => this.#focused;
  isMinimized = (): boolean => this.#minimized && !desktop.wayland;
  isMaximized = (): boolean => false;
  isFullScreen = (): boolean => false;
  getTitle = (): string => this.#title;
  setTitle = (title: string): void => void (this.#title = title);
  getBounds = (): Electron.Rectangle => ({ ...this.#bounds, ...(desktop.wayland && { x: 0, y: 0 }) });
  getNormalBounds = this.getBounds;
  getSize = (): number[] => [this.#bounds.width, this.#bounds.height];
  setBounds = (bounds: Partial<Electron.Rectangle>): void =>
    void (this.#bounds = { ...this.#bounds, ...bounds });
  setMenu = (): void => undefined;
  removeMenu = (): void => undefined;
  setMenuBarVisibility = (): void => undefined;
  setAutoHideMenuBar = (): void => undefined;
  setIcon = (): void => undefined;
  setMinimumSize = (): void => undefined;
  setBackgroundColor = (): void => undefined;
  setSkipTaskbar = (): void => undefined;
  flashFrame = (): void => undefined;
  moveTop = (): void => undefined;
  maximize = (): void => undefined;

  show = (): void => {
    this.#alive();
    const was = this.#visible;
    // Wayland brings nothing back that the person put away, but shows what was hidden.
    if (!was || !desktop.wayland) this.#minimized = false;
    this.#visible = true;
    unawaited(pages().show(this.id));
    if (!was) this.emit('show');
    if (!was && desktop.wayland) this.emit('ready-to-show');
    this.focus();
  };
  showInactive = this.show;
  focus = (): void => {
    this.#alive();
    if (this.#minimized) return;
    for (const other of StandInBrowserWindow.getAllWindows()) other.#focused = false;
    this.#focused = true;
    this.emit('focus');
  };
  blur = (): void => {
    this.#focused = false;
    this.emit('blur');
  };
  hide = (): void => {
    this.#alive();
    this.#visible = false;
    this.#focused = false;
    this.emit('hide');
  };
  minimize = (): void => {
    this.#alive();
    this.#minimized = true;
    this.#focused = false;
    this.emit('minimize');
  };
  restore = (): void => {
    this.#alive();
    if (desktop.wayland) return;
    this.#minimized = false;
    this.emit('restore');
  };

  close = (): void => {
    if (this.#destroyed) return;
    const event = preventable();
    this.emit('close', event);
    if (event.defaultPrevented) app.closeRefused();
    else setImmediate(this.destroy);
  };

  destroy = (): void => {
    if (this.#destroyed) return;
    this.#destroyed = true;
    StandInBrowserWindow.open.delete(this.id);
    unawaited(pages().destroy(this.id));
    this.webContents.emit('destroyed');
    // The app is notified that all windows are closed before this one emits its own event.
    if (StandInBrowserWindow.open.size === 0) app.windowsGone();
    this.emit('closed');
  };

  seen(): SeenWindow {
    return {
      id: this.id,
      title: this.#title,
      visible: this.#visible && !this.#minimized,
      url: this.webContents.getURL(),
      preferences: JSON.parse(
        JSON.stringify(this.preferences, (key, value: unknown) => (key === 'session' ? null : value)),
      ) as Record<string, unknown>,
    };
  }

  #alive(): void {
    if (this.#destroyed) throw new TypeError('Object has been destroyed');
  }
}

app.windows = {
  count: () => StandInBrowserWindow.open.size,
  closeAll: () => {
    for (const window of StandInBrowserWindow.getAllWindows()) window.close();
  },
  destroyAll: () => {
    for (const window of StandInBrowserWindow.getAllWindows()) window.destroy();
  },
};
