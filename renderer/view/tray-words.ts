/** Shown where the desktop has no tray icons. */
export const NO_TRAY = 'Your desktop shows no tray icons; the window stays open.';

/** Where the tray icon is on this system. */
export function trayWords(tray: boolean, userAgent: string): string {
  if (!tray) return `${NO_TRAY} Start Tokentray again to bring the window to the front.`;
  if (userAgent.includes('Mac OS')) {
    return 'Closing the window keeps Tokentray running. Its icon is in the menu bar, at the top right.';
  }
  if (userAgent.includes('Windows')) {
    return 'Closing the window keeps Tokentray running. Its icon is in the taskbar corner: click the arrow there, and drag the icon out to keep it visible.';
  }
  return 'Closing the window keeps Tokentray running. Its icon is in the system tray.';
}
