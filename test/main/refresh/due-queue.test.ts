import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DueQueue } from '../../../main/refresh/due-queue.ts';

describe('DueQueue', () => {
  it('behaves as a sorted map does', () => {
    const key = fc.integer({ min: 0, max: 20 });
    const due = fc.integer({ min: 0, max: 100 });
    const step = fc.oneof(
      fc.record({ set: key, due }),
      fc.record({ delete: key }),
      fc.record({ take: due }),
      fc.record({
        fill: fc.uniqueArray(fc.record({ key, due }), { maxLength: 30, selector: (entry) => entry.key }),
      }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), fc.boolean(), (steps, looks) => {
        const queue = new DueQueue<number>();
        const model = new Map<number, number>();
        const earliest = (): number | null => (model.size === 0 ? null : Math.min(...model.values()));
        for (const current of steps) {
          if ('set' in current) {
            queue.set(current.set, current.due);
            model.set(current.set, current.due);
          } else if ('delete' in current) {
            queue.delete(current.delete);
            model.delete(current.delete);
          } else if ('fill' in current) {
            queue.fill([...current.fill]);
            model.clear();
            for (const entry of current.fill) model.set(entry.key, entry.due);
          } else {
            const first = earliest();
            const taken = queue.takeDue(current.take);
            if (first === null || first > current.take) expect(taken).toBeNull();
            else {
              expect(model.get(taken!)).toBe(first);
              model.delete(taken!);
            }
          }
          expect(queue.nextDue()).toBe(earliest());
          expect(queue.size).toBe(model.size);
          if (looks) for (const [each, at] of model) expect(queue.dueOf(each)).toBe(at);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('does not grow when one key moves again and again', () => {
    const queue = new DueQueue<string>();
    for (let turn = 0; turn < 100_000; turn += 1) queue.set('one', 100_000 - turn);
    expect(queue.size).toBe(1);
    expect(queue.takeDue(100_000)).toBe('one');
    expect(queue.takeDue(100_000)).toBeNull();
  });
});
