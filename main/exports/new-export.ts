import path from 'node:path';
import { fail, ok, type Result } from '../lib/result.ts';
import type { ExportRecord } from '../store/records.ts';
import type { ExportFiles } from './export-files.ts';
import type { ExportRequest } from './ports.ts';

/**
 * The record of a new export. KEY=value files default to a block of ours, so that what the person adds to them later
 * survives; a JSON file, and what a template writes, is always ours as a whole. `conflict` when another export writes the place already;
 * blocks of different presets may share a file. `refused` in the data folder `home`: replacing the lock or the
 * database's log there would cost what it guards.
 */
export async function newExport(
  request: ExportRequest,
  others: readonly ExportRecord[],
  files: Pick<ExportFiles, 'target'>,
  home: string,
  fresh: Pick<ExportRecord, 'id' | 'createdAt'>,
  isTemplate = false,
): Promise<Result<ExportRecord>> {
  const { target, preset } = request;
  if (!path.isAbsolute(request.file) || request.file.includes('\0')) {
    return fail(
      'invalid-input',
      `“${request.file.replaceAll('\0', '')}” is not an absolute path.`,
      'Give the full path, like /home/ana/project/.env, or start from your home folder: ~/project/.env.',
    );
  }
  if (isTemplate && request.format !== undefined) {
    return fail(
      'invalid-input',
      `The preset ${preset} is a template, which decides how the whole file is written.`,
      'Leave the format out.',
    );
  }
  const format = isTemplate ? 'template' : (request.format ?? 'dotenv');
  if (isTemplate && request.mode === 'block') {
    return fail(
      'invalid-input',
      'A template writes the whole file, so it cannot be a block of lines in one.',
      'Use the mode “whole” with a separate file.',
    );
  }
  if (format === 'json' && request.mode === 'block') {
    return fail(
      'invalid-input',
      'A JSON file has no comments, so it cannot contain a block of Tokentray’s lines.',
      'Use the mode “whole” with a separate file.',
    );
  }
  const mode = request.mode ?? (isTemplate || format === 'json' ? 'whole' : 'block');
  const file = path.normalize(request.file);
  const place = await files.target(file);
  if (!place.ok) return place;
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
    if (mode === 'block' && other.mode === 'block' && preset !== other.preset) continue;
    return fail(
      'conflict',
      `${file} is already written by the export ${other.id} (${other.preset}).`,
      'Remove that export first, or choose another file.',
    );
  }
  return ok({
    ...fresh,
    file,
    preset,
    format,
    mode,
    target,
    writtenAt: null,
    error: null,
    sharedFolder: request.allowSharedFolder,
    former: null,
  });
}

const isInside = (folder: string, file: string): boolean => {
  const relative = path.relative(folder, file);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
};
