import { describe, expect, it } from 'vitest';
import { jsonLine } from '../../../cli/present/json-line.ts';
import { about, plain } from '../../../cli/present/plain.ts';
import { table } from '../../../cli/present/table.ts';
import { duration, localTime, relative } from '../../../cli/present/time.ts';
import { width } from '../../../cli/present/width.ts';

it.each([
  ['acme – ana', 'acme – ana'],
  ['a\u001b]0;x\u0007b', 'a\ufffd]0;x\ufffdb'],
  ['a\u009bb\r\nc', 'a\ufffdb\ufffd\ufffdc'],
  ['a\u202eb\u2066c', 'a\ufffdb\ufffdc'],
])('plain(%j)', (text, shown) => {
  expect(plain(text)).toBe(shown);
});

it.each([
  ['/x/.env', 'Git tracks /x/.env.', 'Git tracks /x/.env.'],
  ['/x/.env', 'Git tracks this file.', '/x/.env: Git tracks this file.'],
])('names a file once: %j, %j', (file, message, shown) => {
  expect(about(file, message)).toBe(shown);
});

it('writes JSON that no terminal obeys and that reads back the same', () => {
  const value = { name: 'é🎉\u001b[2J\u007f\u009b2J\u202e\u2066\u2028' };
  expect(jsonLine(value)).toBe(String.raw`{"name":"é🎉\u001b[2J\u007f\u009b2J\u202e\u2066\u2028"}`);
  expect(JSON.parse(jsonLine(value))).toEqual(value);
});

it.each([
  ['', 0],
  ['acme', 4],
  ['é', 1],
  ['e\u0301', 1],
  ['日本', 4],
  ['🎉', 2],
  ['👩‍👩‍👧', 2],
  ['● – ★', 5],
  ['\u001b[31mred\u001b[39m', 3],
])('width(%j) is %i', (text, columns) => {
  expect(width(text)).toBe(columns);
});

it('aligns by columns and ends no line with spaces', () => {
  expect(
    table([
      ['a', 'b', ''],
      ['日本', '\u001b[1mx\u001b[22m', 'c'],
      ['', '', ''],
    ]),
  ).toEqual(['a     b', '日本  \u001b[1mx\u001b[22m  c', '']);
});

describe('times', () => {
  const now = Date.parse('2026-11-22T09:00:00.000Z');
  const at = (ms: number) => new Date(now + ms).toISOString();

  it.each([
    [0, 'now'],
    [59_999, 'now'],
    [-59_999, 'now'],
    [60_000, 'in 1 min'],
    [3_599_000, 'in 59 min'],
    [3_600_000, 'in 1 h'],
    [86_400_000, 'in 1 day'],
    [-259_200_000, '3 days ago'],
  ])('%i ms from now is %j', (ms, words) => {
    expect(relative(at(ms), now)).toBe(words);
  });

  it('has words for less than a minute', () => {
    expect(duration(59_999)).toBe('less than a minute');
  });

  it('is local, and what is no time stays as it is', () => {
    expect(localTime(new Date(2026, 0, 2, 3, 4).toISOString())).toBe('2026-01-02 03:04');
    expect(localTime('soon')).toBe('soon');
  });
});
