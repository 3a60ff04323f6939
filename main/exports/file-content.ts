import { createHash } from 'node:crypto';
import type { ExportFormat, ExportMode } from '../../contract/export.ts';
import type { ExportId } from '../../contract/ids.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import type { AsWholeFile } from './dialects/placement.ts';
import { commentOf, layoutOf } from './layout.ts';
import {
  namesOutside,
  obstacleBefore,
  putBlock,
  removeBlock,
  withoutOrphanedBlocks,
} from './managed-block.ts';

/** What determines the layout of an export's file. */
export interface FileShape {
  id: ExportId;
  format: ExportFormat;
  mode: ExportMode;
  /** Every name that the preset can write. */
  names: readonly string[];
  /** Of what we wrote there before, where there are no marks. */
  digests?: readonly string[];
}

/** Names a file's content where nothing in the file says that it is ours. */
export const digestOf = (content: Buffer | string): string =>
  createHash('sha256').update(content).digest('hex');

const EMPTY = Buffer.alloc(0);

/** The complete file with the variables in it. `conflict` or `unsupported` when that would change other content. */
export function withVariables(shape: FileShape, current: Buffer | null, text: string): Result<Buffer> {
  const { id, mode } = shape;
  const { lineEnding, placement } = layoutOf(shape.format);
  const file = current ?? EMPTY;
  switch (placement.kind) {
    case 'whole-file': {
      const next = Buffer.from(text, 'utf8');
      return isOurs(placement, file, shape) || file.equals(next) ? ok(next) : notOurs();
    }
    case 'printed':
      return fail('unsupported', `${capital(placement.why)}.`, placement.hint);
    case 'block':
    case 'own-file': {
      if (!isByteText(file)) {
        return fail(
          'unsupported',
          'The file is binary or UTF-16, so no lines can be added to it.',
          'Save it as UTF-8, or choose another file.',
        );
      }
      const { comment } = placement;
      if (mode === 'whole') {
        const rest = removeBlock(file, id, comment);
        if (!rest.ok) return rest;
        if (rest.value.length > 0) return notOurs();
      }
      const after = placement.kind === 'block' ? { after: placement } : {};
      return putBlock(file, { id, text, lineEnding, comment, ...after });
    }
  }
}

/** The file without our lines; null when nothing else was in it; `current` itself when nothing in it is ours. */
export function withoutVariables(shape: FileShape, current: Buffer): Result<Buffer | null> {
  const { placement } = layoutOf(shape.format);
  if (placement.kind === 'whole-file') {
    return ok(current.length > 0 && isOurs(placement, current, shape) ? null : current);
  }
  const comment = commentOf(shape.format);
  if (comment === null) return ok(current);
  const rest = removeBlock(current, shape.id, comment);
  return rest.ok && rest.value.length === 0 && current.length > 0 ? ok(null) : rest;
}

/** The file without the lines of exports that are not known here. */
export function withoutOrphans(format: ExportFormat, file: Buffer, isKnown: (id: string) => boolean): Buffer {
  const comment = commentOf(format);
  return comment === null ? file : withoutOrphanedBlocks(file, comment, isKnown);
}

/** Names of the preset that are also set outside our lines; which of two values is used depends on the program that reads them. */
export function duplicates({ id, format, names }: FileShape, file: Buffer): { name: string; line: number }[] {
  const { placement } = layoutOf(format);
  return placement.kind === 'block' ? namesOutside(file, id, names, placement) : [];
}

/** What keeps our lines, where there are some, from being read as they are meant; with what to do. */
export function obstacles({ id, format }: FileShape, file: Buffer): string[] {
  const { placement } = layoutOf(format);
  const found = placement.kind === 'block' ? obstacleBefore(file, id, placement) : null;
  if (found === null) return [];
  return [
    `Line ${String(found.line)}: ${found.what}, so Tokentray’s lines below it may not be read. ${found.hint}`,
  ];
}

const notOurs = () =>
  fail(
    'conflict',
    'The file has content that Tokentray did not write.',
    'Choose another file, or move this one away first.',
  );

/** Whether a file without marks may be replaced: it is what we wrote, is empty, or holds nothing but the preset's names. */
function isOurs(
  { namesIn }: AsWholeFile,
  file: Buffer,
  { names, digests = [] }: Pick<FileShape, 'names' | 'digests'>,
): boolean {
  if (digests.length > 0 && digests.includes(digestOf(file))) return true;
  const text = file.toString('utf8').trim();
  if (text === '') return true;
  const found = namesIn(text);
  return found !== null && found.length > 0 && found.every((name) => names.includes(name));
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const isByteText = (file: Buffer): boolean =>
  !file.includes(0) && !(file[0] === 0xff && file[1] === 0xfe) && !(file[0] === 0xfe && file[1] === 0xff);
