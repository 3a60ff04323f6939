import type { AppUpdater, NsisUpdater } from 'electron-updater';
import { withInheritedSettings } from '../../lib/inherited-settings.ts';
import type { PackageKind } from './update-support.ts';
import { UpdateRefused } from './update-failure.ts';

/** Finds, downloads and installs a version. Every method throws errors that `updateFailure` understands. */
export interface UpdateEngine {
  /** The newer version that the feed offers; null if there is none. */
  check(): Promise<string | null>;
  /** Downloads and verifies what `check` found. `onProgress`: percent; also called when data arrived without a change. */
  download(onProgress: (percent: number) => void, signal: AbortSignal): Promise<void>;
  /** Aborts whatever is in progress, without waiting for it. */
  abandon(): void;
  /** Quits the app to install; calls `onFailure` if that fails. */
  install(onFailure: (fault: Error) => void): void;
}

/**
 * electron-updater restricted to what we want: nothing automatic, no downgrade, no pre-release, every file from the
 * feed's own origin and with a SHA-512, no id that identifies this machine.
 */
export function updateEngine(updater: AppUpdater, closeConnections: () => void): UpdateEngine {
  // Its log lines contain addresses and paths; we write our own.
  updater.logger = null;
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = false;
  updater.allowDowngrade = false;
  updater.allowPrerelease = false;
  updater.disableWebInstaller = true;
  updater.requestHeaders = { 'x-user-staging-id': 'none' };
  updater.isUserWithinRollout = () => true;

  return {
    check: async () => {
      const result = await updater.checkForUpdates();
      if (!result?.isUpdateAvailable) return null;
      const { version, files } = result.updateInfo;
      // The version is shown and becomes part of file names.
      if (!/^\d+\.\d+\.\d+$/.test(version)) throw new UpdateRefused('not a release version');
      // Parsed but not validated by electron-updater.
      const listed: unknown = files;
      const valid =
        Array.isArray(listed) &&
        listed.every((file: unknown) => {
          const { url, sha512 } = file as { url?: unknown; sha512?: unknown };
          // A plain file name: the file is next to the feed, and some installers pass its name to a shell.
          return typeof url === 'string' && typeof sha512 === 'string' && /^[\w.+-]+$/.test(url);
        });
      if (!valid || listed.length === 0)
        throw new UpdateRefused('a file from elsewhere, with an unusual name, or without a hash');
      return version;
    },

    download: async (onProgress, signal) => {
      const { CancellationToken } = await import('electron-updater');
      const token = new CancellationToken();
      const report = ({ percent }: { percent: number }): void => {
        onProgress(Math.min(100, Math.max(0, Math.floor(percent))));
      };
      const cancel = (): void => {
        token.cancel();
      };
      signal.addEventListener('abort', cancel);
      updater.on('download-progress', report);
      try {
        await updater.downloadUpdate(token);
      } finally {
        signal.removeEventListener('abort', cancel);
        updater.off('download-progress', report);
      }
    },

    abandon: closeConnections,

    install: (onFailure) => {
      updater.once('error', onFailure);
      // Starts the installer and the new version during the call; they must inherit the user's settings.
      withInheritedSettings(() => {
        updater.quitAndInstall();
      });
    },
  };
}

/** electron-updater accepts an installer whose signature could not be checked with just a warning; this rejects it. */
export function requireSignature(updater: NsisUpdater): NsisUpdater {
  const verify = updater.verifyUpdateCodeSignature;
  updater.verifyUpdateCodeSignature = async (publishers, file) => {
    const { logger } = updater;
    let warning: string | null = null;
    const ignore = (): void => undefined;
    updater.logger = {
      info: ignore,
      error: ignore,
      warn: () => {
        warning = 'its signature could not be checked';
      },
    };
    try {
      return (await verify(publishers, file)) ?? warning;
    } finally {
      updater.logger = logger;
    }
  };
  return updater;
}

/** The updater for a kind of package. Loads its code, which is not needed at start-up. */
export async function packageUpdater(kind: PackageKind): Promise<AppUpdater> {
  const updaters = await import('electron-updater');
  switch (kind) {
    case 'appimage':
      return new updaters.AppImageUpdater();
    case 'deb':
      return new updaters.DebUpdater();
    case 'rpm':
      return new updaters.RpmUpdater();
    case 'nsis':
      return requireSignature(new updaters.NsisUpdater());
    case 'mac':
      return new updaters.MacUpdater();
  }
}
