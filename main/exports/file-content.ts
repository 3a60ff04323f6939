import { createHash } from 'node:crypto';
import type { ExportFormat, ExportMode } from '../../contract/export.ts';
import type { ExportId } from '../../contract/ids.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import { namesOutside, putBlock, removeBlock } from './managed-block.ts';
import { DIALECTS } from './render.ts';

/** What determines the layout of an export's file. */
export interface FileShape {
  id: ExportId;
  format: ExportFormat;
  mode: ExportMode;
  /** Every name that the preset can write. */
  names: readonly string[];
  /** Of what we wrote there before. */
  digests?: readonly string[];
}

/** Names a file's content where nothing in the file says that it is ours. */
export const digestOf = (content: Buffer | string): string =>
  createHash('sha256').update(content).digest('hex');

/** Whether a file of this format is ours from its first byte to its last. */
export const isWholeFile = (format: ExportFormat): boolean => format === 'json' || format === 'template';

const EMPTY = Buffer.alloc(0);

/** The complete file with the variables in it. `conflict` or `unsupported` when that would change other content. */
export function withVariables(shape: FileShape, current: Buffer | null, text: string): Result<Buffer> {
  const { id, format, mode, names } = shape;
  const file = current ?? EMPTY;
  if (isOursByDigest(shape, file)) return ok(Buffer.from(text, 'utf8'));
  if (format === 'template')
    return file.length === 0 || file.equals(Buffer.from(text)) ? ok(Buffer.from(text, 'utf8')) : notOurs();
  if (format === 'json') return isOurJson(file, names) ? ok(Buffer.from(text, 'utf8')) : notOurs();
  if (!isByteText(file)) {
    return fail(
      'unsupported',
      'The file is binary or UTF-16, so no lines can be added to it.',
      'Save it as UTF-8, or choose another file.',
    );
  }
  if (mode === 'whole') {
    const rest = removeBlock(file, id);
    if (!rest.ok) return rest;
    if (rest.value.length > 0) return notOurs();
  }
  return putBlock(file, { id, text, lineEnding: DIALECTS[format].lineEnding });
}

/** The file without our lines; null when nothing else was in it; `current` itself when nothing in it is ours. */
export function withoutVariables(shape: FileShape, current: Buffer): Result<Buffer | null> {
  if (isOursByDigest(shape, current)) return ok(null);
  if (shape.format === 'template') return ok(current);
  if (shape.format === 'json') {
    return ok(current.length > 0 && isOurJson(current, shape.names) ? null : current);
  }
  const rest = removeBlock(current, shape.id);
  return rest.ok && rest.value.length === 0 && current.length > 0 ? ok(null) : rest;
}

/** Names of the preset that are also set outside our lines; which of two values is used depends on the program that reads them. */
export const duplicates = (
  { id, format, names }: FileShape,
  file: Buffer,
): { name: string; line: number }[] => (isWholeFile(format) ? [] : namesOutside(file, id, names));

const isOursByDigest = ({ format, digests = [] }: FileShape, file: Buffer): boolean =>
  isWholeFile(format) && digests.length > 0 && digests.includes(digestOf(file));

const notOurs = () =>
  fail(
    'conflict',
    'The file has content that Tokentray did not write.',
    'Choose another file, or move this one away first.',
  );

/** Whether a JSON file may be replaced: it is empty, or an object with nothing but the preset's names. */
function isOurJson(file: Buffer, names: readonly string[]): boolean {
  const text = file.toString('utf8').trim();
  if (text === '') return true;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return false;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => names.includes(key));
}

const isByteText = (file: Buffer): boolean =>
  !file.includes(0) && !(file[0] === 0xff && file[1] === 0xfe) && !(file[0] === 0xfe && file[1] === 0xff);
