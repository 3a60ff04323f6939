import { EventEmitter } from 'node:events';
import { beforeEach, expect, it } from 'vitest';
import { systemTheme, type SystemTheme } from '../../../../main/hosts/electron/system-theme.ts';

/** `nativeTheme`: on Windows alone the system's bars have a flag of their own; elsewhere it is what the app was told to be. */
class FakeTheme extends EventEmitter {
  themeSource: 'system' | 'light' | 'dark' = 'system';
  desktopDark = false;
  barsDark: boolean | null = null;

  get shouldUseDarkColors(): boolean {
    return this.themeSource === 'system' ? this.desktopDark : this.themeSource === 'dark';
  }

  get shouldUseDarkColorsForSystemIntegratedUI(): boolean {
    return this.barsDark ?? this.shouldUseDarkColors;
  }
}

let nativeTheme: FakeTheme;
let changes: number;

beforeEach(() => {
  nativeTheme = new FakeTheme();
  changes = 0;
});

const on = (platform: string): SystemTheme =>
  systemTheme({ nativeTheme, platform, env: {}, uid: 0, onChange: () => changes++ });

it('on Linux without a portal it is what the desktop was before the window had a theme of its own', () => {
  nativeTheme.desktopDark = true;
  const theme = on('linux');
  nativeTheme.themeSource = 'light';
  nativeTheme.emit('updated');
  expect(theme.dark).toBe(true);
  nativeTheme.themeSource = 'system';
  nativeTheme.desktopDark = false;
  nativeTheme.emit('updated');
  expect(theme.dark).toBe(false);
  expect(changes).toBe(2);
});

it('on Windows it is the taskbar’s', () => {
  nativeTheme.barsDark = true;
  const theme = on('win32');
  nativeTheme.themeSource = 'light';
  expect(theme.dark).toBe(true);
  nativeTheme.barsDark = false;
  expect(theme.dark).toBe(false);
});

it('does not listen any more after the end', async () => {
  await on('linux').dispose();
  expect(nativeTheme.eventNames()).toEqual([]);
});
