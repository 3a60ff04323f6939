import type { MenuItemConstructorOptions } from 'electron';
import { assertNever } from '../../lib/result.ts';
import type { MenuForms } from './menu-forms.ts';
import type { TrayCommand, TrayItem } from './tray-item.ts';

/** Electron's menu template for the entries. */
export function nativeMenu(
  items: readonly TrayItem[],
  run: (command: TrayCommand) => void,
  forms: MenuForms,
): MenuItemConstructorOptions[] {
  return items.map((item): MenuItemConstructorOptions => {
    switch (item.kind) {
      case 'separator':
        return { type: 'separator' };
      case 'heading':
        return forms.headers ? { type: 'header', label: item.label } : { label: item.label, enabled: false };
      case 'submenu':
        return { label: item.label, submenu: nativeMenu(item.items, run, forms) };
      case 'action':
        return {
          label: item.label,
          ...(item.sublabel !== undefined && { sublabel: item.sublabel }),
          // Shown only: the window and the app's menu listen for it.
          ...(item.keys !== undefined && { accelerator: item.keys, registerAccelerator: false }),
          click: () => {
            run(item.command);
          },
        };
      case 'radio':
      case 'checkbox':
        return {
          type: item.kind,
          label: item.label,
          ...(item.sublabel !== undefined && { sublabel: item.sublabel }),
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
