import { z } from 'zod';
import { define, EVERYONE } from './define-call.ts';
import { ExportCheck, ExportCure } from './export-check.ts';

/** An export by ID or path. */
const ExportRef = z.string().min(1).max(5000);

/** Calls about the files that are kept up to date: whether whoever reads them gets what is in them. */
export const EXPORT_CHECK_CALLS = {
  'exports.check': define(
    'Checks files that are kept up to date: one, by ID or path, or all of them',
    EVERYONE,
    () => z.strictObject({ export: ExportRef.optional() }),
    () => z.object({ checks: z.array(ExportCheck) }),
  ),
  'exports.cure': define(
    'Does what a finding of `exports.check` names as its cure, and checks the file again',
    EVERYONE,
    () => z.strictObject({ export: ExportRef, cure: ExportCure }),
    ExportCheck,
  ),
};
