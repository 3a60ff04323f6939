import path from 'node:path';
import type { CallInput, CallName, CallOutput } from '../../../contract/calls.ts';
import type { ShowTarget } from '../../../contract/show.ts';
import { FROM_WINDOW } from '../../api/call-from.ts';
import type { CoreApi } from '../../api/core-api.ts';
import { DisposableStack, type Disposable } from '../../lib/disposable.ts';
import type { Result } from '../../lib/result.ts';
import { serveWindows } from '../../transports/electron-ipc.ts';
import { appMenu } from './app-menu.ts';
import { COPIED_SHOWN_MS, copiedNotice, type Copied } from './copied-notice.ts';
import { applyEvent, modelOf } from './desktop-model.ts';
import type { DesktopStateFile } from './desktop-state.ts';
import type { ElectronHostParts } from './electron-host.ts';
import { ExpiryNotices } from './expiry-notices.ts';
import { MainWindow } from './main-window.ts';
import { menuForms } from './menu-forms.ts';
import { CLOSED, NO_TRAY, notificationFor, type DesktopNotification } from './notification-for.ts';
import { Notifications } from './notifications.ts';
import { isOwnPage } from './own-page.ts';
import { runCommand } from './run-command.ts';
import { systemTheme } from './system-theme.ts';
import { trayFolder } from './tray-icon.ts';
import type { TrayCommand } from './tray-item.ts';
import { DesktopTray } from './tray.ts';
import { webPreferences } from './web-preferences.ts';

export interface DesktopShell extends Disposable {
  show(target: ShowTarget | null): void;
  setEnding(ending: boolean): void;
}

/** The window, the tray icon and the notifications, as clients of the core: they use only its calls and events. */
export async function createDesktopShell(
  parts: ElectronHostParts & { remembered: DesktopStateFile },
  api: CoreApi,
): Promise<DesktopShell> {
  const { electron, root, resources, platform, env, wayland, remembered, trayPresence, clock, logger } =
    parts;
  const { app, nativeTheme } = electron;
  const packaged = app.isPackaged;
  const ending = new DisposableStack();

  const call = async <K extends CallName>(name: K, input: CallInput<K>): Promise<Result<CallOutput<K>>> =>
    (await api.dispatch(FROM_WINDOW, name, input)) as Result<CallOutput<K>>;
  const snapshot = await call('snapshot', {});
  if (!snapshot.ok) throw new Error(`the desktop shell cannot start: ${snapshot.error.message}`);
  let model = modelOf(snapshot.value);

  const transport = ending.add(serveWindows({ ipcMain: electron.ipcMain, api, isOwnPage }));
  const window: MainWindow = ending.add(
    new MainWindow({
      createWindow: (options) => new electron.BrowserWindow(options),
      webPreferences: webPreferences({ preload: path.join(root, 'out', 'main', 'preload.js'), packaged }),
      workAreas: () => electron.screen.getAllDisplays().map(({ workArea }) => workArea),
      register: (opened) => transport.register(opened),
      remembered,
      wayland,
      // Installed packages include their own.
      icon: platform === 'linux' && !packaged ? path.join(root, 'build', 'icons', '512x512.png') : undefined,
      clock,
      logger,
      mayHide: () => trayPresence.shown,
      onShown: (shown) => {
        // Without a window the app is only in the menu bar.
        if (shown) void app.dock?.show();
        else app.dock?.hide();
      },
      onHidden: () => {
        if (remembered.get().closingTold) return;
        void notify(trayPresence.shown ? CLOSED : NO_TRAY).then((closingTold) => {
          if (closingTold) remembered.set({ closingTold });
        });
      },
    }),
  );
  const show = (target: ShowTarget | null): void => {
    window.open(target);
  };
  const notifications = ending.add(
    new Notifications({
      isSupported: () => electron.Notification.isSupported(),
      create: (options) => new electron.Notification(options),
      windowInFront: () => window.inFront,
      enabled: () => model.settings.notifications,
      open: show,
      platform,
      clock,
    }),
  );
  const notify = (notification: DesktopNotification): Promise<boolean> => notifications.notify(notification);

  electron.Menu.setApplicationMenu(
    electron.Menu.buildFromTemplate(appMenu(platform, { packaged, name: app.name }, { show })),
  );

  const quit = (): void => {
    app.quit();
  };
  const alert = (title: string, detail: string): void => {
    void electron.dialog.showMessageBox({ type: 'warning', message: title, detail });
  };
  const copied = (what: Copied): void => {
    const notice = copiedNotice(what);
    tray?.note(notice.title, COPIED_SHOWN_MS);
    void notify(notice);
  };
  const resumed = (): void => tray?.refresh();
  let ended = false;
  let tray: DesktopTray | null = null;
  const backgroundChanged = (): void => tray?.backgroundChanged();
  const theme = ending.add(
    systemTheme({ nativeTheme, platform, env, uid: parts.uid ?? 0, onChange: backgroundChanged }),
  );
  // Not before the desktop is ready: an icon that is created too early is never shown.
  void trayPresence.settled.then(() => {
    if (ended) return;
    const made = new DesktopTray(
      {
        createTray: (image) => new electron.Tray(image),
        loadImage: (file) => electron.nativeImage.createFromPath(file),
        buildMenu: (template) => electron.Menu.buildFromTemplate(template),
        folder: trayFolder({ packaged, resources, root }),
        background: () => ({
          platform,
          desktop: env['XDG_CURRENT_DESKTOP'],
          systemDark: theme.dark,
          scaleFactor: electron.screen.getPrimaryDisplay().scaleFactor,
        }),
        clock,
        run: (command: TrayCommand) => {
          void runCommand(command, { call, open: show, notify, alert, copied, quit }).finally(() => {
            made.rebuild();
          });
        },
        platform,
        forms: menuForms(platform, parts.release),
      },
      model,
    );
    tray = ending.add(made);
  });
  electron.screen.on('display-metrics-changed', backgroundChanged);
  electron.powerMonitor.on('resume', resumed);
  ending.add({
    dispose: () => {
      ended = true;
      electron.screen.off('display-metrics-changed', backgroundChanged);
      electron.powerMonitor.off('resume', resumed);
    },
  });

  const notices = ending.add(
    new ExpiryNotices({ connections: () => model.connections.values(), remembered, notify, clock }),
  );
  nativeTheme.themeSource = model.settings.theme;
  ending.add(
    api.events((event) => {
      const before = model;
      model = applyEvent(before, event);
      if (model === before) return;
      if (event.type === 'settings') nativeTheme.themeSource = model.settings.theme;
      tray?.setModel(model);
      if (model.held.length === 0 && before.held.length > 0) notifications.withdraw('held');
      if (model.consents.length === 0 && before.consents.length > 0) notifications.withdraw('consent');
      const notification = notificationFor(event, before, model);
      // Even if it is not shown, the tray's icon and tooltip show the state.
      if (notification !== null) void notify(notification);
      if (event.type === 'connection' && event.connection.status.state === 'expiring') notices.check();
    }),
  );
  notices.check();

  return {
    show,
    setEnding: (isEnding) => {
      window.setEnding(isEnding);
    },
    dispose: () => ending.dispose(),
  };
}
