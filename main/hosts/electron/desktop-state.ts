import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Logger } from '../../lib/log.ts';

const Bounds = z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int() });
export type Bounds = z.infer<typeof Bounds>;

/** What the desktop app remembers of itself; nothing here is secret or worth a backup. */
const DesktopState = z.object({
  bounds: Bounds.nullable().catch(null),
  /** The person was told that closing the window leaves the app in the tray. */
  closingTold: z.boolean().catch(false),
  /** Connection → days before its end at which it was last told of. */
  expiryTold: z.record(z.string(), z.number()).catch({}),
});
export type DesktopState = z.infer<typeof DesktopState>;

export interface DesktopStateFile {
  get(): DesktopState;
  set(patch: Partial<DesktopState>): void;
}

const EMPTY = DesktopState.parse({});

function read(file: string): DesktopState {
  try {
    return DesktopState.catch(EMPTY).parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return EMPTY;
  }
}

/** `<home>/desktop.json`. A file that cannot be read or written costs only what was remembered. */
export function desktopStateFile(home: string, logger: Logger): DesktopStateFile {
  const file = path.join(home, 'desktop.json');
  let state = read(file);
  return {
    get: () => state,
    set: (patch) => {
      state = { ...state, ...patch };
      try {
        const fresh = `${file}.new`;
        writeFileSync(fresh, JSON.stringify(state), { mode: 0o600 });
        renameSync(fresh, file);
      } catch (fault) {
        logger.warn('desktop.state-not-kept', {
          error: fault instanceof Error ? fault.message : String(fault),
        });
      }
    },
  };
}
