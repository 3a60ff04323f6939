import { EventEmitter } from 'node:events';
import process from 'node:process';
import type { SeenDialog, SeenNotification } from '../wire.ts';
import { desktop, pages, unawaited } from './link.ts';
import { preventable } from './preventable.ts';
import { StandInBrowserWindow } from './windows.ts';

/** The system's clipboard: plain text is what the app puts there. */
export const systemClipboard = {
  /** What other programs get. */
  text: '',
  copiedElsewhere(text: string): void {
    systemClipboard.text = text;
    offered = null;
  },
};

/**
 * What this app offers, for as long as it believes that the clipboard is its own. On Wayland an offer without a focused
 * window does not reach the compositor, and reading gives it all the same (Chromium's `wayland_clipboard.cc`).
 */
let offered: { text: string; types: string[]; reached: boolean } | null = null;

function offer(text: string, types: string[]): void {
  const reached = !desktop.wayland || StandInBrowserWindow.getFocusedWindow() !== null;
  withdraw();
  offered = { text, types, reached };
  if (reached) systemClipboard.text = text;
}

/** Taking the offer back needs no focus. */
function withdraw(): void {
  if (offered?.reached === true) systemClipboard.text = '';
  offered = null;
}

const heldText = (): string => offered?.text ?? systemClipboard.text;

/** One representation a type, as `clipboard.write` takes them. */
export class StandInClipboardItem implements Pick<Electron.ClipboardItem, 'types'> {
  readonly types: string[];
  readonly #items: Record<string, unknown>;

  constructor(items: Record<string, unknown>) {
    this.#items = items;
    this.types = Object.keys(items);
  }

  async getType(type: string): Promise<Blob> {
    if (!this.types.includes(type)) throw new Error(`there is no ${type}`);
    const value = await this.#items[type];
    return value instanceof Blob ? value : new Blob([String(value)], { type });
  }
}

const clipboardItems = async (): Promise<StandInClipboardItem[]> =>
  Promise.resolve(heldText() === '' ? [] : [new StandInClipboardItem({ 'text/plain': heldText() })]);

export const clipboard = {
  readText: () => Promise.resolve(heldText()),
  writeText: (text: string) => {
    if (typeof text !== 'string') return Promise.reject(new TypeError('writeText takes text'));
    offer(text, []);
    return Promise.resolve();
  },
  clear: () => {
    if (offered === null) systemClipboard.text = '';
    withdraw();
  },
  has: (type: string) =>
    Promise.resolve((type === 'text/plain' && heldText() !== '') || offered?.types.includes(type) === true),
  read: clipboardItems,
  write: async (items: StandInClipboardItem[]) => {
    const [item] = items;
    const text = item?.types.includes('text/plain') ? await (await item.getType('text/plain')).text() : '';
    offer(text, item?.types ?? []);
  },
} satisfies Record<Exclude<keyof Electron.Clipboard, 'selection'>, unknown>;

export const shell = {
  opened: [] as string[],
  openedUnder: [] as number[],
  openExternal: (url: string): Promise<void> => {
    shell.opened.push(url);
    // The browser is started within the call.
    const umask = process.umask(0o022);
    process.umask(umask);
    shell.openedUnder.push(umask);
    return Promise.resolve();
  },
  openPath: (): Promise<string> => Promise.resolve(''),
  shownItems: [] as string[],
  showItemInFolder: (file: string): void => {
    shell.shownItems.push(file);
  },
};

const answers = new Map<SeenDialog['kind'], Record<string, unknown>[]>();
export const shownDialogs: SeenDialog[] = [];

export function answerNextDialog(kind: SeenDialog['kind'], answer: Record<string, unknown>): void {
  answers.set(kind, [...(answers.get(kind) ?? []), answer]);
}

/** Options are the last argument; a window may come before them. */
function show<T>(kind: SeenDialog['kind'], args: unknown[], cancelled: T): T {
  const options = (args.at(-1) ?? {}) as Record<string, unknown>;
  const [parent] = args;
  shownDialogs.push({
    kind,
    options: JSON.parse(JSON.stringify(options)) as Record<string, unknown>,
    parent: parent instanceof StandInBrowserWindow ? parent.id : null,
  });
  const answer = answers.get(kind)?.shift();
  return { ...cancelled, ...answer };
}

