import type { ExportId } from '../../contract/ids.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import type { LineEnding } from './dialects/dialect.ts';
import type { Comment, InBlock, Obstacle } from './dialects/placement.ts';

/** Our lines in a file that belongs to the user. */
export interface Block {
  id: ExportId;
  /** Whole lines with LF. */
  text: string;
  lineEnding: LineEnding;
  comment: Comment;
  /** What the reader makes of the text before the block. */
  after?: Pick<InBlock, 'continues' | 'obstacle'>;
}

const startMarker = (id: ExportId, comment: Comment): string => `${comment} >>> tokentray (${id}) >>>`;
const endMarker = (id: ExportId, comment: Comment): string => `${comment} <<< tokentray (${id}) <<<`;

const markerOf = (comment: Comment): RegExp =>
  new RegExp(
    String.raw`^[ \t]*${comment} (?:(>>>) tokentray \(([^)]*)\) >>>|(<<<) tokentray \(([^)]*)\) <<<)[ \t\r]*$`,
  );
const MARKERS: Readonly<Record<Comment, RegExp>> = { '#': markerOf('#'), '::': markerOf('::') };

/** In the block when the text before it had no final newline, so that removing the block restores that. */
const NO_FINAL_NEWLINE = '(no final newline before these lines)';

/** In the block when we put an empty line before it, which is ours too. */
const EMPTY_LINE = '(the empty line before these lines ends the one before it)';

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
function locate(lines: readonly Line[], id: ExportId, comment: Comment): Result<Range | null> {
  const broken = (line: Line, what: string) =>
    fail(
      'conflict',
      `Line ${String(line.number)}: ${what}.`,
      `Delete what is left of Tokentray’s lines, from “${startMarker(id, comment)}” to “${endMarker(id, comment)}”, and write again.`,
    );
  let start: Line | null = null;
  let found: Range | null = null;
  for (const line of lines) {
    const marker = MARKERS[comment].exec(line.text);
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

/** The file around the block, with what we added before it taken away. */
interface Surroundings {
  before: string;
  after: string;
  /** Whether the text before it had no final newline. */
  noFinalNewline: boolean;
  hasBlock: boolean;
}

function around(text: string, id: ExportId, comment: Comment): Result<Surroundings> {
  const located = locate(linesOf(text), id, comment);
  if (!located.ok) return located;
  const range = located.value;
  if (range === null) return ok({ before: text, after: '', noFinalNewline: false, hasBlock: false });
  const block = text.slice(range.start, range.end);
  const before = text.slice(0, range.start);
  return ok({
    before: block.includes(`${comment} ${EMPTY_LINE}`) ? before.replace(/(\n)\r?\n$/, '$1') : before,
    after: text.slice(range.end),
    noFinalNewline: block.includes(`${comment} ${NO_FINAL_NEWLINE}`),
    hasBlock: true,
  });
}

/**
 * Puts the block in place of the one with its id, else at the end; every other byte stays. `conflict` when markers
 * are missing, doubled, nested or out of order, or when the text before would keep a new block from being read.
 */
export function putBlock(file: Buffer, block: Block): Result<Buffer> {
  const { id, comment, after: reader } = block;
  const found = around(decode(file), id, comment);
  if (!found.ok) return found;
  const { after, hasBlock } = found.value;
  let { before, noFinalNewline } = found.value;
  if (!hasBlock && before !== '' && before !== BOM && !before.endsWith('\n')) {
    noFinalNewline = true;
    // A lone final CR must not become half of a CRLF, or removing the block would remove it too.
    before += before.endsWith('\r') ? '\r\n' : lineEndingOf(before);
  }
  const obstacle = reader?.obstacle?.(before) ?? null;
  // Lines that are there already are kept up to date: some readers may still find them.
  if (obstacle !== null && !hasBlock) {
    return fail('conflict', `Line ${String(obstacle.line)}: ${obstacle.what}.`, obstacle.hint);
  }
  const ending = ENDINGS[block.lineEnding] ?? lineEndingOf(before + after);
  const isSeparate = reader?.continues?.(before) === true;
  const ours = [
    startMarker(id, comment),
    ...(noFinalNewline ? [`${comment} ${NO_FINAL_NEWLINE}`] : []),
    ...(isSeparate ? [`${comment} ${EMPTY_LINE}`] : []),
    utf8(block.text).replace(/\n$/, ''),
    endMarker(id, comment),
    '',
  ];
  const text = `${isSeparate ? '\n' : ''}${ours.join('\n')}`;
  return ok(encode(before + text.replaceAll('\n', ending) + after));
}

/** What keeps the block with this id from being read; null when nothing does, or there is none. */
export function obstacleBefore(
  file: Buffer,
  id: ExportId,
  { comment, obstacle }: Pick<InBlock, 'comment' | 'obstacle'>,
): Obstacle | null {
  const found = around(decode(file), id, comment);
  return found.ok && found.value.hasBlock ? (obstacle?.(found.value.before) ?? null) : null;
}

const ENDINGS: Readonly<Record<LineEnding, '\n' | '\r\n' | null>> = {
  lf: '\n',
  crlf: '\r\n',
  'as-file': null,
};

/** Removes the block and leaves the file as it would be without it; the same bytes when there is none. */
export function removeBlock(file: Buffer, id: ExportId, comment: Comment): Result<Buffer> {
  const found = around(decode(file), id, comment);
  if (!found.ok) return found;
  const { before, after, noFinalNewline, hasBlock } = found.value;
  if (!hasBlock) return ok(file);
  return ok(encode(after === '' && noFinalNewline ? before.replace(/\r?\n$/, '') : before + after));
}

/** The file without the blocks of exports that are not known here: they were left by a removed or another Tokentray. */
export function withoutOrphanedBlocks(
  file: Buffer,
  comment: Comment,
  isKnown: (id: string) => boolean,
): Buffer {
  const ids = new Set(
    linesOf(decode(file)).flatMap(({ text }) => {
      const id = MARKERS[comment].exec(text)?.[2];
      return id === undefined || isKnown(id) ? [] : [id];
    }),
  );
  let rest = file;
  for (const id of ids) {
    const without = removeBlock(rest, id as ExportId, comment);
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
  { comment, sets, ignoresCase }: Pick<InBlock, 'comment' | 'sets' | 'ignoresCase'>,
): { name: string; line: number }[] {
  const same = (name: string): string => (ignoresCase === true ? name.toUpperCase() : name);
  const ours = new Set(names.map(same));
  const lines = linesOf(decode(file));
  const located = locate(lines, id, comment);
  const range = located.ok ? located.value : null;
  return lines.flatMap(({ text, number, start }) => {
    if (range !== null && start >= range.start && start < range.end) return [];
    const name = sets(text);
    return name !== null && ours.has(same(name)) ? [{ name, line: number }] : [];
  });
}
