import { describe, expect, it } from 'vitest';
import type { EnvFormat } from '../../../../contract/export.ts';
import { DIALECTS } from '../../../../main/exports/render.ts';

/** What a format makes of one variable called `A_KEY`. */
function written(format: EnvFormat, value: string, name = 'A_KEY') {
  const dialect = DIALECTS[format];
  if (dialect.of !== 'variables') throw new Error('holds no variables');
  return dialect.render([{ name, value, secret: true }]);
}

const HELD: [EnvFormat, value: string, text: string][] = [
  ['bare', 'ATATT3xFfGF0=1A2B', 'A_KEY=ATATT3xFfGF0=1A2B\n'],
  ['fish', "it's\\", String.raw`set -gx A_KEY 'it\'s\\'` + '\n'],
  ['fish', 'a\nb', String.raw`set -gx A_KEY 'a'\n'b'` + '\n'],
  ['powershell', "it's $A", "$env:A_KEY = 'it''s $A'\n"],
  ['powershell', 'é\n!', "$env:A_KEY = '' + [char]233 + [char]10 + '!'\n"],
  ['cmd', '100% & <a>^', '@set "A_KEY=100%% & <a>^"\n'],
  ['docker', ' "a" $B #c\\', 'A_KEY= "a" $B #c\\\n'],
  ['compose', 'a $B #c', "A_KEY='a $B #c'\n"],
  ['compose', 'it\'s "$B"\n\\', String.raw`A_KEY="it's \"$$B\"\n\\"` + '\n'],
  ['systemd', 'a "$b" \\`', String.raw`A_KEY="a \"\$b\" \\` + '\\`"\n'],
  ['systemd', 'a\n b', 'A_KEY="a\n b"\n'],
  ['direnv', "it's # \\$A", "A_KEY='it's # \\$A'\n"],
  ['github-actions', 'a=b<<c', 'A_KEY=a=b<<c\n'],
  ['github-actions', 'a\nTOKENTRAY', 'A_KEY<<TOKENTRAY_\na\nTOKENTRAY\nTOKENTRAY_\n'],
  ['yaml', 'no "é"\n😀', String.raw`A_KEY: "no \"\xe9\"\x0a\U0001f600"` + '\n'],
  ['toml', 'a "é" \\\n', String.raw`A_KEY = "a \"é\" \\\u000a"` + '\n'],
  ['properties', ' é=:#\\\n', String.raw`A_KEY=\ \u00e9=:#\\\n` + '\n'],
  ['ini', 'a = b', '[tokentray]\nA_KEY = a = b\n'],
];

const REFUSED: [EnvFormat, what: string, value: string, useInstead: EnvFormat][] = [
  ['bare', 'white space', 'a b', 'dotenv'],
  ['bare', 'shells', '*', 'dotenv'],
  ['bare', 'nothing', '', 'dotenv'],
  ['bare', 'white space', 'a\nb', 'bash'],
  ['fish', 'fish keeps', '\uf600', 'json'],
  ['powershell', 'nothing', '', 'json'],
  ['powershell', 'NUL', '\0', 'json'],
  ['cmd', 'nothing', '', 'json'],
  ['cmd', 'double quote', 'a"b', 'powershell'],
  ['cmd', 'exclamation mark', 'a!b', 'powershell'],
  ['cmd', 'beyond ASCII', 'é', 'powershell'],
  ['cmd', 'fits into a line', 'x'.repeat(9000), 'powershell'],
  ['docker', 'line break', 'a\nb', 'compose'],
  ['docker', 'carriage return', 'a\r', 'compose'],
  ['docker', '65,000 bytes', 'é'.repeat(40_000), 'compose'],
  ['compose', 'NUL', 'a\0', 'json'],
  ['systemd', 'control character', 'a\u001b', 'bash'],
  ['systemd', 'no character', '\ufdd0', 'bash'],
  ['systemd', 'begins with “#”', 'a\n# b', 'bash'],
  ['direnv', 'line break', 'a\nb', 'bash'],
  ['github-actions', 'carriage return', 'a\r\nb', 'json'],
  ['yaml', 'half of a', '\ud83d', 'json'],
  ['toml', 'half of a', '\ud83d', 'json'],
  ['properties', 'half of a', '\ud83d', 'json'],
  ['ini', 'line break', 'a\nb', 'toml'],
  ['ini', '“%” or “$”', '100%', 'toml'],
  ['ini', 'begin a comment', 'a ;b', 'toml'],
  ['ini', 'white space', ' a', 'toml'],
];

