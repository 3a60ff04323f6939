import type { MenuItemConstructorOptions } from 'electron';
import { SECTIONS } from '../../../contract/sections.ts';
import type { ShowTarget } from '../../../contract/show.ts';

export interface AppMenuActions {
  show: (target: ShowTarget) => void;
}

/**
 * The application menu. Without the Edit menu the shortcuts for cut, copy and paste do not work on macOS, even in an app
 * without a dock icon. Shortcuts that the page handles itself are only shown here, where the system can only show them.
 */
export function appMenu(
  platform: string,
  { packaged, name }: { packaged: boolean; name: string },
  actions: AppMenuActions,
): MenuItemConstructorOptions[] {
  const opens = (label: string, target: ShowTarget): MenuItemConstructorOptions => ({
    label,
    click: () => {
      actions.show(target);
    },
  });
  const settings = opens('Settings…', { view: 'settings' });
  const sections = SECTIONS.map(({ id, label }, index): MenuItemConstructorOptions => ({
    ...opens(label, { view: id }),
    accelerator: `CommandOrControl+${index + 1}`,
    registerAccelerator: false,
  }));
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
        ...sections,
        line,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        // Ctrl+R refreshes a connection, so there is no entry for reloading.
        ...(packaged ? [] : ([{ type: 'separator' }, { role: 'toggleDevTools' }] as const)),
      ],
    },
    ...(mac ? ([{ role: 'windowMenu' }] as const) : []),
    { role: 'help', submenu: [opens('Keyboard shortcuts', { view: 'keys' })] },
  ];
}
