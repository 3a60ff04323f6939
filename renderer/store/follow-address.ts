import { only } from '../view/selection.ts';
import { addressOf, placeOf } from './address.ts';
import type { AppStore } from './app-store.ts';
import type { AppState } from './state.ts';

/** The page's address and its history. */
export interface PageHistory {
  /** The part from `#` on. */
  readonly hash: string;
  /** What was given with the current entry. */
  readonly state: unknown;
  push: (hash: string, state: unknown) => void;
  replace: (hash: string, state: unknown) => void;
  /** After the person went back or forward. */
  onMove: (listener: () => void) => () => void;
}

/** Selecting on the way to another connection, as with the arrow keys, makes no entry of its own. */
const ON_THE_WAY_MS = 700;

/** In narrow windows the list and the detail are two screens. */
const opened = (state: unknown): boolean => (state as { detail?: unknown } | null)?.detail === true;

/** Keeps the address like what the window shows, so that reloading and going back work. Dialogs are not part of it. */
export function followAddress(store: AppStore, page: PageHistory, now: () => number): () => void {
  let since = now();
  /** The address came first. */
  let going = false;

  function go(): void {
    const place = placeOf(page.hash);
    if (place === null) return;
    const { section, connection, tab } = place;
    going = true;
    store.setState((state) => ({
      section,
      detailOpen: opened(page.state),
      ...(section === 'connections' && {
        detailTab: tab,
        // Before the connections are known, the snapshot selects the nearest that there is.
        ...(connection !== null && (!state.loaded || state.connections.has(connection)) && only(connection)),
      }),
    }));
    going = false;
    const state = store.getState();
    if (state.loaded) page.replace(addressOf(state), { detail: state.detailOpen });
  }

  function write(state: AppState, before: AppState): void {
    const address = addressOf(state);
    const entry = { detail: state.detailOpen };
    const sameScreen = entry.detail === opened(page.state);
    if (address === page.hash && sameScreen) return;
    const selects = state.section === before.section && state.detailTab === before.detailTab && sameScreen;
    const onTheWay = selects && now() - since < ON_THE_WAY_MS;
    // Nor is what appears by itself a step of the person's, such as the next connection after a removal.
    const byItself =
      !before.loaded || (before.selectedId !== null && !state.connections.has(before.selectedId));
    if (onTheWay || byItself) page.replace(address, entry);
    else page.push(address, entry);
    since = now();
  }

  go();
  const stop = store.subscribe((state, before) => {
    if (state.loaded && !going) write(state, before);
  });
  const ignore = page.onMove(() => {
    const state = store.getState();
    // Going back would leave what was typed in an open dialog.
    if (state.dialog !== null) page.push(addressOf(state), { detail: state.detailOpen });
    else go();
  });
  return () => {
    stop();
    ignore();
  };
}

/** That of this page. */
export const pageHistory = (): PageHistory => ({
  get hash() {
    return location.hash;
  },
  get state(): unknown {
    return history.state as unknown;
  },
  push: (hash, state) => {
    history.pushState(state, '', hash);
  },
  replace: (hash, state) => {
    history.replaceState(state, '', hash);
  },
  onMove: (listener) => {
    addEventListener('popstate', listener);
    return () => {
      removeEventListener('popstate', listener);
    };
  },
});
