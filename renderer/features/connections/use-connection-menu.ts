import { useMemo } from 'react';
import type { ConnectionView } from '../../../contract/connection.ts';
import { replaceLabel } from '../../../contract/method-words.ts';
import type { MenuGroups, MenuItem } from '../../components/menu-popup.tsx';
import type { AppState } from '../../store/state.ts';
import { useAppStore } from '../../store/use-app.ts';
import { keysOf, type KeyPlace } from '../../view/shortcuts.ts';
import { isLocked, offersTest, stateAction } from '../../view/state-words.ts';
import { useKeyPlace } from '../shell/use-key-place.ts';

const item = (label: string, keys: string | undefined, run: () => void): MenuItem => ({
  label,
  run,
  ...(keys !== undefined && { keys }),
});

/** The menu items for a connection. `full`: including those that the detail shows as buttons. */
export function connectionMenu(
  connection: ConnectionView,
  state: () => AppState,
  place: KeyPlace,
  full: boolean,
): MenuGroups {
  const { id, status, site } = connection;
  const paused = status.state === 'paused';
  const allPaused = paused && status.since === null;
  const first = stateAction(connection);
  const locked = isLocked(connection);
  const refresh =
    connection.canRefresh && first !== 'reconnect'
      ? [item('Refresh', keysOf('refresh', place), () => void state().refresh(id))]
      : [];
  const reconnect = [item(replaceLabel(connection), undefined, () => void state().reconnect(id))];
  const test = [item('Test', keysOf('test', place), () => void state().test(id))];
  const using: MenuItem[] = full
    ? [
        item('Copy token', keysOf('copy-token', place), () => void state().copy(id, 'access_token')),
        ...refresh,
        ...test,
        ...reconnect,
      ]
    : [
        ...refresh,
        ...(offersTest(connection, Date.now()) ? [] : test),
        ...(first === 'reconnect' || first === 'replace' ? [] : reconnect),
      ];
  const copying: MenuItem[] = [
    ...(locked
      ? []
      : [item('Copy authorization header', undefined, () => void state().copy(id, 'authorization'))]),
    ...(site === null ? [] : [item('Copy site address', undefined, () => void state().copy(id, 'site_url'))]),
    // A self-hosted instance has none.
    ...(typeof site?.cloudId !== 'string'
      ? []
      : [item('Copy cloud ID', undefined, () => void state().copy(id, 'cloud_id'))]),
  ];
  const changing: MenuItem[] = [
    item('Add env file…', undefined, () => {
      state().openDialog({ kind: 'add-export', connection: id });
    }),
    ...(connection.active
      ? []
      : [item('Make active', keysOf('make-active', place), () => void state().makeActive(id))]),
    item('Rename…', keysOf('rename', place), () => {
      state().openDialog({ kind: 'rename', connection: id });
    }),
    ...(connection.sites.length > 1
      ? [
          item('Change site…', undefined, () => {
            state().openDialog({ kind: 'change-site', connection: id });
          }),
        ]
      : []),
    ...(connection.canRefresh
      ? [
          item(
            allPaused ? 'Resume all refreshing' : paused ? 'Resume refreshing' : 'Pause refreshing',
            undefined,
            () =>
              void (allPaused
                ? state().changeSettings({ refreshingPaused: false })
                : state().setPaused(id, !paused)),
          ),
        ]
      : []),
  ];
  const removing: MenuItem[] = [
    {
      ...item('Remove…', keysOf('remove', place), () => {
        state().openDialog({ kind: 'remove', connection: id });
      }),
      danger: true,
    },
  ];
  return [locked ? [] : using, copying, changing, removing];
}

/** The menu of a connection: for the detail's menu button or, with `full`, for a row of the list. */
export function useConnectionMenu(connection: ConnectionView | undefined, full: boolean): MenuGroups {
  const store = useAppStore();
  const place = useKeyPlace();
  return useMemo(
    () => (connection === undefined ? [] : connectionMenu(connection, store.getState, place, full)),
    [connection, store, place, full],
  );
}
