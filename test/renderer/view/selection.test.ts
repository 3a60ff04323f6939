import { describe, expect, it } from 'vitest';
import { only, pick, without, type PickMode, type Selection } from '../../../renderer/view/selection.ts';
import { connectionId } from '../../fakes/window-data.ts';

const shown = [1, 2, 3, 4, 5].map(connectionId);

/** The selection after these clicks. */
function after(...moves: [PickMode, number][]): { lead: number; picked: number[] } {
  const number = (id: string | null): number => shown.findIndex((other) => other === id) + 1;
  let selection: Selection = only(null);
  for (const [mode, n] of moves) selection = pick(shown, selection, connectionId(n), mode);
  return {
    lead: number(selection.selectedId),
    picked: [...selection.picked].map(number).sort((a, b) => a - b),
  };
}

describe('pick', () => {
  it.each<[string, [PickMode, number][], number, number[]]>([
    ['one', [['one', 2]], 2, []],
    [
      'one after several',
      [
        ['one', 1],
        ['range', 4],
        ['one', 2],
      ],
      2,
      [],
    ],
    [
      'another too',
      [
        ['one', 1],
        ['toggle', 3],
      ],
      3,
      [1, 3],
    ],
    [
      'no longer',
      [
        ['one', 1],
        ['toggle', 3],
        ['toggle', 4],
        ['toggle', 3],
      ],
      4,
      [1, 4],
    ],
    [
      'down to one',
      [
        ['one', 1],
        ['toggle', 3],
        ['toggle', 3],
      ],
      1,
      [],
    ],
    [
      'the only one stays',
      [
        ['one', 2],
        ['toggle', 2],
      ],
      2,
      [],
    ],
    [
      'a range',
      [
        ['one', 2],
        ['range', 4],
      ],
      4,
      [2, 3, 4],
    ],
    [
      'a range grows and turns about its anchor',
      [
        ['one', 3],
        ['range', 5],
        ['range', 2],
      ],
      2,
      [2, 3],
    ],
    [
      'a range from what was toggled last',
      [
        ['one', 1],
        ['toggle', 3],
        ['range', 5],
      ],
      5,
      [3, 4, 5],
    ],
    ['a range with nothing before it', [['range', 4]], 4, []],
  ])('%s', (_, moves, lead, picked) => {
    expect(after(...moves)).toEqual({ lead, picked });
  });
});

describe('without', () => {
  it('drops what is gone, and a single one is not a multiple selection', () => {
    const selection = pick(shown, only(connectionId(1)), connectionId(2), 'range');
    expect(without(selection, connectionId(2)).size).toBe(0);
    expect(without(selection, connectionId(5))).toBe(selection.picked);
  });
});
