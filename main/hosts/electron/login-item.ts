import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { App } from 'electron';
import { fail, ok, type Result } from '../../lib/result.ts';
import { ownAppImage } from './app-image.ts';

export interface LoginItemParts {
  app: Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings' | 'isPackaged'>;
  platform: string;
  env: Readonly<Record<string, string | undefined>>;
  homedir: string;
  /** The running program. */
  execPath: string;
}

/** As `desktopName` in package.json: the name by which a desktop identifies the app. */
const DESKTOP_FILE = 'dev.tokentray.app.desktop';

/** An argument of `Exec`, quoted: Desktop Entry Specification 1.5, "The Exec key". */
const quoteExec = (argument: string): string =>
  // Escaped once for the quotes, once for strings in the file; a percent sign would start a field code.
  `"${argument
    .replace(/["`$\\]/g, '\\$&')
    .replaceAll('\\', '\\\\')
    .replaceAll('%', '%%')}"`;

/** A desktop entry that starts the program without its window when the user logs in. Pure. */
export const autostartEntry = (program: string): string =>
  [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Tokentray',
    'Comment=Keeps Atlassian connections alive',
    `Exec=${quoteExec(program)} --hidden`,
    // As `executableName` in electron-builder.yml.
    'Icon=tokentray-app',
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');

/** Where Linux desktops look: Desktop Application Autostart Specification 0.5. */
export function autostartFile({ env, homedir }: Pick<LoginItemParts, 'env' | 'homedir'>): string {
  const config = env['XDG_CONFIG_HOME'];
  const base = config?.startsWith('/') === true ? config : path.join(homedir, '.config');
  return path.join(base, 'autostart', DESKTOP_FILE);
}

const HIDDEN = ['--hidden'];

/** Whether the system starts the app at login; null for a checkout. */
export function startsAtLogin(parts: LoginItemParts): boolean | null {
  const { app, platform } = parts;
  if (!app.isPackaged) return null;
  if (platform === 'linux') return existsSync(autostartFile(parts));
  // Windows finds the entry by its arguments.
  return app.getLoginItemSettings({ args: HIDDEN }).openAtLogin;
}

/** Enables or disables starting at login. `unsupported` from a checkout, which may be moved or deleted. */
export function setStartsAtLogin(parts: LoginItemParts, enabled: boolean): Result<void> {
  const { app, platform, execPath } = parts;
  if (!app.isPackaged)
    return fail(
      'unsupported',
      'Only an installed Tokentray can start at login.',
      'Install a Tokentray package.',
    );
  try {
    if (platform !== 'linux') {
      app.setLoginItemSettings({ openAtLogin: enabled, args: HIDDEN });
      return ok(undefined);
    }
    const file = autostartFile(parts);
    if (enabled) {
      // The path of the AppImage itself: the folder it is mounted at is gone once it has quit.
      const program = ownAppImage(parts) ?? execPath;
      // A line break would start a new key.
      if (/\p{Cc}/u.test(program))
        return fail(
          'unsupported',
          'The path of Tokentray contains a control character.',
          'Move it to another folder.',
        );
      mkdirSync(path.dirname(file), { recursive: true });
      // Renamed into place, because the existing file may be a link to something else.
      const fresh = `${file}.${process.pid}`;
      rmSync(fresh, { force: true });
      writeFileSync(fresh, autostartEntry(program), { mode: 0o644, flag: 'wx' });
      renameSync(fresh, file);
    } else {
      rmSync(file, { force: true });
    }
    return ok(undefined);
  } catch (fault) {
    return fail(
      'io',
      `Starting at login could not be changed: ${fault instanceof Error ? fault.message : 'unknown error'}.`,
      'Change it in your system settings.',
    );
  }
}
