import type { MenuItemConstructorOptions } from 'electron';

export interface AppMenuActions {
  settings: () => void;
}

/**
 * The application menu. Without the Edit menu the shortcuts for cut, copy and paste do not work on macOS, even in an app
 * without a dock icon. Shortcuts that the page handles itself have no accelerator here.
 */
export function appMenu(
  platform: string,
  { packaged, name }: { packaged: boolean; name: string },
  actions: AppMenuActions,
): MenuItemConstructorOptions[] {
  const settings: MenuItemConstructorOptions = { label: 'Settings…', click: actions.settings };
  const line: MenuItemConstructorOptions = { type: 'separator' };
  const mac = platform === 'darwin';
  return [
    mac
      ? {
          label: name,
          submenu: [
            { role: 'about' },
            line,
            settings,
            line,
            { role: 'hide' },
            { role: 'hideOthers' },
            { role: 'unhide' },
            line,
            { role: 'quit' },
          ],
        }
      : { label: 'File', submenu: [settings, line, { role: 'close' }, { role: 'quit' }] },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        // Ctrl+R refreshes a connection, so there is no entry for reloading.
        ...(packaged ? [] : ([{ type: 'separator' }, { role: 'toggleDevTools' }] as const)),
      ],
    },
    ...(mac ? ([{ role: 'windowMenu' }] as const) : []),
  ];
}
