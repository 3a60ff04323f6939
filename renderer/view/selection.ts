import type { ConnectionId } from '../../contract/ids.ts';

/** What is selected in the list: the connection that the detail shows, and all of them if there are several. */
export interface Selection {
  selectedId: ConnectionId | null;
  /** Empty unless there are at least two. */
  picked: ReadonlySet<ConnectionId>;
  /** Where a range starts. */
  anchorId: ConnectionId | null;
}

/** `one`: only this connection; `toggle`: add or remove it; `range`: from the anchor to it. */
export type PickMode = 'one' | 'toggle' | 'range';

const NONE: ReadonlySet<ConnectionId> = new Set();

const several = (ids: Iterable<ConnectionId>): ReadonlySet<ConnectionId> => {
  const set = new Set(ids);
  return set.size > 1 ? set : NONE;
};

export const only = (id: ConnectionId | null): Selection => ({ selectedId: id, picked: NONE, anchorId: id });

function toggled({ selectedId, picked }: Selection, id: ConnectionId): Selection {
  const before = picked.size > 0 ? picked : new Set(selectedId === null ? [] : [selectedId]);
  if (!before.has(id)) return { selectedId: id, picked: several([...before, id]), anchorId: id };
  const rest = [...before].filter((other) => other !== id);
  // The last one stays selected: the detail always shows something.
  if (rest.length === 0) return only(id);
  const lead = selectedId !== null && rest.includes(selectedId) ? selectedId : (rest.at(-1) ?? id);
  return { selectedId: lead, picked: several(rest), anchorId: id };
}

/** The selection after a click on `id`, or a key press that moved there. `shown`: the connections of the list, in order. */
export function pick(
  shown: readonly ConnectionId[],
  selection: Selection,
  id: ConnectionId,
  mode: PickMode,
): Selection {
  if (mode === 'one') return only(id);
  if (mode === 'toggle') return toggled(selection, id);
  const anchor = selection.anchorId ?? selection.selectedId ?? id;
  const from = shown.indexOf(anchor);
  const to = shown.indexOf(id);
  if (from === -1 || to === -1) return only(id);
  const range = shown.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { selectedId: id, picked: several(range), anchorId: anchor };
}

/** The multiple selection without a connection that was removed. */
export function without(selection: Selection, gone: ConnectionId): ReadonlySet<ConnectionId> {
  if (!selection.picked.has(gone)) return selection.picked;
  return several([...selection.picked].filter((id) => id !== gone));
}
