/**
 * Readers that cannot run here, played by their rules: written from their documentation or source, and not from what
 * our dialects write.
 */

export type Values = Record<string, string>;

const linesOf = (text: string): string[] => text.split('\n');

/** docker/cli `kvfile.go`: Go's line scanner, then everything after the first `=`. */
export function dockerRules(text: string): Values {
  const values: Values = {};
  for (const raw of linesOf(text.replace(/^\ufeff/, ''))) {
    if (Buffer.byteLength(raw) >= 65_535) throw new Error('token too long');
    const line = raw.replace(/\r$/, '').replace(/^[\s\u0085]+/, '');
    if (line === '' || line.startsWith('#')) continue;
    const equals = line.indexOf('=');
    const key = equals < 0 ? line : line.slice(0, equals);
    if (key === '' || /[ \t]/.test(key)) throw new Error(`variable '${key}' contains whitespaces`);
    if (equals >= 0) values[key] = line.slice(equals + 1);
  }
  return values;
}

const COMPOSE_ESCAPES: Values = {
  ...{ a: '\x07', b: '\b', c: '\\c', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' },
  ...{ $: '$$', '"': '"', '\\': '\\' },
};

/** compose-go `dotenv/parser.go`, then `template.go` without any variable set. */
export function composeRules(text: string): Values {
  const values: Values = {};
  let rest = text.replaceAll('\r\n', '\n').replace(/^\ufeff/, '');
  const expand = (value: string): string =>
    value.replace(/\$(?:(\$)|\{[^}]*\}|[A-Za-z_]\w*)?/g, (whole, dollar?: string) => {
      if (whole === '$') throw new Error('invalid template');
      return dollar ?? '';
    });
  for (;;) {
    rest = rest.replace(/^\s+/, '');
    if (rest === '') return values;
    if (rest.startsWith('#')) {
      rest = rest.replace(/^.*/, '');
      continue;
    }
    const key = /^(?:export\s+)?([\w.[\]-]+)[ \t\v\f\r]*[=:][ \t\v\f\r\u0085\u00a0]*/.exec(rest);
    if (key === null) throw new Error(`unexpected character in ${rest.slice(0, 20)}`);
    rest = rest.slice(key[0].length);
    const quote = rest[0];
    if (quote !== "'" && quote !== '"') {
      const line = /^.*/.exec(rest)?.[0] ?? '';
      rest = rest.slice(line.length);
      values[key[1] ?? ''] = expand((line.split(' #')[0] ?? '').trimEnd());
      continue;
    }
    let value = '';
    let at = 1;
    for (; rest[at] !== quote; at += 1) {
      if (at >= rest.length) throw new Error('unterminated quoted value');
      if (rest[at] !== '\\') value += rest[at] ?? '';
      else {
        at += 1;
        value += (rest[at] === quote ? '' : '\\') + (rest[at] ?? '');
      }
    }
    rest = rest.slice(at + 1);
    values[key[1] ?? ''] =
      quote === "'"
        ? value
        : expand(value.replace(/\\([abcfnrtv$"\\])/g, (_, letter: string) => COMPOSE_ESCAPES[letter] ?? ''));
  }
}

/** about_Quoting_Rules, about_Operators: literal strings and characters, added to each other. */
export function powershellRules(text: string): Values {
  const values: Values = {};
  for (const line of linesOf(text.replaceAll('\r\n', '\n'))) {
    if (line === '' || line.startsWith('#')) continue;
    const [, name = '', expression = ''] = /^\$env:(\w+) = (.*)$/.exec(line) ?? [];
    let left = expression;
    let value: string | null = null;
    while (left !== '') {
      const term = /^(?:'((?:[^'\u2018-\u201b]|'')*)'|\[char\](\d+))(?: \+ |$)/.exec(left);
      if (term === null) throw new Error(`unexpected token in ${line}`);
      const [all, literal, code] = term;
      // A character and a number would be added as numbers.
      if (value === null && literal === undefined) throw new Error('does not begin with text');
      value = (value ?? '') + (literal?.replaceAll("''", "'") ?? String.fromCharCode(Number(code)));
      left = left.slice(all.length);
    }
    // An empty string removes the variable.
    if (value) values[name] = value;
  }
  return values;
}

/** Microsoft's page on `set`, and its description of the batch parser: percent signs, then quotes, then commands. */
export function cmdRules(file: Buffer): Values {
  const values: Values = {};
  // What is beyond ASCII depends on the code page.
  for (const line of file.toString('latin1').split('\r\n')) {
    if (line.length > 8191) throw new Error('the input line is too long');
    if (line.includes('\n') || line.includes('\x1a')) throw new Error('a line ends where it should not');
    if (line === '' || line.startsWith('::')) continue;
    const expanded = line.replace(/%%|%[^%]*%|%/g, (found) => (found === '%%' ? '%' : ''));
    if (expanded.includes('!')) throw new Error('delayed expansion');
    const [, name = '', value = ''] = /^@set "([^=]+)=([^"]*)"$/.exec(expanded) ?? [];
    if (name === '') throw new Error(`unexpected ${line}`);
    if (value !== '') values[name] = value;
  }
  return values;
}

/** actions/runner `FileCommandManager.cs`, on Linux and on Windows. */
export function githubRules(text: string, windows: boolean): Values {
  const values: Values = {};
  const newline = windows ? /\r?\n/ : /\n/;
  const lines = text.split(newline);
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line === '') continue;
    const equals = line.indexOf('=');
    const heredoc = line.indexOf('<<');
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      values[line.slice(0, equals)] = line.slice(equals + 1);
      continue;
    }
    if (heredoc <= 0) throw new Error(`invalid format ${line}`);
    const end = lines.indexOf(line.slice(heredoc + 2), at + 1);
    if (end < 0) throw new Error('matching delimiter not found');
    values[line.slice(0, heredoc)] = lines.slice(at + 1, end).join('\n');
    at = end;
  }
  return values;
}
