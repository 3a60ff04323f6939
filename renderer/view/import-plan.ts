import type { ImportCandidate } from '../../contract/import.ts';

/** The fields of a candidate in the form. */
export const takeField = (id: string): string => `take-${id}`;
export const overField = (id: string): string => `over-${id}`;

/** What a person selected: to take as it is, and to take over from the program that renews it. Pure. */
export function importPlan(
  candidates: readonly Pick<ImportCandidate, 'id' | 'problem' | 'refreshes'>[],
  form: Pick<FormData, 'get'>,
): { plainly: string[]; over: string[] } {
  const selected = candidates.filter(
    ({ id, problem }) => problem === null && form.get(takeField(id)) !== null,
  );
  const isOver = ({ id, refreshes }: (typeof selected)[number]): boolean =>
    refreshes && form.get(overField(id)) === 'yes';
  return {
    plainly: selected.filter((one) => !isOver(one)).map(({ id }) => id),
    over: selected.filter(isOver).map(({ id }) => id),
  };
}
