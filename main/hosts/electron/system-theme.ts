import type { NativeTheme } from 'electron';
import { DisposableStack, type Disposable } from '../../lib/disposable.ts';
import { watchColorScheme } from './color-scheme.ts';

export interface SystemTheme extends Disposable {
  /** Whether the system's panels are dark, independent of the theme of the app's window. */
  readonly dark: boolean;
}

type Theme = Pick<
  NativeTheme,
  'themeSource' | 'shouldUseDarkColors' | 'shouldUseDarkColorsForSystemIntegratedUI'
> & {
  on: (event: 'updated', listener: () => void) => unknown;
  off: (event: 'updated', listener: () => void) => unknown;
};

/**
 * The theme behind the tray icon. Create it before the window's theme is set: only Windows reports the two separately;
 * elsewhere Electron's flags reflect the theme that was set for the app. macOS colors its icons itself.
 */
export function systemTheme(parts: {
  nativeTheme: Theme;
  platform: string;
  env: Readonly<Record<string, string | undefined>>;
  uid: number;
  onChange: () => void;
}): SystemTheme {
  const { nativeTheme, platform, onChange } = parts;
  const ending = new DisposableStack();
  const portal = platform === 'linux' ? ending.add(watchColorScheme(parts)) : null;
  let own = nativeTheme.shouldUseDarkColors;
  const updated = (): void => {
    if (nativeTheme.themeSource === 'system') own = nativeTheme.shouldUseDarkColors;
    onChange();
  };
  nativeTheme.on('updated', updated);
  ending.add({ dispose: () => void nativeTheme.off('updated', updated) });
  return {
    get dark() {
      return platform === 'win32'
        ? nativeTheme.shouldUseDarkColorsForSystemIntegratedUI
        : (portal?.dark ?? own);
    },
    dispose: () => ending.dispose(),
  };
}
