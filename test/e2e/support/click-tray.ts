import { expect } from '@playwright/test';
import type { SeenMenuItem, SeenTray } from '../../stand-in/wire.ts';

/** As the menu finds it: the item of that label, else the first that begins so. */
function itemAt(
  menu: readonly SeenMenuItem[],
  [label = '', ...rest]: readonly string[],
): SeenMenuItem | null {
  const item = menu.find((each) => each.label === label) ?? menu.find((each) => each.label.startsWith(label));
  if (item === undefined) return null;
  return rest.length === 0 ? item : itemAt(item.items, rest);
}

/** Waits, as a person would, until the tray shows the item and it can be clicked; the tray may be a moment behind. */
export async function clickTrayItem(
  tray: () => Promise<SeenTray | null>,
  click: (path: string[]) => Promise<void>,
  path: string[],
): Promise<void> {
  const standing = async (): Promise<string> => {
    const item = itemAt((await tray())?.menu ?? [], path);
    return item === null ? 'not there' : item.enabled ? 'enabled' : 'disabled';
  };
  await expect.poll(standing, { message: `tray: ${path.join(' → ')}`, intervals: [50] }).toBe('enabled');
  await click(path);
}
