import { describe, expect, it } from 'vitest';
import { clip, wrap } from '../../../cli/present/fit.ts';
import { jsonLine } from '../../../cli/present/json-line.ts';
import { plain } from '../../../cli/present/plain.ts';
import { table } from '../../../cli/present/table.ts';
import { duration, localTime, relative, withLocalTimes } from '../../../cli/present/time.ts';
import { width } from '../../../cli/present/width.ts';

it.each([
  ['acme – ana', 'acme – ana'],
  ['a\u001b]0;x\u0007b', 'a\ufffd]0;x\ufffdb'],
  ['a\u009bb\r\nc', 'a\ufffdb\ufffd\ufffdc'],
  ['a\u202eb\u2066c', 'a\ufffdb\ufffdc'],
])('plain(%j)', (text, shown) => {
  expect(plain(text)).toBe(shown);
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
  ['🇯🇵', 2],
  ['1\ufe0f\u20e3', 2],
  ['𠮷', 2],
  ['한글', 4],
  ['\u1112\u1161\u11ab', 2],
  ['ｶﾀ', 2],
  ['עברית', 5],
  ['שָׁלוֹם', 4],
  ['\u200b\u2068a\u2069', 1],
  ['नमस्ते', 4],
  ['● – ★', 5],
  ['\u001b[31mred\u001b[39m', 3],
])('width(%j) is %i', (text, columns) => {
  expect(width(text)).toBe(columns);
});

it.each([
  ['acme', 4, 'acme'],
  ['acme-production', 8, 'acme-pr…'],
  ['日本語', 5, '日本…'],
  ['日本語', 4, '日…'],
  ['e\u0301e\u0301e\u0301', 2, 'e\u0301…'],
  ['👩‍👩‍👧👩‍👩‍👧', 3, '👩‍👩‍👧…'],
  ['acme', 0, ''],
])('clip(%j, %i) is %j', (text, cells, shown) => {
  expect(clip(text, cells)).toBe(shown);
});

it.each([
  ['one two three', 7, ['one two', 'three']],
  ['東京 東京 東京', 9, ['東京 東京', '東京']],
  ['Run: tokentray reconnect "a b"', 12, ['Run:', 'tokentray reconnect "a b"']],
  ['Choose Reconnect, or run `tokentray test`.', 22, ['Choose Reconnect, or', 'run `tokentray test`.']],
  ['See https://example.com/a/long/address now', 12, ['See', 'https://example.com/a/long/address', 'now']],
  ['', 10, []],
])('wrap(%j, %i)', (text, cells, lines) => {
  expect(wrap(text, cells)).toEqual(lines);
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

  it.each([
    ['It tries again at 2026-11-22T09:05:00.000Z.', /^It tries again at \d\d:\d\d \([\w+:-]+\)\.$/],
    ['On 2026-12-24T12:00:00Z', /^On 2026-12-24 \d\d:\d\d \([\w+:-]+\)$/],
    ['2026-11-22', /^2026-11-22$/],
  ])('shows %j in local time, with the zone', (text, shown) => {
    expect(withLocalTimes(text, now)).toMatch(shown);
  });

  it('is local, and what is no time stays as it is', () => {
    expect(localTime(new Date(2026, 0, 2, 3, 4).toISOString())).toBe('2026-01-02 03:04');
    expect(localTime('soon')).toBe('soon');
  });
});
