import type { MenuItemConstructorOptions } from 'electron';
import { assertNever } from '../../lib/result.ts';
import type { TrayCommand, TrayItem } from './tray-menu.ts';

/** Electron's menu template for the entries. */
export function nativeMenu(
  items: readonly TrayItem[],
  run: (command: TrayCommand) => void,
): MenuItemConstructorOptions[] {
  return items.map((item): MenuItemConstructorOptions => {
    switch (item.kind) {
      case 'separator':
        return { type: 'separator' };
      case 'heading':
        return { label: item.label, enabled: false };
      case 'submenu':
        return { label: item.label, submenu: nativeMenu(item.items, run) };
      case 'action':
        return {
          label: item.label,
          click: () => {
            run(item.command);
          },
        };
      case 'radio':
      case 'checkbox':
        return {
          type: item.kind,
          label: item.label,
          checked: item.checked,
          click: () => {
            run(item.command);
          },
        };
      default:
        return assertNever(item);
    }
  });
}
