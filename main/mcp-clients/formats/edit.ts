/** A part of a text that is replaced. */
export interface Edit {
  readonly at: number;
  /** How much is removed there. */
  readonly length: number;
  readonly insert: string;
}

/** The text with all edits, which are in order and do not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = '';
  let end = 0;
  for (const { at, length, insert } of edits) {
    result += text.slice(end, at) + insert;
    end = at + length;
  }
  return result + text.slice(end);
}

/** How the lines of a text end: as its first one does. */
export const lineEnding = (text: string): string => (/\r\n|\n/.exec(text)?.[0] === '\r\n' ? '\r\n' : '\n');
