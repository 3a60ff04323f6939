import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Updater } from '../../host.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/log.ts';
import { packageUpdater, updateEngine } from './update-engine.ts';
import { updateSupport } from './update-support.ts';
import { createUpdater } from './updates.ts';

export interface DesktopUpdaterParts {
  packaged: boolean;
  platform: string;
  env: Readonly<Record<string, string | undefined>>;
  /** The package's folder of resources. */
  resources: string;
  setEnding: (ending: boolean) => void;
  clock: Clock;
  logger: Logger;
}

/** The updater of this very package, or one that says why there is none. */
export function desktopUpdater(parts: DesktopUpdaterParts): Updater {
  const { packaged, platform, env, resources, setEnding, clock, logger } = parts;
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
    packageType: packaged ? read('package-type') : null,
    feedFile: packaged ? read('app-update.yml') : null,
  });
  return createUpdater({
    support,
    engine: async (kind, feed) => updateEngine(await packageUpdater(kind), feed),
    setEnding,
    clock,
    logger,
  });
}