export const dialog = {
  showMessageBox: (...args: unknown[]): Promise<Electron.MessageBoxReturnValue> => {
    const { cancelId = 0 } = (args.at(-1) ?? {}) as Electron.MessageBoxOptions;
    return Promise.resolve(show('message', args, { response: cancelId, checkboxChecked: false }));
  },
  showMessageBoxSync: (...args: unknown[]): number =>
    show('message', args, { response: ((args.at(-1) ?? {}) as Electron.MessageBoxOptions).cancelId ?? 0 })
      .response,
  showErrorBox: (title: string, content: string): void =>
    void shownDialogs.push({ kind: 'error', options: { title, content }, parent: null }),
  showOpenDialog: (...args: unknown[]): Promise<Electron.OpenDialogReturnValue> =>
    Promise.resolve(show('open', args, { canceled: true, filePaths: [] as string[] })),
  showSaveDialog: (...args: unknown[]): Promise<Electron.SaveDialogReturnValue> =>
    Promise.resolve(show('save', args, { canceled: true, filePath: '' })),
};

type NotificationShape = Pick<Electron.Notification, 'show' | 'close' | 'title' | 'body'>;

/** Shown ones stay on the screen until they are closed or clicked. */
export class StandInNotification extends EventEmitter implements NotificationShape {
  static readonly shown: StandInNotification[] = [];
  title: string;
  body: string;
  #open = false;

  static isSupported = (): boolean => desktop.notifications !== false;

  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super();
    this.title = options.title ?? '';
    this.body = options.body ?? '';
  }

  show = (): void => {
    if (desktop.notifications !== true) {
      setImmediate(() => this.emit('failed', preventable(), 'There is no notification service.'));
      return;
    }
    if (!StandInNotification.shown.includes(this)) StandInNotification.shown.push(this);
    this.#open = true;
    // Within the call, as libnotify answers.
    this.emit('show', preventable());
  };

  /** Closed by the app itself it says nothing any more: Electron lets go of it first. */
  close = (): void => {
    this.#open = false;
  };

  clicked(): void {
    if (!this.#open) throw new Error(`the notification “${this.title}” is not on the screen`);
    this.#open = false;
    this.emit('click', preventable());
    this.emit('close', preventable());
  }

  seen(id: number): SeenNotification {
    return { id, title: this.title, body: this.body, open: this.#open };
  }
}

/** Fired by the test. */
export const powerMonitor = Object.assign(new EventEmitter(), {
  getSystemIdleState: (): 'active' => 'active',
  getSystemIdleTime: (): number => 0,
  isOnBatteryPower: (): boolean => false,
  onBatteryPower: false,
});

/** Only a Mac asks. */
export const systemPreferences = {
  canPromptTouchID: (): boolean => false,
  promptTouchID: (): Promise<void> => Promise.reject(new Error('there is no Touch ID here')),
};

export const net = {
  isOnline: (): boolean => desktop.online,
  get online(): boolean {
    return desktop.online;
  },
  fetch: (input: string | Request, init?: RequestInit): Promise<Response> => fetch(input, init),
};

class StandInTheme
  extends EventEmitter
  implements
    Pick<
      Electron.NativeTheme,
      'themeSource' | 'shouldUseDarkColors' | 'shouldUseDarkColorsForSystemIntegratedUI'
    >
{
  #source: Electron.NativeTheme['themeSource'] = 'system';

  get themeSource(): Electron.NativeTheme['themeSource'] {
    return this.#source;
  }

  set themeSource(source: Electron.NativeTheme['themeSource']) {
    this.#source = source;
    unawaited(pages().colourScheme(source === 'system' ? null : source));
    this.emit('updated');
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === 'system' ? desktop.dark : this.#source === 'dark';
  }

  /** Only Windows tells the two apart. */
  get shouldUseDarkColorsForSystemIntegratedUI(): boolean {
    return this.shouldUseDarkColors;
  }
}

export const nativeTheme = new StandInTheme();

const display = {
  id: 1,
  scaleFactor: 1,
  bounds: { x: 0, y: 0, width: 1920, height: 1080 },
  workArea: { x: 0, y: 0, width: 1920, height: 1040 },
};

export const screen = Object.assign(new EventEmitter(), {
  getAllDisplays: () => [display],
  getPrimaryDisplay: () => display,
  getDisplayMatching: () => display,
  getDisplayNearestPoint: () => display,
  getCursorScreenPoint: () => ({ x: 0, y: 0 }),
});
