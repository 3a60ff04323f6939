import type { ElectronApi } from './electron-api.ts';
import type { Clipboard } from '../../core/host.ts';
import { fail, ok } from '../../lib/result.ts';
import type { WlClipboard } from './wl-clipboard.ts';

/** The name of a system-specific format in Electron's clipboard. */
const systemFormat = (name: string): string => `electron application/osclipboard;format="${name}"`;

/**
 * The formats that mark the text as a secret for clipboard managers: nspasteboard.org on macOS, "Cloud Clipboard and
 * Clipboard History formats" on Windows, the hint that KDE's Klipper and others honour on Linux.
 */
export function secretMark(platform: string): Readonly<Record<string, string>> {
  switch (platform) {
    case 'darwin':
      return { [systemFormat('org.nspasteboard.ConcealedType')]: '' };
    case 'win32':
      return { [systemFormat('ExcludeClipboardContentFromMonitorProcessing')]: '1' };
    default:
      return { [systemFormat('x-kde-passwordManagerHint')]: 'secret' };
  }
}

/** The system's clipboard. If the system refuses the mark, the text is copied without it, because the user asked for it. */
export function electronClipboard(
  { clipboard, ClipboardItem }: Pick<ElectronApi, 'clipboard' | 'ClipboardItem'>,
  platform: string,
): Clipboard {
  return {
    async writeSecret(text) {
      try {
        await clipboard.write([new ClipboardItem({ 'text/plain': text, ...secretMark(platform) })]);
      } catch {
        await clipboard.writeText(text);
      }
      return ok(undefined);
    },
    async clearIfHolds(text) {
      if ((await clipboard.readText()) === text) clipboard.clear();
    },
  };
}

/**
 * The clipboard of a Wayland client. The compositor silently drops what a client without the focus copies, and
 * Electron's `readText` still returns it. So Electron's clipboard is used only while a window has the focus.
 */
export function waylandClipboard(parts: {
  electron: Clipboard;
  wl: WlClipboard;
  /** Whether one of our windows has the focus. */
  focused: () => boolean;
}): Clipboard {
  const { electron, wl, focused } = parts;
  return {
    async writeSecret(text) {
      if (focused()) return electron.writeSecret(text);
      if (await wl.write(text)) return ok(undefined);
      // Focusing a window would not be enough: the compositor also requires a click or a key press in it.
      return fail(
        'unsupported',
        'On this desktop Tokentray can copy only from its window.',
        'Copy it there, or install wl-clipboard to copy from the tray.',
      );
    },
    async clearIfHolds(text) {
      if (wl.holds) await wl.clear();
      // Withdraws what Electron offers, which needs no focus (`ui/ozone/platform/wayland/host/wayland_clipboard.cc`).
      else await electron.clearIfHolds(text);
    },
  };
}
