import type { SeenMenuItem, SeenTray } from '../../stand-in/wire.ts';

/** Every label of a menu, in order; those of a submenu after their own. */
export const labels = (menu: readonly SeenMenuItem[]): string[] =>
  menu.flatMap(({ label, type, items }) => (type === 'separator' ? [] : [label, ...labels(items)]));

/** What can be switched to. */
export const radios = (tray: SeenTray | null): string[] =>
  tray?.menu.filter(({ type }) => type === 'radio').map(({ label }) => label) ?? [];

/** The name in the radio item that has the mark, without site and account; null when none has it. */
export const marked = (tray: SeenTray | null): string | null =>
  tray?.menu.find(({ type, checked }) => type === 'radio' && checked)?.label.split(' – ')[0] ?? null;
