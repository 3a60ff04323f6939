import path from 'node:path';
import type { TrayIcon } from './tray-state.ts';

export interface TrayGround {
  platform: string;
  /** `XDG_CURRENT_DESKTOP`. */
  desktop: string | undefined;
  /** Whether the system's own bars are dark, whatever the app's theme. */
  systemDark: boolean;
  /** Of the main display. */
  scaleFactor: number;
}

/** Name of the file to show: macOS colours its templates itself, the others need the one for their ground. */
export function trayIconFile(icon: TrayIcon, ground: TrayGround): string {
  const { platform, desktop, systemDark, scaleFactor } = ground;
  if (platform === 'darwin') return `${icon}Template.png`;
  if (platform === 'win32') return `${icon}-on-${systemDark ? 'dark' : 'light'}.ico`;
  // GNOME's and Ubuntu's top bar is dark in light themes too.
  const dark = systemDark || /gnome|unity/i.test(desktop ?? '');
  // KDE's panel draws 22 pixels, the others 24.
  const size = scaleFactor > 1.5 ? 48 : scaleFactor > 1 ? 32 : /kde/i.test(desktop ?? '') ? 22 : 24;
  return `${icon}-on-${dark ? 'dark' : 'light'}-${size}.png`;
}

/** Where the tray's icons lie: beside the packaged app, or in a checkout. */
export const trayFolder = (parts: { packaged: boolean; resources: string; root: string }): string =>
  parts.packaged ? path.join(parts.resources, 'tray') : path.join(parts.root, 'build', 'tray');
