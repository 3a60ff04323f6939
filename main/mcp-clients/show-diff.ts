import type { Edit } from './formats/edit.ts';

const CONTEXT = 2;
/** Enough for the lines beside an edit; files may be large and have no line breaks at all. */
const REACH = 4000;
const LONGEST = 160;

/** What edits do, as lines that start with `+`, `-`, a space or `@@`. Values beside them are left out: they may be secrets. */
export function showDiff(text: string, edits: readonly Edit[]): string[] {
  return edits.flatMap(({ at, length, insert }) => {
    const before = linesOf(text.slice(Math.max(0, at - REACH), at)).slice(-CONTEXT);
    const after = linesOf(text.slice(at + length, at + length + REACH)).slice(0, CONTEXT);
    const line = text.slice(0, at).split('\n').length;
    return [
      `@@ line ${line} @@`,
      ...before.map((one) => ` ${withoutValue(one)}`),
      ...linesOf(text.slice(at, at + length)).map((one) => `-${one}`),
      ...linesOf(insert).map((one) => `+${one}`),
      ...after.map((one) => ` ${withoutValue(one)}`),
    ];
  });
}

const linesOf = (text: string): string[] => text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');

const KEY = String.raw`(?:"(?:[^"\\]|\\.)*"|[\w.-]+)`;
const STRUCTURE = new RegExp(
  String.raw`^\s*(?:[\]{}[,()]+|${KEY}\s*[:=]?\s*[{[]|\[{1,2}[\w.\s-]+\]{1,2})\s*$`,
);
const WITH_VALUE = new RegExp(String.raw`^(\s*${KEY}\s*[:=])`);

/** A line of somebody else's: names and brackets stay. Exported for its table of tests. */
export function withoutValue(line: string): string {
  if (line.length > LONGEST) return '…';
  if (STRUCTURE.test(line)) return line;
  const start = WITH_VALUE.exec(line)?.[1] ?? /^\s*/.exec(line)?.[0] ?? '';
  return `${start}${start.trim() === '' ? '' : ' '}…`;
}
