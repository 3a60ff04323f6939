import path from 'node:path';
import process from 'node:process';
import type { Failure } from '../../contract/errors.ts';
import type { ExportFormat } from '../../contract/export.ts';
import { formatOfFile } from '../../contract/format-of-file.ts';
import { notFullPath, pathFault } from '../../contract/path-fault.ts';
import { fail, failure, ok, type Result } from '../lib/result.ts';
import type { ExportRecord } from '../store/records.ts';
import type { ExportFiles } from './export-files.ts';
import { commentOf, layoutOf } from './layout.ts';
import type { ExportRequest } from './ports.ts';
import type { Preset } from './presets/preset.ts';

/**
 * The record of a new export. Where our lines can be among others they are, so that what the person adds to the file later
 * survives; other files are ours as a whole. `conflict` when another export writes the place already;
 * blocks with different names may share a file. `refused` in the data folder `home`: replacing the lock or the
 * database's log there would cost what it guards.
 */
export async function newExport(
  request: ExportRequest,
  preset: Preset,
  others: readonly ExportRecord[],
  files: Pick<ExportFiles, 'target'>,
  home: string,
  fresh: Pick<ExportRecord, 'id' | 'createdAt'>,
): Promise<Result<ExportRecord>> {
  if (!path.isAbsolute(request.file) || request.file.includes('\0')) {
    return failure(pathFault(request.file) ?? notFullPath(request.file));
  }
  const format = request.format ?? (preset.kind === 'template' ? 'template' : formatOfFile(request.file));
  const { placement } = layoutOf(format);
  if (placement.kind === 'printed') {
    return about(
      'format',
      fail('invalid-input', `The format ${format} is not for files: ${placement.why}.`, placement.hint),
    );
  }
  if (placement.kind !== 'block' && request.mode === 'block') {
    return about(
      'mode',
      fail(
        'invalid-input',
        `Tokentray’s lines cannot be among others in the format ${format}: ${placement.why}.`,
        'Use the mode “whole” with a separate file.',
      ),
    );
  }
  if (request.mode === 'pipe' && process.platform === 'win32') {
    return about(
      'mode',
      fail(
        'unsupported',
        'Windows has no named pipes that programs read like files.',
        'Use a file: leave out the mode.',
      ),
    );
  }
  if (request.mode === 'pipe' && isNoPipeReader(format)) {
    return about(
      'mode',
      fail(
        'unsupported',
        `What reads the format ${format} tests for an ordinary file first, and would find nothing in a named pipe.`,
        'Use a file: leave out the mode. Without one: tokentray env.',
      ),
    );
  }
  const mode = request.mode ?? (placement.kind === 'block' ? 'block' : 'whole');
  const file = path.normalize(request.file);
  const place = await files.target(file);
  if (!place.ok) return about('file', place);
  if ([file, place.value].some((name) => path.basename(name) === '.envrc')) return forDirenv(file);
  const own = await files.target(path.join(home, 'lock.db'));
  if (isInside(home, file) || (own.ok && isInside(path.dirname(own.value), place.value))) {
    return fail(
      'refused',
      `${file} is in the data folder, which is reserved for Tokentray.`,
      'Choose a file in another folder.',
    );
  }
  for (const other of others) {
    const otherPlace = await files.target(other.file);
    if ((otherPlace.ok ? otherPlace.value : other.file) !== place.value) continue;
    const sameMarks = commentOf(other.format) === commentOf(format);
    const isBlocks = mode === 'block' && other.mode === 'block' && sameMarks;
    if (isBlocks && !contradicts({ ...request, format }, other)) continue;
    return fail(
      'conflict',
      `${file} is already written by the export ${other.id} (${other.preset}).`,
      `Choose another file, or remove that export first: tokentray export remove ${other.id}`,
    );
  }
  return ok({
    ...fresh,
    file,
    preset: preset.name,
    format,
    mode,
    target: request.target,
    writtenAt: null,
    error: null,
    sharedFolder: request.allowSharedFolder,
    former: null,
    inPlace: request.inPlace,
    pipe: null,
    readAt: null,
    from: null,
    writes: [],
  });
}

/** A failure of what was asked for in this field of the request. */
const about = (field: keyof ExportRequest, { error }: { error: Failure }): Result<never> =>
  failure({ ...error, field });

/** Whether two exports cannot be in one file. What opens a host does not depend on the preset. */
function contradicts(
  request: Pick<ExportRecord, 'format' | 'preset' | 'target'>,
  other: ExportRecord,
): boolean {
  const { of } = layoutOf(request.format);
  if (of !== layoutOf(other.format).of) return true;
  return of === 'logins'
    ? JSON.stringify(request.target) === JSON.stringify(other.target)
    : request.preset === other.preset;
}

/** direnv runs an `.envrc` only after `direnv allow`, and asks for that again whenever the file was changed. */
function forDirenv(file: string): Result<never> {
  const name = '.env.tokentray';
  return fail(
    'refused',
    `${file} is a script that direnv blocks after each change, so a token in it would have to be allowed again and again.`,
    `Export to a file beside it: tokentray export add ${name} --format direnv. Then add this line to .envrc, once: dotenv ${name}`,
  );
}

const isInside = (folder: string, file: string): boolean => {
  const relative = path.relative(folder, file);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
};

/** Whether the only reader of a format refuses pipes: `source` of fish, and `dotenv` of direnv (both tried). */
const isNoPipeReader = (format: ExportFormat): boolean => format === 'fish' || format === 'direnv';
