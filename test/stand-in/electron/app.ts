import { EventEmitter } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { chromiumSignals } from './chromium-signals.ts';
import { InstanceLock } from './instance-lock.ts';
import { desktop } from './link.ts';
import { preventable } from './preventable.ts';

/** What the app needs to know of windows to quit in order; set by `windows.ts`. */
export interface WindowList {
  count: () => number;
  closeAll: () => void;
  destroyAll: () => void;
}

const root = path.resolve(import.meta.dirname, '../../..');
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  name: string;
  productName?: string;
  version: string;
};
const exitProcess = process.exit.bind(process);

type AppShape = Pick<
  Electron.App,
  | 'whenReady'
  | 'isReady'
  | 'quit'
  | 'exit'
  | 'relaunch'
  | 'focus'
  | 'getPath'
  | 'setPath'
  | 'getAppPath'
  | 'getName'
  | 'setName'
  | 'getVersion'
  | 'getLocale'
  | 'requestSingleInstanceLock'
  | 'hasSingleInstanceLock'
  | 'releaseSingleInstanceLock'
  | 'setLoginItemSettings'
  | 'getLoginItemSettings'
  | 'setAppUserModelId'
  | 'disableHardwareAcceleration'
  | 'setAsDefaultProtocolClient'
  | 'enableSandbox'
  | 'setAboutPanelOptions'
  | 'isPackaged'
  | 'name'
  | 'commandLine'
  | 'setDesktopName'
  | 'dock'
>;

/** `app`: events and the order of quitting as documented (https://www.electronjs.org/docs/latest/api/app). */
export class StandInApp extends EventEmitter implements AppShape {
  readonly isPackaged = false;
  readonly dock = undefined;
  name = manifest.productName ?? manifest.name;
  /** Names of the events so far. */
  readonly said: string[] = [];
  loginItem: Electron.Settings | null = null;
  windows: WindowList = { count: () => 0, closeAll: () => undefined, destroyAll: () => undefined };
  readonly #paths = new Map<string, string>();
  readonly #lock = new InstanceLock();
  /** Chromium says here which of the two it has decided for. */
  readonly #switches = new Map([['ozone-platform', desktop.wayland ? 'wayland' : 'x11']]);
  readonly #whenReady: Promise<void>;
  #ready = false;
  #quitting = false;
  #exiting = false;
  #ended = false;
  #exitCode = 0;

  readonly commandLine = {
    appendSwitch: (name: string, value = '') => void this.#switches.set(name, value),
    appendArgument: () => undefined,
    hasSwitch: (name: string) => this.#switches.has(name),
    getSwitchValue: (name: string) => this.#switches.get(name) ?? '',
    removeSwitch: (name: string) => void this.#switches.delete(name),
  };

