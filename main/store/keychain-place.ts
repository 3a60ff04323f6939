/** What decides how a person gets at their keychain: the system, and on Linux the desktop. */
export type KeychainPlace = 'darwin' | 'win32' | 'gnome' | 'kde' | 'other-desktop' | 'no-desktop';

/** What tells a person how to go on where the keychain does not give the key. */
export interface KeychainAdvice {
  place: KeychainPlace;
  /** The command that starts the app, to which options are added. */
  start: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Desktops that come without a Secret Service of their own, and whose distributions use GNOME's. */
const WITH_GNOME_KEYRING = /\b(?:gnome|unity|budgie|cinnamon|x-cinnamon|mate|xfce|lxde|pantheon|cosmic)\b/i;

/** `platform` as in `process.platform`. Pure. */
export function keychainPlace(platform: string, env: Environment): KeychainPlace {
  if (platform === 'darwin' || platform === 'win32') return platform;
  const desktop = env['XDG_CURRENT_DESKTOP'] ?? env['XDG_SESSION_DESKTOP'] ?? '';
  if (/\bkde\b|plasma/i.test(desktop)) return 'kde';
  if (WITH_GNOME_KEYRING.test(desktop)) return 'gnome';
  const hasDisplay = Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY']);
  return hasDisplay || desktop !== '' ? 'other-desktop' : 'no-desktop';
}
