/** What begins a line that readers ignore; a label of that name is a comment in batch files. */
export type Comment = '#' | '::';

/** Why our lines would not be read as they are meant after a text: the line in it, and what is wrong with it. */
export interface Obstacle {
  line: number;
  /** For the middle of a sentence. */
  what: string;
  hint: string;
}

/** Our lines can be between somebody else's, from one marker line to another. */
export interface InBlock {
  readonly kind: 'block';
  readonly comment: Comment;
  /** The name that a line of somebody else's sets, or null. Two lines that set one name are reported. */
  sets(this: void, line: string): string | null;
  /** Names in upper and lower case are the same, as on Windows. */
  readonly ignoresCase?: true;
  /** Whether its last line goes on in the next one, so that an empty line has to come first. */
  continues?(this: void, before: string): boolean;
  /** What keeps our lines from being read as they are meant after this text; null: nothing that a look can find. */
  obstacle?(this: void, before: string): Obstacle | null;
}

/** A file of its own, in which comments mark what is ours. `why` completes "Our lines cannot be among others, because …". */
export interface InOwnFile {
  readonly kind: 'own-file';
  readonly comment: Comment;
  readonly why: string;
}

/** A file of its own whose readers know no comments. */
export interface AsWholeFile {
  readonly kind: 'whole-file';
  readonly why: string;
  /** The names in a file that holds nothing but what the dialect writes; null for any other file. */
  namesIn(this: void, text: string): string[] | null;
}

/** Nothing to keep in a file. */
export interface OnlyPrinted {
  readonly kind: 'printed';
  readonly why: string;
  readonly hint: string;
}

/** Where what a dialect writes can be. */
export type Placement = InBlock | InOwnFile | AsWholeFile | OnlyPrinted;

const ASSIGNMENT = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*(?:=|:[ \t])/;

/** The name in `NAME=…`, as in env files and shells. */
export const setByAssignment = (line: string): string | null => ASSIGNMENT.exec(line)?.[1] ?? null;

/** Whether the last line of a text ends in a backslash that is not itself escaped. */
export const endsInBackslash = (before: string): boolean =>
  (/(\\*)\r?\n?$/.exec(before)?.[1] ?? '').length % 2 === 1;
