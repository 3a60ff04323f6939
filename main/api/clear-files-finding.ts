import type { ClearFile } from '../../contract/import.ts';
import type { DoctorFinding } from '../../contract/status.ts';

const check = 'tokens in the clear';

/** One finding for each file of another program that holds secrets anybody who reads it can use. Pure. */
export const clearFileFindings = (clear: readonly ClearFile[]): DoctorFinding[] =>
  clear.length === 0
    ? [{ check, ok: true, message: 'No known file of another program holds a token in the clear.' }]
    : clear.map(({ path, kinds }) => ({
        check,
        ok: false,
        message: `${path} can be read as it is, and holds: ${kinds.join(', ')}.`,
        hint: 'Move it in (in the window, or with: tokentray import), then remove it there.',
      }));
