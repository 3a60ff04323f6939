import path from 'node:path';
import type { TrayIcon } from './tray-state.ts';

export interface TrayBackground {
  platform: string;
  /** `XDG_CURRENT_DESKTOP`. */
  desktop: string | undefined;
  /** Whether the system's panels are dark, independent of the app's theme. */
  systemDark: boolean;
  /** Of the primary display. */
  scaleFactor: number;
}

/** Name of the icon file: macOS colours template images itself, other systems need the icon for their background. */
export function trayIconFile(icon: TrayIcon, background: TrayBackground): string {
  const { platform, desktop, systemDark, scaleFactor } = background;
  if (platform === 'darwin') return `${icon}Template.png`;
  if (platform === 'win32') return `${icon}-on-${systemDark ? 'dark' : 'light'}.ico`;
  // The top bar of GNOME and Ubuntu is dark even in light themes.
  const dark = systemDark || /gnome|unity/i.test(desktop ?? '');
  // KDE's panel draws 22 pixels, the others 24.
  const size = scaleFactor > 1.5 ? 48 : scaleFactor > 1 ? 32 : /kde/i.test(desktop ?? '') ? 22 : 24;
  return `${icon}-on-${dark ? 'dark' : 'light'}-${size}.png`;
}

/** The folder of the tray icons: next to the packaged app, or in a checkout. */
export const trayFolder = (parts: { packaged: boolean; resources: string; root: string }): string =>
  parts.packaged ? path.join(parts.resources, 'tray') : path.join(parts.root, 'build', 'tray');
