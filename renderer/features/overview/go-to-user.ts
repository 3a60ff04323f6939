import type { AppStore } from '../../store/app-store.ts';
import type { UserPlace } from '../../view/used-by.ts';

/** The part of a section may have to be loaded first. */
const LONGEST_WAIT_MS = 3000;

/** Shows where a user of a connection is, and moves the focus there. */
export function goToUser(store: AppStore, place: NonNullable<UserPlace>): void {
  const state = store.getState();
  switch (place.kind) {
    case 'access':
      state.showTab('access');
      return;
    case 'file':
      state.show('exports');
      focusLater(`[data-export="${CSS.escape(place.id)}"]`);
      return;
    case 'key':
      state.show('gateway');
      focusLater(`[data-consumer="${CSS.escape(place.id)}"]`);
  }
}

function focusLater(selector: string, since = performance.now()): void {
  requestAnimationFrame(() => {
    const found = document.querySelector<HTMLElement>(selector);
    if (found === null) {
      if (performance.now() - since < LONGEST_WAIT_MS) focusLater(selector, since);
      return;
    }
    found.scrollIntoView({ block: 'center' });
    // Where there is one, it shows where the focus is.
    const button = found.querySelector<HTMLElement>('button:not([hidden])');
    (button ?? found).focus({ preventScroll: true });
  });
}
