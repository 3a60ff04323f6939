import path from 'node:path';
import type { CoreApi } from '../../api/core-api.ts';
import type { Clipboard, Desktop, Host, Presence } from '../../core/host.ts';
import type { Clock } from '../../lib/clock.ts';
import { DisposableStack } from '../../lib/disposable.ts';
import { Emitter } from '../../lib/emitter.ts';
import type { Logger } from '../../lib/log.ts';
import { ok, type Result } from '../../lib/result.ts';
import { lazyPresence } from '../lazy-presence.ts';
import { StaticFiles } from '../static-files.ts';
import { serveApp } from './app-protocol.ts';
import { electronClipboard, waylandClipboard } from './clipboard.ts';
import { desktopUpdater } from './desktop-updater.ts';
import { desktopStateFile, type DesktopStateFile } from './desktop-state.ts';
import { createDesktopShell, type DesktopShell } from './desktop-shell.ts';
import type { ElectronApi } from './electron-api.ts';
import { fileChooser } from './file-chooser.ts';
import { guardContents } from './guard-contents.ts';
import { setStartsAtLogin, startsAtLogin, type LoginItemParts } from './login-item.ts';
import { openUrl } from './open-url.ts';
import { APP_SCHEME } from './own-page.ts';
import { guardPermissions } from './permissions.ts';
import { watchPower } from './power.ts';
import { electronPresence } from './presence.ts';
import { touchId } from './touch-id.ts';
import type { TrayPresence } from './tray-presence.ts';
import { PARTITION } from './web-preferences.ts';
import type { StartRequests } from './start-requests.ts';
import { wlClipboard } from './wl-clipboard.ts';

export interface ElectronHostParts {
  electron: ElectronApi;
  /** The data folder. */
  home: string;
  /** The folder that holds `out/` and `package.json`. */
  root: string;
  /** Electron's resources folder. */
  resources: string;
  platform: string;
  /** The kernel's version. */
  release: string;
  env: Readonly<Record<string, string | undefined>>;
  homedir: string;
  uid: number | null;
  execPath: string;
  /** Whether Electron is a Wayland client. */
  wayland: boolean;
  /** Whether the desktop shows tray icons; if not, the window stays open. */
  trayPresence: TrayPresence;
  requests: StartRequests;
  clock: Clock;
  logger: Logger;
}

export interface ElectronHost extends Host {
  readonly kind: 'electron';
  /** Connects tray, window and notifications to the core, and opens the window if it was requested. */
  attach(api: CoreApi): Promise<void>;
  /** The app is about to quit: closing the window then no longer just hides it. */
  setEnding(ending: boolean): void;
}

/** The host that Electron provides. Call it once Electron is ready. */
export function createElectronHost(parts: ElectronHostParts): ElectronHost {
  const { electron, home, root, requests, clock, logger } = parts;
  const remembered = desktopStateFile(home, logger);
  const ending = new DisposableStack();
  const open = (address: string): Promise<Result<void>> => openUrl(electron.shell, address);

  const pages = electron.session.fromPartition(PARTITION);
  guardPermissions(pages);
  pages.protocol.handle(APP_SCHEME, serveApp(new StaticFiles(path.join(root, 'out', 'renderer'))));
  electron.app.on('web-contents-created', (_event, contents) => {
    guardContents(contents, open);
  });
  const power = ending.add(watchPower({ powerMonitor: electron.powerMonitor, net: electron.net, clock }));

  const authentication = touchId(electron.systemPreferences, parts.platform);
  let shell: DesktopShell | null = null;
  const setEnding = (isEnding: boolean): void => {
    requests.setEnding(isEnding);
    shell?.setEnding(isEnding);
  };

  return {
    kind: 'electron',
    clipboard: clipboardOf(parts),
    desktop: desktopOf({ ...parts, app: electron.app, remembered }),
    onPower: power.onPower,
    presence: presenceOf(parts),
    ...(authentication && { authentication }),
    updater: desktopUpdater({ ...parts, packaged: electron.app.isPackaged, setEnding }),
    openUrl: open,
    openWindow: () => {
      requests.ask();
      return Promise.resolve(ok({ url: null }));
    },
    async attach(api) {
      const attached = ending.add(await createDesktopShell({ ...parts, remembered }, api));
      shell = attached;
      attached.setEnding(requests.ending);
      requests.serve(() => {
        attached.show(null);
      });
    },
    setEnding,
    dispose: () => ending.dispose(),
  };
}

function clipboardOf({ electron, platform, env, wayland, clock }: ElectronHostParts): Clipboard {
  const clipboard = electronClipboard(electron, platform);
  if (!wayland) return clipboard;
  return waylandClipboard({
    electron: clipboard,
    wl: wlClipboard({ env, clock }),
    focused: () => electron.BrowserWindow.getFocusedWindow() !== null,
  });
}

function desktopOf(
  parts: LoginItemParts &
    Pick<ElectronHostParts, 'electron' | 'trayPresence'> & { remembered: DesktopStateFile },
): Desktop {
  const { dialog, shell, BrowserWindow } = parts.electron;
  const changes = new Emitter<void>();
  void parts.trayPresence.settled.then(() => {
    changes.emit();
  });
  return {
    // Read each time: the setting can also be changed in the system.
    get status() {
      return { tray: parts.trayPresence.shown, startsAtLogin: startsAtLogin(parts) };
    },
    onChange: changes.event,
    setStartsAtLogin: (on) => {
      const set = setStartsAtLogin(parts, on);
      if (set.ok) changes.emit();
      return Promise.resolve(set);
    },
    choosePath: fileChooser({
      dialog,
      // There is no more than one.
      window: () => BrowserWindow.getAllWindows()[0] ?? null,
      remembered: parts.remembered,
      homedir: parts.homedir,
    }),
    showInFolder: (file) => {
      shell.showItemInFolder(file);
    },
  };
}

function presenceOf({ electron, platform, env, uid, wayland, clock }: ElectronHostParts): Presence {
  const bus =
    platform !== 'linux'
      ? null
      : lazyPresence(async () =>
          (await import('../bus-presence.ts')).busPresence({ env, uid: uid ?? 0, clock }),
        );
  return electronPresence({ powerMonitor: electron.powerMonitor, bus, wayland });
}