  constructor() {
    super();
    this.#whenReady = new Promise((resolve) => {
      // After the main script, as Electron does.
      setImmediate(() => {
        chromiumSignals(() => {
          this.quit();
        });
        this.#ready = true;
        this.emit('will-finish-launching');
        this.emit('ready', preventable(), {});
        resolve();
      });
    });
    process.exit = ((code?: number) => {
      this.exit(code ?? (Number(process.exitCode) || 0));
    }) as typeof process.exit;
    // `lib/browser/init.ts`: an exception does not end the app, unless the app says so.
    process.on('uncaughtException', (fault) => {
      if (process.listenerCount('uncaughtException') > 1) return;
      process.stderr.write(`A JavaScript error occurred in the main process: ${fault.stack ?? ''}\n`);
    });
  }

  override emit(name: string, ...args: unknown[]): boolean {
    this.said.push(name);
    return super.emit(name, ...args);
  }

  whenReady = (): Promise<void> => this.#whenReady;
  isReady = (): boolean => this.#ready;
  getName = (): string => this.name;
  setName = (name: string): void => void (this.name = name);
  getVersion = (): string => manifest.version;
  getLocale = (): string => 'en-GB';
  getAppPath = (): string => root;
  focus = (): void => undefined;
  relaunch = (): void => void process.stderr.write('(starts again after its end)\n');
  setAppUserModelId = (): void => undefined;
  setDesktopName = (): void => undefined;
  disableHardwareAcceleration = (): void => {
    this.#beforeReady('disableHardwareAcceleration');
  };
  enableSandbox = (): void => {
    this.#beforeReady('enableSandbox');
  };
  setAsDefaultProtocolClient = (): boolean => true;
  setAboutPanelOptions = (): void => undefined;
  getLoginItemSettings = (): Electron.LoginItemSettings => ({
    openAtLogin: this.loginItem?.openAtLogin ?? false,
    // Known from the launch notification on.
    wasOpenedAtLogin: desktop.openedAtLogin && this.#ready,
    status: 'not-registered',
    executableWillLaunchAtLogin: this.loginItem?.openAtLogin ?? false,
    launchItems: [],
  });
  setLoginItemSettings = (settings: Electron.Settings): void => void (this.loginItem = settings);

  getPath = (name: string): string => {
    const chosen = this.#paths.get(name);
    if (chosen !== undefined) return chosen;
    const home = homedir();
    const config = process.env['XDG_CONFIG_HOME'] ?? path.join(home, '.config');
    switch (name) {
      case 'home':
        return home;
      case 'appData':
        return config;
      case 'userData':
      case 'sessionData':
        return path.join(config, this.name);
      case 'temp':
        return tmpdir();
      case 'exe':
        return process.execPath;
      case 'logs':
        return path.join(this.getPath('userData'), 'logs');
      case 'desktop':
      case 'documents':
      case 'downloads':
        return path.join(home, name.charAt(0).toUpperCase() + name.slice(1));
      default:
        throw new Error(`Failed to get '${name}' path`);
    }
  };

  setPath = (name: string, folder: string): void => {
    if (!path.isAbsolute(folder)) throw new Error('Path must be absolute');
    this.#paths.set(name, folder);
  };

  requestSingleInstanceLock = (additionalData?: Record<string, unknown>): boolean => {
    const folder = this.getPath('userData');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const start = {
      argv: process.argv,
      workingDirectory: process.cwd(),
      additionalData: additionalData ?? null,
    };
    return this.#lock.request(folder, start, (second) => {
      void this.#whenReady.then(() => {
        // As Chromium: a process that is ending answers nobody.
        if (this.#ended) return;
        this.emit(
          'second-instance',
          preventable(),
          second.argv,
          second.workingDirectory,
          second.additionalData,
        );
      });
    });
  };
  hasSingleInstanceLock = (): boolean => this.#lock.held;
  releaseSingleInstanceLock = (): void => {
    this.#lock.release();
  };

  quit = (): void => {
    if (this.#quitting) return;
    const event = preventable();
    this.#quitting = true;
    this.emit('before-quit', event);
    if (event.defaultPrevented) {
      this.#quitting = false;
      return;
    }
    if (this.windows.count() === 0) this.#willQuit();
    else this.windows.closeAll();
  };

  exit = (code = 0): void => {
    this.#exitCode = code;
    this.#quitting = true;
    this.#exiting = true;
    this.windows.destroyAll();
    this.#end();
  };

  /** Called when the last window has gone. */
  windowsGone(): void {
    if (this.#exiting) return;
    if (this.#quitting) this.#willQuit();
    else if (this.listenerCount('window-all-closed') === 0) this.quit();
    else this.emit('window-all-closed');
  }

  /** Called when a window refused to close. */
  closeRefused(): void {
    this.#quitting = false;
  }

  #willQuit(): void {
    if (this.#ended) return;
    const event = preventable();
    this.emit('will-quit', event);
    if (event.defaultPrevented) {
      this.#quitting = false;
      return;
    }
    this.#end();
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.emit('quit', preventable(), this.#exitCode);
    this.#lock.release();
    exitProcess(this.#exitCode);
  }

  #beforeReady(name: string): void {
    if (this.#ready) throw new Error(`app.${name}() can only be called before app is ready`);
  }
}

export const app = new StandInApp();
