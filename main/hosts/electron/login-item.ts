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
  /** The program that runs. */
  execPath: string;
}

/** As `desktopName` in package.json: by this name a desktop knows the app. */
const DESKTOP_FILE = 'dev.tokentray.app.desktop';

/** An argument of `Exec`, quoted: Desktop Entry Specification 1.5, "The Exec key". */
const quoteExec = (argument: string): string =>
  // Once for the quotes of the key, once for strings in the file; a percent sign would begin a field code.
  `"${argument
    .replace(/["`$\\]/g, '\\$&')
    .replaceAll('\\', '\\\\')
    .replaceAll('%', '%%')}"`;

/** A desktop entry that starts the program, without its window, when the person logs in. Pure. */
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

/** Whether the system starts the app at log-in; null for a checkout. */
export function startsAtLogin(parts: LoginItemParts): boolean | null {
  const { app, platform } = parts;
  if (!app.isPackaged) return null;
  if (platform === 'linux') return existsSync(autostartFile(parts));
  // Windows finds the entry by its arguments.
  return app.getLoginItemSettings({ args: HIDDEN }).openAtLogin;
}

/** Has the system start the app at log-in, or no longer. `unsupported` from a checkout, which may move or go. */
export function setStartsAtLogin(parts: LoginItemParts, enabled: boolean): Result<void> {
  const { app, platform, execPath } = parts;
  if (!app.isPackaged)
    return fail('unsupported', 'Only an installed Tokentray starts at login.', 'Install a package of it.');
  try {
    if (platform !== 'linux') {
      app.setLoginItemSettings({ openAtLogin: enabled, args: HIDDEN });
      return ok(undefined);
    }
    const file = autostartFile(parts);
    if (enabled) {
      // An AppImage's own path; what it unpacks to is gone after it ended.
      const program = ownAppImage(parts) ?? execPath;
      // A line of its own would be a key of its own.
      if (/\p{Cc}/u.test(program))
        return fail(
          'unsupported',
          'The path of Tokentray has a control character in it.',
          'Move it elsewhere.',
        );
      mkdirSync(path.dirname(file), { recursive: true });
      // Renamed into place: what stands there may be a link to something else.
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
      `Starting at login could not be changed: ${fault instanceof Error ? fault.message : 'unknown fault'}.`,
      'Change it in the system’s own settings.',
    );
  }
}
