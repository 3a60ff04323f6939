import { graphemes, graphemeWidth, width } from './width.ts';

/** The text in at most `cells` cells, with an ellipsis for what is left out; no character is cut apart. For text without colours. */
export function clip(text: string, cells: number): string {
  if (width(text) <= cells) return text;
  let shown = '';
  let left = cells - 1;
  for (const grapheme of graphemes(text)) {
    left -= graphemeWidth(grapheme);
    if (left < 0) break;
    shown += grapheme;
  }
  return cells < 1 ? '' : `${shown.trimEnd()}…`;
}

/**
 * What stays on one line, to be copied as a whole: what is in quotes, and a command up to the end of the text or the
 * sentence.
 */
const UNBROKEN =
  /(?<=: )(?:tokentray|npm)\b(?:(?!\. )(?:"[^"]*"|.))*|[^\s“"`]*(?:“[^”]*”|"[^"]*"|`[^`]*`)\S*|\S+/gu;

/**
 * The text in lines of at most `cells` cells, broken between words. What cannot be broken is longer than that: a terminal
 * breaks it, and a person can still copy it.
 */
export function wrap(text: string, cells: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const [word] of text.matchAll(UNBROKEN)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || width(longer) <= cells) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return line === '' ? lines : [...lines, line];
}

/** The same, each line indented. */
export const indented = (text: string, cells: number, indent: number): string[] =>
  wrap(text, Math.max(cells - indent, 1)).map((line) => ' '.repeat(indent) + line);
