import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../contract/settings.ts';
import { connectionRows } from '../../../renderer/view/connection-rows.ts';
import { rowOffsets, rowsInView, scrollFor } from '../../../renderer/view/row-window.ts';
import { largeSnapshot } from '../../fakes/window-data.ts';

/** A provider, then twenty connections under each account. */
const rows = connectionRows(largeSnapshot(0, 1000).connections, {
  query: '',
  filter: 'all',
  settings: DEFAULT_SETTINGS,
});
const offsets = rowOffsets(rows);
const HEIGHT = 600;
const whole = offsets[rows.length]!;

describe('rowsInView', () => {
  it.each([0, 33, 34, 5_000, whole - HEIGHT, whole])('holds what is seen, and little more, at %d', (top) => {
    const { from, to } = rowsInView(offsets, top, HEIGHT);
    expect(offsets[from]).toBeLessThanOrEqual(top);
    expect(to === rows.length || offsets[to]! >= top + HEIGHT).toBe(true);
    expect(to - from).toBeLessThanOrEqual(40);
  });

  it('is nothing of nothing', () => {
    expect(rowsInView(rowOffsets([]), 0, HEIGHT)).toEqual({ from: 0, to: 0 });
  });
});

describe('scrollFor', () => {
  const shows = (index: number, top: number): boolean =>
    offsets[index]! >= top && offsets[index + 1]! <= top + HEIGHT;
  it.each([3, 40, 500, rows.length - 1])('brings row %d in sight from both sides, once', (index) => {
    for (const from of [0, whole - HEIGHT]) {
      const top = scrollFor(offsets, index, from, HEIGHT) ?? from;
      expect(shows(index, top)).toBe(true);
      expect(scrollFor(offsets, index, top, HEIGHT)).toBeNull();
    }
  });

  it('brings the first connection’s headings along', () => {
    expect(scrollFor(offsets, 2, 60, HEIGHT)).toBe(0);
  });
});
