import type { AppStore } from '../../store/app-store.ts';
import type { UserPlace } from '../../view/used-by.ts';
import { focusLater } from '../shell/focus-later.ts';
import { consumerRow, exportRow } from '../shell/places.ts';

/** Shows where a user of a connection is, and moves the focus there. */
export function goToUser(store: AppStore, place: NonNullable<UserPlace>): void {
  const state = store.getState();
  switch (place.kind) {
    case 'access':
      state.showTab('access');
      return;
    case 'file':
      state.show('exports');
      focusLater(() => exportRow(place.id));
      return;
    case 'key':
      state.show('gateway');
      focusLater(() => consumerRow(place.id));
  }
}
