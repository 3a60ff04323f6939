import type { ElectronApi } from './electron-api.ts';
import type { Clipboard } from '../../host.ts';
import { fail, ok } from '../../lib/result.ts';
import type { WlClipboard } from './wl-clipboard.ts';

/** A format of the system's own, as Electron's clipboard names it. */
const systemFormat = (name: string): string => `electron application/osclipboard;format="${name}"`;

/**
 * What tells clipboard managers that the text is a secret: nspasteboard.org on macOS, "Cloud Clipboard and Clipboard
 * History formats" of Windows, the hint that KDE's Klipper and others honour on Linux.
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

/** The system's clipboard. A system that refuses the mark still gets the text: the person asked for it. */
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
 * The clipboard of a Wayland client. The compositor drops what comes from a client without the focus, and nobody is told:
 * Electron's `readText` answers from what was written. So Electron's clipboard counts only under a focused window.
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
      // Giving a window the focus would not do: the compositor wants a click or a key in it, too.
      return fail(
        'unsupported',
        'This desktop lets Tokentray copy only from its window.',
        'Copy it there. With wl-clipboard installed the tray can copy, too.',
      );
    },
    async clearIfHolds(text) {
      if (wl.holds) await wl.clear();
      // Withdraws what Electron offers, which needs no focus (`ui/ozone/platform/wayland/host/wayland_clipboard.cc`).
      else await electron.clearIfHolds(text);
    },
  };
}
