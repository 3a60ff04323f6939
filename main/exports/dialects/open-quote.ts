import type { Obstacle } from './placement.ts';

const CLOSE_IT = 'Finish that line, or choose another file.';

const openAt = (line: number, what: string): Obstacle => ({ line, what, hint: CLOSE_IT });

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

const OPENING = /^[ \t]*(?:export[ \t]+)?[\w.-]+[ \t]*[=:][ \t]*(['"])/;

/** A quote that a value of an env file begins with and that nothing closes: everything after it belongs to the value. */
export function openEnvQuote(text: string): Obstacle | null {
  let offset = 0;
  while (offset < text.length) {
    const newline = text.indexOf('\n', offset);
    const lineEnd = newline < 0 ? text.length : newline;
    const opening = OPENING.exec(text.slice(offset, lineEnd));
    if (opening === null) {
      offset = lineEnd + 1;
      continue;
    }
    const closed = closing(text, offset + opening[0].length, opening[1] ?? '');
    if (closed < 0) return openAt(lineAt(text, offset), 'a quote is opened and never closed');
    const after = text.indexOf('\n', closed);
    offset = after < 0 ? text.length : after + 1;
  }
  return null;
}

/** The offset of the closing quote; negative without one. */
const closing = (text: string, from: number, quote: string, escapes = quote === '"'): number => {
  for (let at = from; at < text.length; at += 1) {
    if (escapes && text[at] === '\\') at += 1;
    else if (text[at] === quote) return at;
  }
  return -1;
};

/** What can be begun in a shell script and be left open at its end. */
export interface ShellSyntax {
  /** In `'…'`, a backslash escapes (fish); POSIX shells know no escapes there. */
  escapesInSingle: boolean;
  heredocs: boolean;
}

/**
 * A quote or here-document of a shell script that is still open at its end, or a last command that waits for another.
 * A scan without the shell's grammar: it knows quotes, escapes, comments and here-documents, not what is in `$(…)`.
 */
export function openShellQuote(text: string, { escapesInSingle, heredocs }: ShellSyntax): Obstacle | null {
  const waiting: Heredoc[] = [];
  let wordStart = true;
  /** The last two characters of code, for operators. */
  let last = '';
  let lastAt = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (char === '\n') {
      while (waiting.length > 0) {
        const heredoc = waiting.shift();
        const end = heredoc === undefined ? at : endOf(text, at + 1, heredoc);
        if (end < 0) return openAt(lineAt(text, heredoc?.at ?? at), 'a here-document has no end');
        at = end;
      }
      wordStart = true;
    } else if (char === '\\') {
      at += 1;
      wordStart = false;
      last = '';
    } else if (char === '#' && wordStart) {
      const newline = text.indexOf('\n', at);
      if (newline < 0) break;
      at = newline - 1;
    } else if (char === "'" || char === '"') {
      const escapes = char === '"' || escapesInSingle || text[at - 1] === '$';
      const closed = closing(text, at + 1, char, escapes);
      if (closed < 0) return openAt(lineAt(text, at), 'a quote is opened and never closed');
      at = closed;
      wordStart = false;
      last = '';
    } else {
      const heredoc = heredocs && char === '<' ? heredocAt(text, at) : null;
      if (heredoc !== null) {
        waiting.push(heredoc);
        at = heredoc.after - 1;
      }
      wordStart = /[\s;&|()]/.test(char);
      if (!/\s/.test(char)) {
        last = (at === lastAt + 1 ? last : '').slice(-1) + char;
        lastAt = at;
      }
    }
  }
  if (waiting[0]) return openAt(lineAt(text, waiting[0].at), 'a here-document has no end');
  return /^(?:&&|.?\|)$/.test(last)
    ? openAt(lineAt(text, lastAt), 'a command waits for what follows it')
    : null;
}

interface Heredoc {
  at: number;
  /** The offset after the delimiter. */
  after: number;
  delimiter: string;
  /** `<<-`: the last line may be indented with tabs. */
  indented: boolean;
}

/** Not `<<<`, and no shift in arithmetic: a delimiter begins with a letter. */
const HEREDOC = /^<<(-?)[ \t]*(?:\\|(['"]))?([A-Za-z_]\w*)\2?/;

function heredocAt(text: string, at: number): Heredoc | null {
  if (text[at - 1] === '<') return null;
  const line = text.slice(text.lastIndexOf('\n', at) + 1, at);
  const found = line.includes('((') ? null : HEREDOC.exec(text.slice(at, at + 200));
  return found === null
    ? null
    : { at, after: at + found[0].length, delimiter: found[3] ?? '', indented: found[1] === '-' };
}

/** The offset of the newline after the last line of a here-document; the text's length where it ends without one. */
function endOf(text: string, from: number, { delimiter, indented }: Heredoc): number {
  for (let start = from; start <= text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    // In a file with CRLF, both ends have the carriage return.
    const line = text.slice(start, end).replace(/\r$/, '');
    if ((indented ? line.replace(/^\t+/, '') : line) === delimiter) return end;
    if (newline < 0) return -1;
    start = newline + 1;
  }
  return -1;
}
