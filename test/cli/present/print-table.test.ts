import { describe, expect, it } from 'vitest';
import { tableLines } from '../../../cli/present/print-table.ts';
import { width } from '../../../cli/present/width.ts';

const HEADINGS = ['NAME', 'FILE', 'STATE'];
const ROWS = [
  ['acme', '/work/.env', '● Written'],
  ['שלום', '/work/東京/設定.env', ''],
];

describe.each([40, 80, 120, 200])('in %i cells', (room) => {
  const lines = tableLines(HEADINGS, ROWS, room);

  it('breaks no line, leaves out no value, and keeps what is written from right to left apart', () => {
    for (const line of lines) expect(width(line)).toBeLessThanOrEqual(room);
    for (const value of ROWS.flat()) expect(lines.join('\n')).toContain(value);
    expect(lines.join('\n')).toContain('\u2068שלום\u2069');
  });
});

it('is a table where there is room, and paragraphs where there is not', () => {
  expect(tableLines(HEADINGS, ROWS, 80)[1]).toBe('acme  /work/.env           ● Written');
  expect(tableLines(HEADINGS, ROWS, 30)).toEqual([
    ...['acme', '  FILE   /work/.env', '  STATE  ● Written', ''],
    ...['\u2068שלום\u2069', '  FILE   /work/東京/設定.env'],
  ]);
});

it('is the whole table, without marks, where there is no terminal', () => {
  expect(tableLines(HEADINGS, ROWS, null)).toHaveLength(3);
  expect(tableLines(HEADINGS, ROWS, null).join('')).not.toContain('\u2068');
});
