import type { ElectronApi } from './electron-api.ts';
import type { Clipboard } from '../../host.ts';

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
    },
    async clearIfHolds(text) {
      if ((await clipboard.readText()) === text) clipboard.clear();
    },
  };
}
