/** A line of a TOML text that starts something new: not inside a string or a list over several lines. */
export interface TomlLine {
  readonly at: number;
  /** With its line ending. */
  readonly end: number;
  readonly kind: 'header' | 'value' | 'comment' | 'blank';
}

/** The top-level lines of a valid TOML text; a value over several lines is one of them. */
export function tomlLines(text: string): TomlLine[] {
  const lines: TomlLine[] = [];
  for (let at = 0; at < text.length;) {
    const first = /[^ \t]/.exec(text.slice(at, at + 10_000))?.[0] ?? '';
    const kind =
      first === '[' ? 'header' : first === '#' ? 'comment' : /[\r\n]|^$/.test(first) ? 'blank' : 'value';
    const end = kind === 'value' ? endOfValue(text, at) : endOfLine(text, at);
    lines.push({ at, end, kind });
    at = end;
  }
  return lines;
}

const endOfLine = (text: string, from: number): number => {
  const found = text.indexOf('\n', from);
  return found < 0 ? text.length : found + 1;
};

/** Strings, comments, brackets and line ends (https://toml.io/en/v1.1.0). */
const TOKEN =
  /"""(?:\\[\s\S]|[^\\])*?"""("{0,2})|'''[\s\S]*?'''('{0,2})|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|#[^\n]*|[[{]|[\]}]|\n/g;

/** After the line on which a `key = value` ends. */
function endOfValue(text: string, from: number): number {
  const token = new RegExp(TOKEN);
  token.lastIndex = from;
  let depth = 0;
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    const [word] = found;
    if (word === '[' || word === '{') depth += 1;
    else if (word === ']' || word === '}') depth -= 1;
    else if (word === '\n' && depth <= 0) return found.index + 1;
  }
  return text.length;
}
