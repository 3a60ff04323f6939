import { z } from 'zod';
import { IsoTime } from '../../contract/ids.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import { isBackedUp } from './own-files.ts';

const FORMAT = 'tokentray-backup';
/** Raised when a document cannot be read by the code for the version before. */
const VERSION = 1;

const Head = z.lazy(() => z.object({ format: z.literal(FORMAT), version: z.number().int().min(1) }));

const Cell = z.lazy(() =>
  z.union([
    z.string(),
    z.number(),
    z.null(),
    z.strictObject({ secret: z.string() }),
    z.strictObject({ base64: z.base64() }),
  ]),
);

const ownFiles = (isOne: (name: string) => boolean) =>
  z.array(z.object({ name: z.string().refine(isOne), text: z.string().max(1 << 20) }));

const DocumentSchema = z.lazy(() =>
  Head.unwrap().extend({
    createdAt: IsoTime,
    /** The version of Tokentray that made it. */
    app: z.string().max(100),
    store: z.object({
      storeVersion: z.number().int().min(0),
      tables: z.record(z.string(), z.array(z.record(z.string(), Cell))),
    }),
    /** The user's provider definitions, as they are. */
    providerFiles: ownFiles(isBackedUp.providers),
    /** The user's presets, as they are; older backups have none. */
    presetFiles: ownFiles(isBackedUp.presets).default([]),
  }),
);

/** What is encrypted in a backup. */
export type BackupDocument = Omit<z.infer<typeof DocumentSchema>, 'format' | 'version'>;

/** Throws for a document that `documentFromText` would not take: no backup is written that nobody could restore. */
export const documentToText = (document: BackupDocument): string =>
  JSON.stringify(DocumentSchema.parse({ format: FORMAT, version: VERSION, ...document }));

/** Fails with `store-newer`, or `invalid-input` when it is none of ours. */
export function documentFromText(text: string): Result<BackupDocument> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = null;
  }
  const head = Head.safeParse(value);
  if (!head.success) {
    return fail(
      'invalid-input',
      'The passphrase is right, but this file is not a backup of Tokentray.',
      'Choose a file that “tokentray backup” wrote.',
    );
  }
  if (head.data.version > VERSION) {
    return fail(
      'store-newer',
      'This backup was made by a newer Tokentray.',
      'Install the latest version of Tokentray here and restore again.',
    );
  }
  const document = DocumentSchema.safeParse(value);
  if (document.success) return ok(document.data);
  return fail('invalid-input', 'What is in this backup does not fit together, so nothing was restored.');
}
