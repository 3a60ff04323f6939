import type { ExportId } from '../../contract/ids.ts';
import { fail, ok, type Result } from '../lib/result.ts';

/** Our lines in a file that belongs to the user. */
export interface Block {
  id: ExportId;
  /** Whole lines with LF. */
  text: string;
  lineEnding: 'as-file' | 'lf';
}

const startMarker = (id: ExportId): string => `# >>> tokentray (${id}) >>>`;
const endMarker = (id: ExportId): string => `# <<< tokentray (${id}) <<<`;
const MARKER = /^[ \t]*# (?:(>>>) tokentray \(([^)]*)\) >>>|(<<<) tokentray \(([^)]*)\) <<<)[ \t\r]*$/;

/** In the block when the text before it had no final newline, so that removing the block restores that. */
const NO_FINAL_NEWLINE = '# (no final newline before these lines)';

const ASSIGNMENT = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*(?:=|:[ \t])/;

// Bytes go in and out as they are, one character each: a file in Latin-1 keeps its bytes too.
const BOM = '\u00ef\u00bb\u00bf';
const decode = (bytes: Buffer): string => bytes.toString('latin1');
const encode = (text: string): Buffer => Buffer.from(text, 'latin1');
const utf8 = (text: string): string => decode(Buffer.from(text, 'utf8'));

interface Line {
  number: number;
  text: string;
  /** Offsets; `end` is after the line ending. */
  start: number;
  end: number;
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let start = text.startsWith(BOM) ? BOM.length : 0;
  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline + 1;
    lines.push({ number: lines.length + 1, text: text.slice(start, end).replace(/\r?\n$/, ''), start, end });
    start = end;
  }
  return lines;
}

interface Range {
  start: number;
  end: number;
}

/** The range of the block, markers included; null when there is none. `conflict` names the line that is wrong. */
function locate(lines: readonly Line[], id: ExportId): Result<Range | null> {
  const broken = (line: Line, what: string) =>
    fail(
      'conflict',
      `Line ${String(line.number)}: ${what}.`,
      `Delete what is left of Tokentray’s lines, from “${startMarker(id)}” to “${endMarker(id)}”, and write again.`,
    );
  let start: Line | null = null;
  let found: Range | null = null;
  for (const line of lines) {
    const marker = MARKER.exec(line.text);
    if (marker === null) continue;
    const begins = marker[1] !== undefined;
    const ours = (marker[2] ?? marker[4]) === id;
    if (!ours) {
      if (start !== null) return broken(line, 'the marker of another export is inside Tokentray’s lines');
    } else if (begins) {
      if (start !== null || found !== null) return broken(line, 'the start marker is here a second time');
      start = line;
    } else {
      if (start === null) {
        return broken(
          line,
          `the end marker is here ${found === null ? 'without a start marker' : 'a second time'}`,
        );
      }
      found = { start: start.start, end: line.end };
      start = null;
    }
  }
  return start === null ? ok(found) : broken(start, 'the start marker has no end marker after it');
}

/** CRLF when most lines have it. */
function lineEndingOf(text: string): '\n' | '\r\n' {
  const newlines = text.split('\n').length - 1;
  const carriage = text.split('\r\n').length - 1;
  return carriage * 2 > newlines ? '\r\n' : '\n';
}

/**
 * Puts the block in place of the one with its id, else at the end; every other byte stays. `conflict` when markers
 * are missing, doubled, nested or out of order.
 */
export function putBlock(file: Buffer, block: Block): Result<Buffer> {
  const text = decode(file);
  const located = locate(linesOf(text), block.id);
  if (!located.ok) return located;
  const range = located.value;
  let before = range === null ? text : text.slice(0, range.start);
  const after = range === null ? '' : text.slice(range.end);
  let noFinalNewline = range !== null && text.slice(range.start, range.end).includes(NO_FINAL_NEWLINE);
  if (range === null && before !== '' && before !== BOM && !before.endsWith('\n')) {
    noFinalNewline = true;
    // A lone final CR must not become half of a CRLF, or removing the block would remove it too.
    before += before.endsWith('\r') ? '\r\n' : lineEndingOf(before);
  }
  const ending = block.lineEnding === 'lf' ? '\n' : lineEndingOf(before + after);
  const ours = [
    startMarker(block.id),
    ...(noFinalNewline ? [NO_FINAL_NEWLINE] : []),
    utf8(block.text).replace(/\n$/, ''),
    endMarker(block.id),
    '',
  ];
  return ok(encode(before + ours.join('\n').replaceAll('\n', ending) + after));
}

/** Removes the block and leaves the file as it would be without it; the same bytes when there is none. */
export function removeBlock(file: Buffer, id: ExportId): Result<Buffer> {
  const text = decode(file);
  const located = locate(linesOf(text), id);
  if (!located.ok) return located;
  if (located.value === null) return ok(file);
  const { start, end } = located.value;
  const before = text.slice(0, start);
  const after = text.slice(end);
  const restore = after === '' && text.slice(start, end).includes(NO_FINAL_NEWLINE);
  return ok(encode(restore ? before.replace(/\r?\n$/, '') : before + after));
}

/** The file without the blocks of exports that are not known here: they were left by a removed or another Tokentray. */
export function withoutOrphanedBlocks(file: Buffer, isKnown: (id: string) => boolean): Buffer {
  const ids = new Set(
    linesOf(decode(file)).flatMap(({ text }) => {
      const id = MARKER.exec(text)?.[2];
      return id === undefined || isKnown(id) ? [] : [id];
    }),
  );
  let rest = file;
  for (const id of ids) {
    const without = removeBlock(rest, id as ExportId);
    // Markers that do not match are left for the user to fix.
    if (without.ok) rest = without.value;
  }
  return rest;
}

/** Which of the names are also set outside the block, and on which line. */
export function namesOutside(
  file: Buffer,
  id: ExportId,
  names: readonly string[],
): { name: string; line: number }[] {
  const lines = linesOf(decode(file));
  const located = locate(lines, id);
  const range = located.ok ? located.value : null;
  return lines.flatMap(({ text, number, start }) => {
    if (range !== null && start >= range.start && start < range.end) return [];
    const name = ASSIGNMENT.exec(text)?.[1];
    return name !== undefined && names.includes(name) ? [{ name, line: number }] : [];
  });
}
