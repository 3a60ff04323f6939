import path from 'node:path';
import { z } from 'zod';
import type { Logger } from '../../lib/log.ts';
import { rememberedFile, type RememberedFile } from '../remembered-file.ts';

const Bounds = z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int() });
export type Bounds = z.infer<typeof Bounds>;

/** What the desktop app remembers between starts; nothing here is secret or worth a backup. */
const DesktopState = z.object({
  bounds: Bounds.nullable().catch(null),
  /** Whether the user was notified that the app keeps running in the tray after closing the window. */
  closingTold: z.boolean().catch(false),
  /** Connection → days before expiry of the last notification about it. */
  expiryTold: z.record(z.string(), z.number()).catch({}),
  /** Where a file or folder was last chosen. */
  chosenIn: z.string().nullable().catch(null),
});
export type DesktopState = z.infer<typeof DesktopState>;

export type DesktopStateFile = RememberedFile<DesktopState>;

/** `<home>/desktop.json`. */
export const desktopStateFile = (home: string, logger: Logger): DesktopStateFile =>
  rememberedFile(path.join(home, 'desktop.json'), DesktopState, logger);
