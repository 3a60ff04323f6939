import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Updater } from '../../core/host.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/log.ts';
import type { ElectronApi } from './electron-api.ts';
import { packageUpdater, updateEngine } from './update-engine.ts';
import { updateSupport } from './update-support.ts';
import { createUpdater } from './updates.ts';

export interface DesktopUpdaterParts {
  packaged: boolean;
  platform: string;
  env: Readonly<Record<string, string | undefined>>;
  execPath: string;
  electron: Pick<ElectronApi, 'session'>;
  /** The package's resources folder. */
  resources: string;
  setEnding: (ending: boolean) => void;
  clock: Clock;
  logger: Logger;
}

/** The updater of this package, or one that only explains why updates are not supported. */
export function desktopUpdater(parts: DesktopUpdaterParts): Updater {
  const { packaged, platform, env, execPath, electron, resources, setEnding, clock, logger } = parts;
  const read = (name: string): string | null => {
    try {
      return readFileSync(path.join(resources, name), 'utf8').trim();
    } catch {
      return null;
    }
  };
  const support = updateSupport({
    packaged,
    platform,
    env,
    execPath,
    packageType: packaged ? read('package-type') : null,
    feedFile: packaged ? read('app-update.yml') : null,
  });
  return createUpdater({
    support,
    engine: async (kind, feed) => {
      // The session that electron-updater uses: this also blocks redirects to another origin.
      const session = electron.session.fromPartition('electron-updater', { cache: false });
      const { origin } = new URL(feed);
      session.webRequest.onBeforeRequest((details, answer) => {
        answer({ cancel: new URL(details.url).origin !== origin });
      });
      return updateEngine(await packageUpdater(kind), () => void session.closeAllConnections());
    },
    setEnding,
    clock,
    logger,
  });
}