const NAMES: [EnvFormat, name: string, text: string | null][] = [
  ...(['dotenv', 'bash', 'fish', 'powershell', 'cmd', 'bare', 'docker', 'compose'] as const).map(
    (format): [EnvFormat, string, null] => [format, 'a-b', null],
  ),
  ['systemd', '1A', null],
  ['direnv', 'A B', null],
  ['bash', 'UID', null],
  ['fish', 'status', null],
  ['github-actions', 'GITHUB_TOKEN', null],
  ['github-actions', 'NODE_OPTIONS', null],
  ['json', '', '{\n  "": "v"\n}\n'],
  ['yaml', 'no', '"no": "v"\n'],
  ['yaml', '__proto__', '"__proto__": "v"\n'],
  ['toml', 'a b', '"a b" = "v"\n'],
  ['properties', 'a: b#', String.raw`a\:\ b\#=v` + '\n'],
  ['ini', 'a:b', null],
];

describe('each format', () => {
  it.each(HELD)('%s holds %j', (format, value, text) => {
    expect(written(format, value)).toEqual({ ok: true, value: text });
  });

  it.each(REFUSED)(
    '%s refuses %s in %j, and names a format that holds it',
    (format, what, value, useInstead) => {
      const refusal = written(format, value);
      if (refusal.ok) throw new Error('was written');
      expect(refusal.error.code).toBe('unsupported');
      expect(refusal.error.message).toContain('A_KEY');
      expect(refusal.error.message).toContain(what);
      expect(refusal.error.hint).toContain(`format ${useInstead} instead`);
      expect(written(useInstead, value).ok).toBe(true);
    },
  );

  it.each(NAMES)('%s with the name %j', (format, name, text) => {
    const result = written(format, 'v', name);
    if (text !== null) {
      expect(result).toEqual({ ok: true, value: text });
      return;
    }
    if (result.ok) throw new Error('was written');
    expect(result.error.message).toContain(`“${name}”`);
  });
});

it('who splits a file on white space is told how to read one that has some', () => {
  const refusal = written('bare', 'a b');
  expect(refusal.ok ? null : refusal.error.hint).toBe(
    'Use the format dotenv instead, and read the file with: set -a; . FILE; set +a.',
  );
});

it('INI files know no upper and lower case', () => {
  const dialect = DIALECTS.ini;
  if (dialect.of !== 'variables') throw new Error('holds no variables');
  const both = ['A_KEY', 'a_key'].map((name) => ({ name, value: 'v', secret: false }));
  expect(dialect.render(both)).toMatchObject({ ok: false, error: { code: 'unsupported' } });
});

describe('names that other lines set', () => {
  it.each<[EnvFormat, string, string | null]>([
    ['fish', 'set -gx A_KEY 1', 'A_KEY'],
    ['fish', '  set --export A_KEY 1', 'A_KEY'],
    ['powershell', "$Env:A_KEY='1'", 'A_KEY'],
    ['cmd', '@SET "A_KEY=1"', 'A_KEY'],
    ['cmd', 'set A_KEY=1', 'A_KEY'],
    ['properties', 'A_KEY = 1', 'A_KEY'],
    ['properties', 'a.key:1', 'a.key'],
    ['properties', '! A_KEY=1', null],
    ['netrc', 'machine api.example login ana', 'api.example'],
    ['systemd', '# A_KEY=1', null],
  ])('%s: %j', (format, line, name) => {
    const { placement } = DIALECTS[format];
    if (placement.kind !== 'block') throw new Error('has no block');
    expect(placement.sets(line)).toBe(name);
  });
});
