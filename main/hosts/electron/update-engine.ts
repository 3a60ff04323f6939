import type { AppUpdater, NsisUpdater } from 'electron-updater';
import { withInheritedSettings } from '../../lib/inherited-settings.ts';
import type { PackageKind } from './update-support.ts';
import { UpdateRefused } from './update-failure.ts';

/** What finds, fetches and installs a version. Every method throws what `updateFailure` understands. */
export interface UpdateEngine {
  /** The newer version that the feed offers; null when there is none. */
  check(): Promise<string | null>;
  /** Fetches and proves what `check` found. `onProgress`: percent; also when nothing has changed but data came. */
  download(onProgress: (percent: number) => void, signal: AbortSignal): Promise<void>;
  /** Ends what is on its way, however long it would go on. */
  abandon(): void;
  /** Ends the app to install; calls when that fails. */
  install(onFailure: (fault: Error) => void): void;
}

/**
 * electron-updater held to what we want: nothing by itself, no downgrade, no pre-release, every file from the feed's own
 * origin and with a SHA-512, no number that tells this machine from others.
 */
export function updateEngine(updater: AppUpdater, closeConnections: () => void): UpdateEngine {
  // Its log lines hold addresses and paths; ours say what happened.
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
      // A version is shown and becomes part of file names.
      if (!/^\d+\.\d+\.\d+$/.test(version)) throw new UpdateRefused('no version of a release');
      // Parsed by electron-updater, which looks at none of it.
      const listed: unknown = files;
      const proper =
        Array.isArray(listed) &&
        listed.every((file: unknown) => {
          const { url, sha512 } = file as { url?: unknown; sha512?: unknown };
          // A plain name: it lies beside the feed, and some installers hand it to a shell.
          return typeof url === 'string' && typeof sha512 === 'string' && /^[\w.+-]+$/.test(url);
        });
      if (!proper || listed.length === 0)
        throw new UpdateRefused('a file from elsewhere, of an odd name, or without its hash');
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
      // Starts installer and new version within the call; the next app, too, has to find the person's umask.
      withInheritedSettings(() => {
        updater.quitAndInstall();
      });
    },
  };
}

/** electron-updater takes an installer whose signature it could not look at, with no more than a warning; we do not. */
export function proved(updater: NsisUpdater): NsisUpdater {
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

/** The updater of a kind of package. Loads its code, which the app starts without. */
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
      return proved(new updaters.NsisUpdater());
    case 'mac':
      return new updaters.MacUpdater();
  }
}
