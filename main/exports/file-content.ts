import type { EnvFormat, ExportMode } from '../../contract/export.ts';
import type { ExportId } from '../../contract/ids.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import type { AsWholeFile, Comment } from './dialects/placement.ts';
import {
  namesOutside,
  obstacleBefore,
  putBlock,
  removeBlock,
  withoutOrphanedBlocks,
} from './managed-block.ts';
import { DIALECTS } from './render.ts';

/** What determines the layout of an export's file. */
export interface FileShape {
  id: ExportId;
  format: EnvFormat;
  mode: ExportMode;
  /** Every name that the preset can write. */
  names: readonly string[];
}

const EMPTY = Buffer.alloc(0);

/** What marks our lines in a file of this format; null: nothing, the file is ours as a whole. */
export function commentOf(format: EnvFormat): Comment | null {
  const { placement } = DIALECTS[format];
  return placement.kind === 'block' || placement.kind === 'own-file' ? placement.comment : null;
}

/** The complete file with the variables in it. `conflict` or `unsupported` when that would change other content. */
export function withVariables(shape: FileShape, current: Buffer | null, text: string): Result<Buffer> {
  const { id, mode, names } = shape;
  const { lineEnding, placement } = DIALECTS[shape.format];
  const file = current ?? EMPTY;
  switch (placement.kind) {
    case 'whole-file':
      return isOurs(placement, file, names) ? ok(Buffer.from(text, 'utf8')) : notOurs();
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
  const { placement } = DIALECTS[shape.format];
  if (placement.kind === 'whole-file') {
    return ok(current.length > 0 && isOurs(placement, current, shape.names) ? null : current);
  }
  const comment = commentOf(shape.format);
  if (comment === null) return ok(current);
  const rest = removeBlock(current, shape.id, comment);
  return rest.ok && rest.value.length === 0 && current.length > 0 ? ok(null) : rest;
}

/** The file without the lines of exports that are not known here. */
export function withoutOrphans(format: EnvFormat, file: Buffer, isKnown: (id: string) => boolean): Buffer {
  const comment = commentOf(format);
  return comment === null ? file : withoutOrphanedBlocks(file, comment, isKnown);
}

/** Names of the preset that are also set outside our lines; which of two values is used depends on the program that reads them. */
export function duplicates({ id, format, names }: FileShape, file: Buffer): { name: string; line: number }[] {
  const { placement } = DIALECTS[format];
  return placement.kind === 'block' ? namesOutside(file, id, names, placement) : [];
}

/** What keeps our lines, where there are some, from being read as they are meant; with what to do. */
export function obstacles({ id, format }: FileShape, file: Buffer): string[] {
  const { placement } = DIALECTS[format];
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

/** Whether a file without marks may be replaced: it is empty, or holds nothing but the preset's names. */
function isOurs({ namesIn }: AsWholeFile, file: Buffer, names: readonly string[]): boolean {
  const text = file.toString('utf8').trim();
  if (text === '') return true;
  const found = namesIn(text);
  return found !== null && found.length > 0 && found.every((name) => names.includes(name));
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const isByteText = (file: Buffer): boolean =>
  !file.includes(0) && !(file[0] === 0xff && file[1] === 0xfe) && !(file[0] === 0xfe && file[1] === 0xff);
