import type { ActivityEntry } from '../../contract/activity.ts';
import type { CallOutput } from '../../contract/calls.ts';
import type { ConnectionView } from '../../contract/connection.ts';
import type { CoreEvent } from '../../contract/events.ts';
import type { ConnectionId } from '../../contract/ids.ts';
import type { Settings } from '../../contract/settings.ts';
import { shortPath } from '../../contract/short-path.ts';
import { changesRows, connectionRows, neighbour, type Row } from '../view/connection-rows.ts';
import { matchesActivityFilter } from '../view/activity-filter.ts';
import { only, without as withoutPicked } from '../view/selection.ts';
import { announcementOf } from '../view/state-words.ts';
import { applyConsents, applyGateway, applyHeld, applyTraffic } from './apply-gateway.ts';
import type { AppState } from './state.ts';

/** The most entries that the activity list keeps. */
const ACTIVITY_KEPT = 1000;

/** With a loop: a pair for each of thousands of connections would be garbage before the first frame. */
function byId<T extends { id: string }>(items: readonly T[]): Map<T['id'], T> {
  const map = new Map<T['id'], T>();
  for (const item of items) map.set(item.id, item);
  return map;
}

function withItem<K, V>(map: ReadonlyMap<K, V>, key: K, value: V): Map<K, V> {
  return new Map(map).set(key, value);
}

function without<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  if (!map.has(key)) return map;
  const copy = new Map(map);
  copy.delete(key);
  return copy;
}

const shows = (rows: readonly Row[], id: ConnectionId | null): boolean =>
  id !== null && rows.some((row) => row.kind === 'connection' && row.id === id);

/** The state after everything was loaded again. Keeps the selection if possible. */
export function applySnapshot(state: AppState, snapshot: CallOutput<'snapshot'>): Partial<AppState> {
  const connections = byId(snapshot.connections);
  const rows = connectionRows(snapshot.connections, { ...state, settings: snapshot.settings });
  const dialog = state.dialog;
  const signIns = byId(snapshot.signIns);
  const shown = dialog?.kind === 'connect' ? dialog.signIn : null;
  const kept = shown === null ? undefined : state.signIns.get(shown);
  if (kept !== undefined && !signIns.has(kept.id)) signIns.set(kept.id, kept);
  return {
    loaded: true,
    loadError: null,
    status: snapshot.status,
    connections,
    rows,
    ...only(
      state.selectedId !== null && connections.has(state.selectedId)
        ? state.selectedId
        : neighbour(rows, null, 0),
    ),
    signIns,
    exports: byId(snapshot.exports),
    providers: snapshot.providers,
    problems: snapshot.problems,
    settings: snapshot.settings,
    ...applyGateway(state, snapshot.gateway),
    ...applyConsents(state, snapshot.consents),
    // Entries may have been missed: both are loaded again when they are shown.
    activity: null,
    history: null,
    uses: null,
    traffic: null,
    usage: null,
    grants: null,
    updates: snapshot.updates ?? null,
  };
}

function applyConnection(state: AppState, connection: ConnectionView, now: number): Partial<AppState> {
  const before = state.connections.get(connection.id);
  const connections = withItem(state.connections, connection.id, connection);
  const announcement = announcementOf(before, connection, state.selectedId === connection.id, now);
  return {
    connections,
    // What a test found in another state says nothing of this one.
    ...(before?.status.state !== connection.status.state && {
      testResults: without(state.testResults, connection.id),
    }),
    ...(changesRows(before, connection, state) && {
      rows: connectionRows(connections.values(), state),
    }),
    ...(state.selectedId === null && only(connection.id)),
    ...(announcement !== null && { announcement }),
  };
}

