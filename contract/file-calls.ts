import { z } from 'zod';
import { define, Done, WINDOW } from './define-call.ts';
import { ExportId } from './ids.ts';
import { PATH_CHOICES } from './vocabulary.ts';

/** Calls about the system's own dialogs and file manager: only the desktop app has them. */
export const FILE_CALLS = {
  'files.choose': define(
    'Asks the person for a file or a folder with the system’s dialog, and says where it is; null: none was chosen',
    WINDOW,
    () =>
      z.strictObject({
        what: z.enum(PATH_CHOICES),
        /** What the dialog begins with: a full path, also with `~`; else the folder that was chosen last. */
        near: z.string().max(5000).optional(),
      }),
    () => z.object({ path: z.string().nullable() }),
  ),
  // By id: a page cannot have the file manager show just any path.
  'files.show': define(
    'Shows an export’s file in the system’s file manager',
    WINDOW,
    () => z.strictObject({ export: ExportId }),
    Done,
  ),
} as const;
