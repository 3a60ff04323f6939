import type { ExportFinding } from '../../../contract/export-check.ts';
import { isoTime } from '../../lib/clock.ts';
import type { CheckedExport } from './check-export.ts';
import { fine, wrong } from './findings.ts';

const failed = ({ written }: CheckedExport): ExportFinding | null => {
  if (written.ok) return null;
  const { message, hint } = written.error.failure;
  return wrong('content', message, hint === undefined ? {} : { hint });
};

/** Pure: whether the file holds what would be written now, and whether that works. */
export function contentFinding(checked: CheckedExport): ExportFinding {
  const { written, now } = checked;
  const failure = failed(checked);
  if (failure !== null || !written.ok) return failure ?? fine('content', '');
  const { existed, changed, expiresAt } = written.value;
  if (!existed) return wrong('content', 'The file is not there.', { cure: 'write' });
  if (changed) return wrong('content', 'The file does not hold what is current.', { cure: 'write' });
  if (expiresAt !== null && expiresAt <= now)
    return wrong('content', `The token in the file worked until ${isoTime(expiresAt)}.`, { cure: 'write' });
  const until = expiresAt === null ? '' : `, which works until ${isoTime(expiresAt)}`;
  return fine('content', `The file holds the current token${until}.`);
}

/** Pure. `isPipe`: whether there is one; null where there is nothing. */
export function pipeFinding(checked: CheckedExport, isPipe: boolean | null): ExportFinding {
  const failure = failed(checked);
  if (failure !== null) return failure;
  if (isPipe === null) return wrong('content', 'The pipe is not there.', { cure: 'write' });
  if (!isPipe)
    return wrong('content', 'There is a file in the place of the pipe.', {
      hint: 'Move it away, then write now.',
      cure: null,
    });
  return fine('content', 'The pipe gives each reader the current token; nothing is on disk.');
}

/** Pure: names that the same file sets outside our lines. */
export const setTwice = ({ record, written }: CheckedExport): ExportFinding[] =>
  (written.ok ? written.value.alsoSet : []).map(({ name, line }) =>
    wrong('overridden', `${name} is also set on line ${String(line)}, outside Tokentray’s lines.`, {
      hint: `Delete line ${String(line)} of ${record.file}: programs differ in which of the two they use.`,
    }),
  );