function applyRemoval(state: AppState, id: ConnectionId): Partial<AppState> {
  const connections = without(state.connections, id);
  const rows = connectionRows(connections.values(), state);
  const picked = withoutPicked(state, id);
  if (state.selectedId !== id) return { connections, rows, picked };
  const below = neighbour(state.rows, id, 1);
  const next = below === id ? neighbour(state.rows, id, -1) : below;
  return {
    connections,
    rows,
    ...only(shows(rows, next) ? next : neighbour(rows, null, 0)),
    detailOpen: false,
  };
}

/** The list is built again only where its order changes: that of thousands takes a while. */
function applySettings(state: AppState, settings: Settings): Partial<AppState> {
  const { connectionSort, connectionGroup } = state.settings;
  if (settings.connectionSort === connectionSort && settings.connectionGroup === connectionGroup)
    return { settings };
  return { settings, rows: connectionRows(state.connections.values(), { ...state, settings }) };
}

/** The entries with a new one in front. Entries that are dropped at the end can be loaded again. */
function withNewest(
  entry: ActivityEntry,
  entries: readonly ActivityEntry[],
  atEnd: boolean,
): { entries: ActivityEntry[]; atEnd: boolean } {
  return {
    entries: [entry, ...entries].slice(0, ACTIVITY_KEPT),
    atEnd: atEnd && entries.length < ACTIVITY_KEPT,
  };
}

function applyActivity(
  { activity, activityAtEnd, activityFilter, history }: AppState,
  entry: ActivityEntry,
): Partial<AppState> {
  const shown =
    activity !== null && matchesActivityFilter(activityFilter, entry)
      ? withNewest(entry, activity, activityAtEnd)
      : null;
  return {
    ...(shown !== null && { activity: shown.entries, activityAtEnd: shown.atEnd }),
    ...(history !== null &&
      history.connection === entry.connection && {
        history: { ...history, ...withNewest(entry, history.entries, history.atEnd) },
      }),
  };
}

/** The state after one change in the core. `now`: epoch ms. */
export function applyEvent(state: AppState, event: CoreEvent, now: number): Partial<AppState> {
  switch (event.type) {
    case 'connection':
      return applyConnection(state, event.connection, now);
    case 'connection-removed':
      return applyRemoval(state, event.id);
    case 'sign-in': {
      const { signIn } = event;
      const shown = state.dialog?.kind === 'connect' && state.dialog.signIn === signIn.id;
      return {
        signIns: withItem(state.signIns, signIn.id, signIn),
        ...(shown && signIn.stage.stage === 'done' && only(signIn.stage.connection)),
      };
    }
    case 'sign-in-removed': {
      // The dialog keeps showing the result.
      const shown = state.dialog?.kind === 'connect' && state.dialog.signIn === event.id;
      return shown ? {} : { signIns: without(state.signIns, event.id) };
    }
    case 'export': {
      const failed =
        event.export.status.state === 'failed' &&
        state.exports.get(event.export.id)?.status.state !== 'failed';
      return {
        exports: withItem(state.exports, event.export.id, event.export),
        ...(failed && {
          announcement: `Env file not written: ${shortPath(event.export.file, state.status?.userHome ?? '')}`,
        }),
      };
    }
    case 'export-removed':
      return { exports: without(state.exports, event.id) };
    case 'providers':
      return { providers: event.providers, problems: event.problems };
    case 'settings':
      return applySettings(state, event.settings);
    case 'updates':
      return { updates: event.updates };
    case 'status':
      return { status: event.status };
    case 'activity':
      return applyActivity(state, event.entry);
    case 'gateway':
      return applyGateway(state, event.gateway);
    case 'held':
      return applyHeld(state, event.held);
    case 'consents':
      return applyConsents(state, event.consents);
    case 'hooks':
      // Loaded where they are shown.
      return state.hooks === null ? {} : { hooks: event.hooks };
    case 'presets':
      return { presetsRead: state.presetsRead + 1 };
    case 'grants':
      return { grants: event.grants };
    case 'uses':
      return state.uses?.connection === event.connection
        ? { uses: { connection: event.connection, list: event.uses } }
        : {};
    case 'traffic':
      return applyTraffic(state, event.entries);
  }
}
