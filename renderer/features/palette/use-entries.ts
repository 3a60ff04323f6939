import { useMemo } from 'react';
import type { ConnectionId } from '../../../contract/ids.ts';
import { useApp, useAppStore } from '../../store/use-app.ts';
import { folded } from '../../view/palette-match.ts';
import { searchItems, suggestItems, type FoundGroup } from '../../view/palette-search.ts';
import { useKeyPlace } from '../shell/use-key-place.ts';
import {
  actionsOf,
  connectionEntries,
  generalActions,
  otherEntries,
  type PaletteEntry,
} from './palette-items.ts';
import { recentEntries } from './recent.ts';

/** With each of so many connections' actions, a search stays instant with any number of connections. */
const WITH_ACTIONS = 12;

const MOST = { Recent: 5, Connections: 6, Actions: 8, 'Env files': 3 } as const;
const ALL_ACTIONS = { Actions: 50 } as const;

/** What the palette shows for a text; `of`: about one connection only. */
export function useEntries(text: string, of: ConnectionId | null): readonly FoundGroup<PaletteEntry>[] {
  const store = useAppStore();
  const place = useKeyPlace();
  const connections = useApp((state) => state.connections);
  const exports = useApp((state) => state.exports);
  const consumers = useApp((state) => state.gateway.consumers);
  const state = store.getState;

  const listed = useMemo(() => connectionEntries(connections.values(), state), [connections, state]);
  const general = useMemo(
    () => [...generalActions(state, place), ...otherEntries(state)],
    // What they read from the state.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [state, place, exports, consumers],
  );

  return useMemo(() => {
    if (of !== null) {
      const connection = connections.get(of);
      const actions = connection === undefined ? [] : actionsOf(connection, state, place, false);
      return text.trim() === '' ? suggestItems(actions, [], ALL_ACTIONS) : searchItems(actions, text, []);
    }
    const recent = recentEntries();
    const selected = state().selectedId;
    const named = (id: ConnectionId): PaletteEntry[] => {
      const connection = connections.get(id);
      return connection === undefined ? [] : actionsOf(connection, state, place, true);
    };
    if (text.trim() === '') {
      const own = selected === null ? [] : named(selected).filter(({ first }) => first);
      return suggestItems([...listed, ...own, ...general], recent, MOST);
    }
    const words = folded(text).split(/\s+/).filter(Boolean);
    const isMeant = (label: string): boolean => words.some((word) => folded(label).includes(word));
    const actions = listed
      .filter(({ id, label }) => id === selected || isMeant(label))
      .slice(0, WITH_ACTIONS)
      .flatMap(({ connection, label }) => {
        const all = connection === undefined ? [] : named(connection.id);
        // Who typed only its name finds the rest behind it.
        const onlyName = words.every((word) => folded(label).includes(word));
        return onlyName ? all.filter(({ first }) => first) : all;
      });
    return searchItems([...listed, ...actions, ...general], text, recent);
  }, [text, of, connections, listed, general, state, place]);
}
