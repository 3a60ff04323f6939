import path from 'node:path';
import { z } from 'zod';
import type { Logger } from '../../lib/log.ts';
import { rememberedFile, type RememberedFile } from '../remembered-file.ts';

/** What the next start needs to know so that pages that are still open can reconnect. */
const PageMemory = z.lazy(() =>
  z.object({
    /** The port that the page was served on; 0: none yet. */
    port: z.int().min(0).max(65_535).catch(0),
    /** Fingerprints of the public keys of open pages, oldest first. */
    pages: z.array(z.string()).catch([]),
  }),
);
export type PageMemory = z.infer<typeof PageMemory>;

/** `<home>/page.json`. */
export const pageMemory = (home: string, logger: Logger): RememberedFile<PageMemory> =>
  rememberedFile(path.join(home, 'page.json'), PageMemory, logger);
